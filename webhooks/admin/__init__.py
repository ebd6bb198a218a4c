"""The screens of webhooks in the CMS admin: who is told, and what became of each message."""
