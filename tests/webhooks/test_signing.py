"""Signatures of webhooks, against the example that the specification's own libraries are tested with."""

import base64

import pytest

from webhooks import signing

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'


def test_the_signature_is_the_one_of_the_specification() -> None:
    headers = signing.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY, [SECRET])
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_while_a_secret_is_replaced_both_signatures_are_sent() -> None:
    both = signing.headers("msg", 1, BODY, [signing.new_secret(), SECRET])["webhook-signature"].split()
    assert len(set(both)) == 2
    assert both[1] == signing.headers("msg", 1, BODY, [SECRET])["webhook-signature"]


def test_new_secrets_differ_and_are_of_the_right_length() -> None:
    one, other = signing.new_secret(), signing.new_secret()
    assert one != other
    assert len(base64.b64decode(one.removeprefix("whsec_"))) == signing.SECRET_BYTES


@pytest.mark.parametrize("secret", ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AAAA", "whsec_not base64"])
def test_a_broken_secret_is_refused_and_not_told(secret: str) -> None:
    with pytest.raises(ValueError, match="not whsec_") as refused:
        signing.headers("msg", 1, BODY, [secret])
    assert not refused.value.__context__ or refused.value.__suppress_context__
