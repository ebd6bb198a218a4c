"""The form builder, and everything that happens to a submission."""
