"""Site-wide management."""
