"""Management commands of forms."""
