"""The app of tokens."""

from django.apps import AppConfig


class TokensConfig(AppConfig):
    """Tokens of the API."""

    name = "tokens"
