"""What patients have and what helps."""
