"""Measurements side by side, each printing a ratio as its last line. Nothing of it runs on a site."""
