"""The rules of all sources, as an import asks for them: by the host of a page, and by the name of an outlet.

Plain data, read once when an import begins: it is handed to the second process, and a rule that a curator changes
meanwhile holds from the next import on.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from urllib.parse import urlsplit

from articles.importing import places
from articles.importing.folding import key
from articles.importing.pages.extraction import EXTRACTOR_VERSION
from articles.importing.pages.findings import RULED, SUPPOSED
from articles.importing.pages.rules import NO_RULES, PLACE, SourceRules
from articles.importing.records import Evidence, ExtractedArticle

HOST = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
DIGEST_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source by its name, the hosts its pages come from, its rules, and other names it goes by."""

    name: str
    hosts: tuple[str, ...] = ()
    rules: SourceRules = NO_RULES
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleBook:
    """`by_host` has hosts as `host_of` writes them, `by_name` names as `key` folds them."""

    by_host: Mapping[str, Outlet] = field(default_factory=dict)
    by_name: Mapping[str, Outlet] = field(default_factory=dict)

    @classmethod
    def of(cls, outlets: Iterable[Outlet]) -> "RuleBook":
        """The book of some outlets; what two of them claim is the first one's."""
        by_host: dict[str, Outlet] = {}
        by_name: dict[str, Outlet] = {}
        for outlet in outlets:
            for name in (outlet.name, *outlet.names):
                by_name.setdefault(key(name), outlet)
            for host in outlet.hosts:
                by_host.setdefault(host, outlet)
        return cls(by_host, by_name)

    def of_address(self, address: str) -> Outlet | None:
        """The outlet of the longest host that the address is under, if any is.

        >>> book = RuleBook.of([Outlet("المرفأ", ("almarfaa.example",)), Outlet("رياضة", ("sport.almarfaa.example",))])
        >>> [book.of_address(f"https://{host}/1").name for host in ("www.almarfaa.example", "a.sport.almarfaa.example")]
        ['المرفأ', 'رياضة']
        """
        host = host_of(address) if self.by_host else ""
        while "." in host:
            if outlet := self.by_host.get(host):
                return outlet
            host = host.partition(".")[2]
        return None

    def of_name(self, name: str) -> Outlet | None:
        """The outlet of this name in any spelling."""
        return self.by_name.get(key(name)) if self.by_name and name else None

    def rules_for(self, address: str, name: str) -> tuple[SourceRules, ...]:
        """The rules that have a say in an article of that name, from a page of that address (empty: no page)."""
        host, named = self.of_address(address) if address else None, self.of_name(name)
        lines = SourceRules(drop_lines=named.rules.drop_lines) if named and named is not host else NO_RULES
        return tuple(rules for rules in (host.rules if host else NO_RULES, lines) if rules != NO_RULES)


NO_BOOK = RuleBook()


def host_of(address: str) -> str:
    """The host of an address, or of a host as a curator types it; empty for what is none.

    >>> host_of("https://WWW.Almarfaa.example:8080/a"), host_of("almarfaa.example/"), host_of("المرفأ"), host_of("[")
    ('almarfaa.example', 'almarfaa.example', '', '')
    """
    try:
        host = urlsplit(address if "://" in address else f"//{address.strip()}").hostname or ""
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except ValueError:
        return ""
    host = host.lower().rstrip(".").removeprefix("www.")
    return host if HOST.fullmatch(host) else ""


def extractor(used: Iterable[SourceRules]) -> str:
    """What a capture says of how it was read: the version of the extractor, and a digest of the rules used.

    >>> extractor([]), len(extractor([SourceRules(title="h1")]))
    ('1', 10)
    """
    digests = [_digest(rules) for rules in used]
    if not digests:
        return str(EXTRACTOR_VERSION)
    digest = digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
    return f"{EXTRACTOR_VERSION}+{digest[:DIGEST_LENGTH]}"


@lru_cache(maxsize=5000)
def _digest(rules: SourceRules) -> str:
    return hashlib.sha256(json.dumps(asdict(rules), sort_keys=True).encode()).hexdigest()


def with_outlet(article: ExtractedArticle, outlet: Outlet, address: str) -> ExtractedArticle:
    """The article of a page under the outlet's own host, with the outlet's name, unless the page says another.

    What the page only seems to say (a name in the window's title) gives way, and so does the outlet's name in other
    words: «المرفأ» or «almarfaa.example» for «صحيفة المرفأ».
    """
    said = article.evidence.get("source")
    says_another = said and said.confidence > SUPPOSED and not _is_same(article.source, outlet, address)
    if says_another or article.source == outlet.name:
        return article
    shown = Evidence(f"{PLACE} {host_of(address)}", article.source or outlet.name, RULED)
    return replace(article, source=outlet.name, evidence={**article.evidence, "source": shown})


def _is_same(name: str, outlet: Outlet, address: str) -> bool:
    host = host_of(address)
    own = {key(part) for held in (host, *outlet.hosts) for part in (held, f"www.{held}", held.split(".")[0])}
    return key(name) in own or _bare(name) == _bare(outlet.name)


def _bare(name: str) -> str:
    """A name without the word for what it is: «صحيفة», «موقع»."""
    words = key(name).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in places.BEGINNINGS else words)
