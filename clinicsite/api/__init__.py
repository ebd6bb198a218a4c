"""The headless API: one versioned django-ninja API; each app contributes its own router."""
