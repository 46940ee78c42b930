"""A web server on this machine's own address, which only the test's policy allows to be spoken to."""

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest

from articles.importing.fetching.client import Client
from articles.importing.fetching.connection import Bounds
from articles.importing.fetching.guard import Policy

LOOPBACK = Policy(networks=(ip_network("127.0.0.0/8"),), any_port=True)


class Site:
    """Pages by path: bytes, or (status, headers, bytes), or what a function makes of the request's headers."""

    def __init__(self) -> None:
        self.pages: dict[str, object] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.port = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def answer(self, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(path)
        self.headers.append(headers)
        page = self.pages.get(path, (404, {}, b"no"))
        if callable(page):
            page = page(headers)
        return (200, {"Content-Type": "text/html; charset=utf-8"}, page) if isinstance(page, bytes) else page  # type: ignore[return-value]


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name.lower(): value for name, value in self.headers.items()}
            status, headers, body = made.answer(self.path, asked)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield made
        server.shutdown()
        thread.join()


@pytest.fixture
def pauses() -> list[float]:
    """The seconds a client would have waited."""
    return []


@pytest.fixture
def client(pauses: list[float]) -> Client:
    """A client that may speak to this machine, and whose pauses take no time."""
    return Client(policy=LOOPBACK, bounds=Bounds(waiting=5, whole=5, size=100_000), sleep=pauses.append)


@pytest.fixture
def raw_server() -> Iterator[Callable[[bytes], str]]:
    """`raw_server(b"...")` gives the address of a server that answers everything but /robots.txt with these bytes."""
    listener = socket.create_server(("127.0.0.1", 0))
    told: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                connection, _peer = listener.accept()
            except OSError:
                return
            with connection:
                request = connection.recv(65_536)
                connection.sendall(told[0] if b"/robots.txt" not in request else b"HTTP/1.0 404 No\r\n\r\n")

    def start(answer: bytes) -> str:
        told.append(answer)
        thread.start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}/"

    thread = threading.Thread(target=serve, daemon=True)
    yield start
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(timeout=5)
