"""What tells other systems that something changed: signed messages to addresses that an administrator names."""
