"""What ``manage.py serve`` is made of: checks before the start, the logins, and the processes it looks after."""
