"""Where webhooks may go, tried with a real receiver on this machine."""

import datetime
import socket
import ssl
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.webhooks.receiver import HOST, Receiver
from webhooks import targets
from webhooks.delivery import send
from webhooks.models import Trouble
from webhooks.targets import Answer, RefusedTargetError


def test_an_allowed_host_is_sent_the_message_with_its_own_name(receiver: Receiver, settings: Any) -> None:
    settings.WEBHOOKS_ALLOWED_HOSTS = ["localhost"]
    receiver.headers["Retry-After"] = "7"
    url = receiver.url.replace(HOST, "localhost")
    assert targets.post(f"{url}/204?a=b", b"body", {"webhook-id": "msg"}) == Answer(204, "7")
    [got] = receiver.got
    assert (got.path, got.body, got.id) == ("/204?a=b", b"body", "msg")
    assert f"http://{got.headers['host']}" == url


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.headers["Location"] = "/200"
    assert targets.post(f"{receiver.url}/302", b"", {}).status == 302
    assert len(receiver.got) == 1


def test_of_an_answer_only_the_beginning_is_read_and_nothing_that_cannot_be_shown(receiver: Receiver) -> None:
    receiver.text = b"No\x00\x1b[31m such\r\npage \xff" + b"x" * 100_000
    answer = targets.post(f"{receiver.url}/404", b"", {})
    assert answer.text.startswith("No  [31m such  page \ufffdxxx")
    assert len(answer.text) <= targets.TEXT_BYTES


def test_this_machine_is_refused_where_nobody_allowed_it(receiver: Receiver, settings: Any) -> None:
    settings.WEBHOOKS_ALLOWED_HOSTS = []
    with pytest.raises(RefusedTargetError):
        targets.post(f"{receiver.url}/200", b"", {})
    assert send(receiver.url, b"", {}).trouble == Trouble.REFUSED
    assert receiver.got == []


def test_the_second_address_of_a_host_is_tried_where_the_first_takes_nothing(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "addresses_of", lambda _parts: ["127.0.0.2", HOST])
    assert targets.post(f"{receiver.url}/200", b"", {}).status == 200


def test_a_receiver_that_sends_a_byte_now_and_then_is_cut_off(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "WHOLE_SECONDS", 0.5)
    receiver.drips = True
    begun = time.monotonic()
    assert send(f"{receiver.url}/200", b"", {}).trouble == Trouble.TIMEOUT
    assert time.monotonic() - begun < 5


def test_a_receiver_that_does_not_answer_is_left_after_a_while(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "TIMEOUT_SECONDS", 0.3)
    receiver.holds = threading.Event()
    assert send(receiver.url, b"", {}).trouble == Trouble.TIMEOUT


def test_what_is_no_web_server_is_said_to_break_off(settings: Any) -> None:
    settings.WEBHOOKS_ALLOWED_HOSTS = [HOST]
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]

        def answer() -> None:
            connection, _address = server.accept()
            connection.recv(1000)
            connection.sendall(b"220 mail.example ESMTP\r\n")
            connection.close()

        thread = threading.Thread(target=answer)
        thread.start()
        assert send(f"http://{HOST}:{port}/", b"", {}).trouble == Trouble.BROKEN
        thread.join()
    assert send(f"http://{HOST}:{port}/", b"", {}).trouble == Trouble.NOT_REACHED


def test_a_host_without_an_address_is_told_from_one_that_does_not_answer() -> None:
    assert send("https://no-such-host.invalid/", b"", {}).trouble == Trouble.UNKNOWN_HOST


@pytest.fixture
def https(tmp_path: Path, settings: Any) -> Any:
    """Run an HTTPS server for the name localhost; return its port and its certificate."""
    settings.WEBHOOKS_ALLOWED_HOSTS = ["localhost", HOST]
    certificate = _certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    from tests.webhooks.receiver import Handler, Server

    server = Server((HOST, 0), Handler)
    server.receiver = Receiver()
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server.server_port, certificate
    server.shutdown()
    thread.join()
    server.server_close()


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


def test_a_certificate_counts_for_the_name_and_not_for_the_address(
    https: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, certificate = https
    assert send(f"https://localhost:{port}/200", b"", {}).trouble == Trouble.CERTIFICATE
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert send(f"https://localhost:{port}/200", b"", {}).answer == Answer(200)
    assert send(f"https://{HOST}:{port}/200", b"", {}).trouble == Trouble.CERTIFICATE


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://name:word@example.org/",
        "https://@example.org/",
        "https://example.org:8443/",
        "https://example.org:port/",
        "https:///path",
        "nothing",
        "https://example.org/a b",
        "https://example.org/\r\nX: y",
        "https://bücher.example/",
    ],
)
def test_an_address_of_the_wrong_kind_is_refused(url: str) -> None:
    with pytest.raises(targets.RefusedTargetError):
        targets.check_url(url)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "169.254.169.254", "10.0.0.1", "2130706433", "0"])
def test_a_host_that_leads_inside_is_refused(host: str) -> None:
    with pytest.raises(targets.RefusedTargetError, match="private"):
        targets.addresses_of(targets.check_url(f"https://{host}/"))


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104
        "127.1.2.3",
        "10.1.1.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.100.100.200",
        "169.254.169.254",
        "168.63.129.16",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%eth0",
        "fec0::1",
        "fd00:ec2::254",
        "ff0e::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
    ],
)
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not targets.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert targets.is_public(address)
