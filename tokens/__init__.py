"""Tokens with which programs read drafts, write content and read requests over the API, each for a user."""
