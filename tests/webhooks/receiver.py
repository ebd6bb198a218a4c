"""A real receiver of webhooks on this machine, which checks signatures by itself as Standard Webhooks says."""

import base64
import contextlib
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOST = "127.0.0.1"


@dataclass
class Received:
    """One message as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def content(self) -> dict[str, Any]:
        """The body's JSON."""
        return json.loads(self.body)

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    def is_signed_with(self, secret: str) -> bool:
        """Return whether one of the signatures is made with ``secret``."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = f"{self.id}.{self.headers['webhook-timestamp']}.".encode() + self.body
        expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return expected in self.headers["webhook-signature"].split()


@dataclass
class Receiver:
    """What it got, and what it answers: the status in the path of the address, or those that wait in ``answers``."""

    url: str = ""
    got: list[Received] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    text: bytes = b""
    # Set, it keeps each message without an answer until it is set.
    holds: threading.Event | None = None
    drips: bool = False

    @property
    def ids(self) -> list[str]:
        return [each.id for each in self.got]

    @property
    def types(self) -> list[str]:
        return [each.content["type"] for each in self.got]


class Server(ThreadingHTTPServer):
    """Ends without waiting for those it keeps."""

    daemon_threads = True
    block_on_close = False
    receiver: Receiver


class Handler(BaseHTTPRequestHandler):
    """Takes POSTs."""

    server: Server

    def do_POST(self) -> None:
        """Keep the message and answer."""
        receiver = self.server.receiver
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        receiver.got.append(Received(self.path, headers, body))
        if receiver.holds is not None:
            receiver.holds.wait(30)
        first = self.path.split("/")[1].partition("?")[0]
        status = receiver.answers.pop(0) if receiver.answers else int(first or 204)
        with contextlib.suppress(OSError):
            self._answer(receiver, status)

    def _answer(self, receiver: Receiver, status: int) -> None:
        self.send_response(status)
        for name, value in receiver.headers.items():
            self.send_header(name, value)
        if receiver.drips:
            self.flush_headers()
            while not threading.Event().wait(0.1):
                self.wfile.write(b"X-More: x\r\n")
        self.send_header("Content-Length", str(len(receiver.text)))
        self.end_headers()
        self.wfile.write(receiver.text)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def receiving(port: int = 0) -> Iterator[Receiver]:
    """Run a receiver until the block ends."""
    server = Server((HOST, port), Handler)
    server.receiver = Receiver(f"http://{HOST}:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.receiver
    finally:
        if server.receiver.holds is not None:
            server.receiver.holds.set()
        server.shutdown()
        thread.join()
        server.server_close()
