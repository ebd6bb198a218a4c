"""The headless API: one django-ninja API object, versioned, to which every app brings its router and its schemas."""
