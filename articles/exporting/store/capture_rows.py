"""Captures on their way out, and which of them brought their bytes first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Min, Q, QuerySet

from articles.exporting.lines import Row
from articles.exporting.records import Obtained, file_uri, number, uri
from articles.exporting.store.choice import Choice
from articles.exporting.store.reading import batches
from articles.exporting.store.tables import CAPTURES
from articles.importing import naming
from articles.importing.readers.web import HTTP_BLOCK, PAGES

# Bytes that stood at an address of the web as they are: a page, or what a crawler or we ourselves fetched. The item
# of a feed or a file that tells an address did not stand there.
OF_THE_WEB = (
    ~Q(url_digest="")
    & ~Q(media_type=HTTP_BLOCK)
    & (Q(media_type__in=PAGES) | Q(details__has_any_keys=["status", "record"]))
)
EXTRAS = ("is_web", "stored_at", "captured_at", "article__title")


@dataclass(frozen=True, slots=True)
class LeavingCapture:
    """A capture that leaves: its line, and what a record of it says.

    `first` is the earlier capture of the same bytes in the same files, if there is one.
    """

    row: Row
    is_web: bool
    obtained: Obtained
    title: str
    first: Obtained | None = None


def leaving_captures(choice: Choice) -> Iterator[LeavingCapture]:
    """Every capture that leaves, in the order of keys."""
    rows = choice.rows(CAPTURES).annotate(is_web=ExpressionWrapper(OF_THE_WEB, output_field=BooleanField()))
    for batch in batches(choice, CAPTURES, rows, EXTRAS):
        digests = {each.row["sha256"] for each in batch}
        firsts = _firsts(choice, rows, digests)
        for each in batch:
            is_web, stored_at, captured_at, title = each.extras
            key, first = firsts[each.row["sha256"], bool(is_web)]
            obtained = _obtained(choice, each.row, bool(is_web), captured_at or stored_at)
            yield LeavingCapture(
                each.row, bool(is_web), obtained, title or "", None if key == each.key else first
            )


def _firsts(
    choice: Choice, rows: QuerySet[Any], digests: set[str]
) -> dict[tuple[str, bool], tuple[int, Obtained]]:
    """The first capture of each digest, of the web and of files apart: their records stand in files apart."""
    same = rows.filter(sha256__in=digests).order_by()
    keys = [row["first"] for row in same.values("sha256", "is_web").annotate(first=Min("pk"))]
    firsts = {}
    names = ("sha256", "origin", "locator", "url", "media_type", "details")
    for key, is_web, captured_at, stored_at, *values in (
        rows.filter(pk__in=keys).order_by().values_list("pk", "is_web", "captured_at", "stored_at", *names)
    ):
        row = dict(zip(names, values, strict=True))
        obtained = _obtained(choice, row, bool(is_web), captured_at or stored_at)
        firsts[row["sha256"], bool(is_web)] = key, obtained
    return firsts


def _obtained(choice: Choice, row: Row, is_web: bool, moment: datetime) -> Obtained:
    details = row["details"] if isinstance(row["details"], dict) else {}
    file = naming.without_folders(row["origin"]) if choice.published_only else row["origin"]
    status, headers = details.get("status"), details.get("headers")
    return Obtained(
        number=number(row["sha256"], row["origin"], row["locator"]),
        address=uri(row["url"]) if is_web else file_uri(file, row["locator"]),
        moment=moment,
        sha256=row["sha256"],
        media_type=row["media_type"],
        status=status if is_web and isinstance(status, int) else 0,
        headers=headers if isinstance(headers, dict) else None,
    )


def has_pages(choice: Choice) -> bool:
    """Whether any capture that leaves is of the web."""
    return choice.rows(CAPTURES).filter(OF_THE_WEB).exists()
