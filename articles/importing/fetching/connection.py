"""One request to one address that the guard has looked at, within bounds of time and size."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from articles.importing.fetching.guard import Target
from articles.importing.limits import PIECE


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds that a connection, a pause in an answer and a whole answer may take, and the bytes it may have."""

    connecting: float = 10.0
    waiting: float = 20.0
    whole: float = 60.0
    size: int = 16 * 1024 * 1024


class FetchFailed(Exception):
    """No answer that can be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the body as it was sent, but for chunks."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


class _Plain(http.client.HTTPConnection):
    """A connection to the looked-up address, whatever the name says by now."""

    def __init__(self, target: Target, bounds: Bounds) -> None:
        super().__init__(target.host, target.port, timeout=bounds.waiting)
        self.target = target
        self.bounds = bounds

    def connect(self) -> None:
        place = (self.target.address, self.target.port)
        self.sock = socket.create_connection(place, self.bounds.connecting)
        self.sock.settimeout(self.bounds.waiting)


class _Secure(_Plain):
    """The same with TLS, by the name: certificates are of names."""

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.target.host)


def get(target: Target, headers: Mapping[str, str], bounds: Bounds) -> Answer:
    """Ask for a target; raises FetchFailed."""
    connection = (_Secure if target.scheme == "https" else _Plain)(target, bounds)
    try:
        with _deadline(connection, bounds.whole):
            # http.client writes the Host header by the name.
            connection.request("GET", target.path, headers=dict(headers))
            response = connection.getresponse()
            found = tuple((name.lower(), value) for name, value in response.getheaders())
            return Answer(response.status, found, _body(response, bounds))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchFailed(f"{target.url}: {_told(error)}") from error
    finally:
        connection.close()


def _body(response: http.client.HTTPResponse, bounds: Bounds) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(PIECE):
        size += len(piece)
        if size > bounds.size:
            raise FetchFailed(f"the answer is larger than {bounds.size:,} bytes")
        pieces.append(piece)
    if response.length:  # what was announced and never came
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(pieces)


@contextmanager
def _deadline(connection: _Plain, seconds: float) -> Iterator[None]:
    """Hang up when the time is over: a server that sends a byte now and then would keep us for ever."""
    begun = time.monotonic()

    def hang_up() -> None:
        if connection.sock:
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
        if time.monotonic() - begun > seconds:
            raise FetchFailed(f"the answer took more than {seconds:g} seconds")
    finally:
        timer.cancel()


def _told(error: Exception) -> str:
    if isinstance(error, http.client.IncompleteRead) and error.expected:
        return f"the answer ends {error.expected:,} bytes before its announced end"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return str(error) or type(error).__name__
