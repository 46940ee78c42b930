"""What a site asks of programs in its robots.txt (RFC 9309)."""

from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

LARGEST = 512 * 1024  # bytes that are read of it
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds between two requests to one site


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site for one program."""

    parser: RobotFileParser
    agent: str

    def allows(self, url: str) -> bool:
        return self.parser.can_fetch(self.agent, url)

    @property
    def pause(self) -> float:
        asked = self.parser.crawl_delay(self.agent)
        return min(max(float(asked or 0), SHORTEST_PAUSE), LONGEST_PAUSE)


def rules(status: int, body: bytes, agent: str) -> Rules:
    """The rules in an answer for /robots.txt: none where there is no such file, «stay away» where the site is broken.

    >>> rules(200, b"User-agent: *\\nDisallow: /a", "Warraq").allows("http://example.org/a")
    False
    >>> rules(404, b"", "Warraq").allows("http://example.org/a"), rules(503, b"", "Warraq").allows("http://example.org/a")
    (True, False)
    """
    parser = RobotFileParser()
    if status < 400:
        parser.parse(body[:LARGEST].decode("utf-8", "replace").splitlines())
    else:
        parser.parse(["User-agent: *", "Disallow: /" if status >= 500 else "Disallow:"])
    return Rules(parser, agent)
