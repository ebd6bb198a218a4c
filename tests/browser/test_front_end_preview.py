"""An editor sees what they type in a front end of another origin, and nobody who reads its log sees the token."""

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import expect

from tests.browser.admin_ui import PageEditor, previews_drawn_at
from tests.browser.conftest import LogIn
from tests.browser.site import Site

FRONT_END = """<!doctype html><html lang="en"><title>Front end</title><h1>Loading</h1><script>
const token = new URLSearchParams(location.hash.slice(1)).get("token");
fetch("%s/api/v1/preview/", {headers: {Authorization: `Preview ${token}`}})
  .then((response) => response.json())
  .then((page) => { document.querySelector("h1").textContent = page.title; });
</script></html>"""


@contextlib.contextmanager
def front_end(site: Site) -> Iterator[tuple[str, list[str]]]:
    """Serve a front end on an origin of its own; give its address and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write((FRONT_END % site.url).encode())

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/preview/", asked
    finally:
        server.shutdown()
        server.server_close()


def test_an_editor_sees_what_they_type_in_the_front_end(site: Site, log_in: LogIn) -> None:
    with front_end(site) as (address, asked), previews_drawn_at(address, log_in("admin")):
        editor = PageEditor.open(log_in("editor"), "Sciatica")
        heading = editor.open_preview().locator("h1")
        expect(heading).to_have_text("Sciatica")
        editor.type_into("title", "Sciatica in runners")
        expect(heading).to_have_text("Sciatica in runners")
        assert set(asked) == {"/preview/"}
