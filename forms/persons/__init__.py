"""What one person may ask of the clinic: a copy of all they sent, through whichever form, and its erasure."""
