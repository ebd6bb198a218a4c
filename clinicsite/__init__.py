"""What every page of the site shares, and the wiring."""
