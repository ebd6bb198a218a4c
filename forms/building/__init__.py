"""What helps an editor build a form: the checks before it is published, ready-made forms, and forms as files."""
