"""Fetching with manners: robots.txt first, a pause between requests to one site, few redirects, nothing twice."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urljoin

from articles.importing.fetching import guard, robots
from articles.importing.fetching.connection import Answer, Bounds, FetchFailed, get
from articles.importing.fetching.guard import Lookup, Policy, Target, UnsafeAddress, look_up
from articles.importing.fetching.robots import Rules

AGENT = "Warraq"  # the word robots.txt knows us by
USER_AGENT = f"{AGENT}/1.0 (importer of a news archive)"
ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.8, */*;q=0.5"
REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5


class RobotsDenied(Exception):
    """The site asks programs to stay away from the address; the message names it."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, and the address that gave it in the end."""

    asked: str
    address: str
    at: datetime
    answer: Answer


def _nothing_known(url: str) -> Mapping[str, str]:
    return {}


@dataclass(slots=True)
class Client:
    """Fetches for one run. `clock` and `sleep` measure and make the pauses."""

    policy: Policy = field(default_factory=Policy)
    bounds: Bounds = field(default_factory=Bounds)
    lookup: Lookup = look_up
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    sites: dict[str, Rules] = field(default_factory=dict)
    asked_at: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, validators: Callable[[str], Mapping[str, str]] = _nothing_known) -> Fetched:
        """The answer at a URL, behind redirects; raises UnsafeAddress, RobotsDenied and FetchFailed.

        `validators` gives the headers that ask an address for a newer version than the one that is known.
        """
        place = url
        for _hop in range(MOST_REDIRECTS + 1):
            target = self._target(place)
            rules = self._rules(target)
            if not rules.allows(target.origin + target.path):
                raise RobotsDenied(
                    f"{place}: the robots.txt of {target.host} asks programs to stay away from it"
                )
            answer = self._get(target, rules.pause, validators(place))
            location = answer.header("location")
            if answer.status not in REDIRECTS or not location:
                return Fetched(url, place, datetime.now(UTC).replace(microsecond=0), answer)
            place = _joined(place, location)
        raise FetchFailed(f"{url}: redirected more than {MOST_REDIRECTS} times")

    def _target(self, url: str) -> Target:
        try:
            return guard.target(url, self.policy, lookup=self.lookup)
        except OSError as error:
            raise FetchFailed(f"{url}: its name cannot be looked up: {error.strerror or error}") from error

    def _rules(self, target: Target) -> Rules:
        rules = self.sites.get(target.origin)
        if rules is None:
            rules = self.sites[target.origin] = self._read_rules(target)
        return rules

    def _read_rules(self, target: Target) -> Rules:
        place = f"{target.origin}/robots.txt"
        for _hop in range(MOST_REDIRECTS + 1):
            try:
                answer = self._get(self._target(place), robots.SHORTEST_PAUSE)
            except FetchFailed:
                return robots.rules(503, b"", AGENT)  # a site that does not answer is left alone
            location = answer.header("location")
            if answer.status not in REDIRECTS or not location:
                return robots.rules(answer.status, answer.body, AGENT)
            place = _joined(place, location)
        return robots.rules(404, b"", AGENT)

    def _get(self, target: Target, pause: float, validators: Mapping[str, str] | None = None) -> Answer:
        last = self.asked_at.get(target.host)
        if last is not None and (left := last + pause - self.clock()) > 0:
            self.sleep(left)
        headers = {
            "User-Agent": USER_AGENT,
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        try:
            return get(target, headers | dict(validators or {}), self.bounds)
        finally:
            self.asked_at[target.host] = self.clock()


def _joined(place: str, location: str) -> str:
    try:
        return urljoin(place, location.strip()).partition("#")[0]
    except ValueError as error:
        raise UnsafeAddress(f"{place} redirects to {location[:200]!r}: {error}") from error
