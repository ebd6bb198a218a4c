"""Template tags of the forms."""
