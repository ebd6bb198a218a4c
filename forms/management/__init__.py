"""Management of forms."""
