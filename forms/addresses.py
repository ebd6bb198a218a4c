"""Lists of staff's e-mail addresses as editors type them."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _


def split_addresses(text: str) -> list[str]:
    """Return the e-mail addresses of ``text``, one per line or apart by commas."""
    return [address for part in text.replace(",", "\n").splitlines() if (address := part.strip())]


def validate_addresses(text: str) -> None:
    """Raise ValidationError naming the first line that is not an e-mail address."""
    for address in split_addresses(text):
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValidationError(
                _("“%(address)s” is not an e-mail address. Enter one per line."), params={"address": address}
            ) from error
