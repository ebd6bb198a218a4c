"""Site-wide management commands."""
