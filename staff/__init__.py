"""The people of the clinic."""
