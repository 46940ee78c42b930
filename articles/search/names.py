"""The other names and the kept words that are in force: read from the database again whenever they have changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from articles.models.stem_exceptions import MOST_WORDS, StemException, WordKind
from articles.models.synonyms import Kind, SynonymGroup, SynonymTerm, term_key
from articles.search.kept_words import KeptWord
from articles.search.name_book import NameBook, NameGroup
from articles.search.shipped_names import ShippedGroup, group_line

Stamp = tuple[Any, ...]

STAMP = """
    SELECT 1, COUNT(*), MAX(id), MAX(updated_at), COUNT(*) FILTER (WHERE is_active) FROM articles_synonymgroup
    UNION ALL
    SELECT 2, COUNT(*), MAX(id), MAX(updated_at), COUNT(*) FILTER (WHERE is_active) FROM articles_stemexception
    ORDER BY 1
"""

# The last book read in this process. One assignment replaces stamp and book together, so threads may share it.
held: tuple[Stamp, NameBook] | None = None


def name_book() -> NameBook:
    """The book of the active groups and words; one query where nothing has changed since the last search."""
    global held
    stamp, book = held or (None, NameBook())
    now = _stamp()
    if stamp != now:
        book = NameBook(groups_in_force(), kept_in_force())
        held = now, book
    return book


def _stamp() -> Stamp:
    """Differs after every edit, whichever process made it: a row more or less, on or off, or changed later."""
    with connection.cursor() as cursor:  # asked by every search: built by the ORM, it takes ten times as long
        cursor.execute(STAMP)
        return tuple(cursor.fetchall())


def kept_in_force(*, without: int | None = None) -> Iterator[KeptWord]:
    """The active kept words, but for the row of the key `without`."""
    rows = StemException.objects.active().exclude(pk=without or 0).order_by("pk")
    for word, kind, is_apart in rows.values_list("word", "kind", "is_apart")[:MOST_WORDS]:
        yield KeptWord(word, is_name=kind == WordKind.NAME, is_apart=is_apart)


def groups_in_force(*, without: int | None = None) -> Iterator[NameGroup]:
    """The active groups, but for the one of the key `without`."""
    rows = (
        SynonymTerm.objects.filter(group__is_active=True)
        .exclude(group=without)
        .order_by("group_id", "order", "pk")
    )
    terms = rows.values_list("group", "group__kind", "text", "is_source")
    for (_group, kind), found in groupby(terms, key=lambda row: row[:2]):
        yield as_group(kind, [(text, is_source) for _key, _kind, text, is_source in found])


def as_group(kind: str, terms: Iterable[tuple[str, bool]]) -> NameGroup:
    """A group of a kind as searches take it; each term with whether it is a source."""
    named = list(terms)
    return NameGroup(
        terms=tuple(text for text, _is_source in named),
        sources=tuple(text for text, is_source in named if is_source) if kind == Kind.ONE_WAY else (),
        are_names=kind == Kind.NAME,
    )


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of the shipped groups: new ones, those brought up to the file, those left as they are."""

    added: int = 0
    updated: int = 0
    kept: int = 0


@transaction.atomic
def load_shipped(shipped: Iterable[ShippedGroup]) -> LoadReport:
    """Take the shipped groups into the archive. A group that a curator has edited or switched off stays as it is."""
    rows = list(shipped)
    ours = {group.shipped_key: group for group in SynonymGroup.objects.exclude(shipped_key="")}
    new = [row for row in rows if row.key not in ours]
    newer = [row for row in rows if row.key in ours and _is_outdated(ours[row.key], row)]
    added = SynonymGroup.objects.bulk_create(
        SynonymGroup(label=row.terms[0], kind=row.kind, shipped_key=row.key, shipped_as=row.line)
        for row in new
    )
    for row in newer:
        ours[row.key].shipped_as = row.line
        ours[row.key].terms.all().delete()
        ours[row.key].save()
    ours |= {group.shipped_key: group for group in added}
    SynonymTerm.objects.bulk_create(term for row in (*new, *newer) for term in _terms(ours[row.key], row))
    return LoadReport(len(new), len(newer), len(rows) - len(new) - len(newer))


def _is_outdated(group: SynonymGroup, row: ShippedGroup) -> bool:
    """Whether a newer line has come for a group that still is what its own line made it."""
    if group.shipped_as == row.line:
        return False
    terms = sorted(group.terms.all(), key=lambda term: not term.is_source)
    sources = sum(term.is_source for term in terms)
    return group_line(group.kind, [term.text for term in terms], sources) == group.shipped_as


def _terms(group: SynonymGroup, row: ShippedGroup) -> Iterator[SynonymTerm]:
    for order, text in enumerate(row.terms):
        yield SynonymTerm(
            group=group, text=text, key=term_key(text), order=order, is_source=order < row.sources
        )
