"""The rules of extraction that curators keep, read into the book that an import takes along."""

from collections.abc import Iterator

from articles.importing.rule_book import Outlet, RuleBook, host_of
from articles.models.extraction import ExtractionRules, lines_of

MOST_SOURCES = 5000  # with rules: the book is held in memory, twice where there is a second process


class TooManyRules(Exception):
    """More sources have rules than a book can hold; the message says how many."""


def rule_book() -> RuleBook:
    """The rules in force, by host and name; of two sources that claim a host, the older rules win.

    Raises TooManyRules.
    """
    return RuleBook.of(_outlets())


def _outlets() -> Iterator[Outlet]:
    rows = ExtractionRules.objects.select_related("source").prefetch_related("source__names").order_by("pk")
    for number, row in enumerate(rows.iterator(chunk_size=500), start=1):
        if number > MOST_SOURCES:
            raise TooManyRules(f"more than {MOST_SOURCES:,} sources have rules of extraction; delete some")
        names = tuple(each.name for each in row.source.names.all())
        yield Outlet(row.source.name, hosts_of(row), row.rules, names)


def hosts_of(row: ExtractionRules) -> tuple[str, ...]:
    """The hosts that rules hold for: those the curator named, else that of the source's homepage."""
    given = lines_of(row.hosts) or (row.source.homepage,)
    return tuple(host for line in given if (host := host_of(line)))
