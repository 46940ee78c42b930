"""Rows on their way out: a few at a time, with what belongs to them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from articles.exporting.lines import Row
from articles.exporting.store.choice import Choice
from articles.exporting.store.tables import (
    ARTICLES,
    ITEMS,
    NUMBER,
    RUNS,
    STORIES,
    Column,
    Part,
    Table,
    columns,
)
from articles.models.article import Article
from articles.models.source import Source

BATCH = 100  # rows in memory at a time: of long articles, some megabytes


@dataclass(frozen=True, slots=True)
class Leaving:
    """A row that leaves; `extras` are values asked for beside its columns, and stay here."""

    key: int
    row: Row
    extras: tuple[Any, ...] = ()


def leaving(choice: Choice, table: Table) -> Iterator[Row]:
    """The rows of a table, complete, in their order."""
    for batch in batches(choice, table, choice.rows(table)):
        _add_parts(choice, table, batch)
        if table is ARTICLES:
            _add_names(batch, "collections")
            if not choice.published_only:  # curators' own words
                _add_names(batch, "tags")
        if table is ITEMS:
            _name_sources([each.row for each in batch])
        for each in batch:
            if table is RUNS:
                yield {NUMBER: each.key, **each.row}
            elif table is not STORIES or _is_story(each.row):
                yield each.row


def batches(
    choice: Choice, table: Table, rows: QuerySet[Any], extras: Sequence[str] = ()
) -> Iterator[list[Leaving]]:
    """The rows of a query in small groups, without their parts."""
    shown = columns(table.model, choice.left_out(table))
    paths = [path for column in shown for path in column.paths]
    found = rows.values_list("pk", *paths, *extras).iterator(chunk_size=BATCH)
    while batch := [_leaving(shown, values) for values in islice(found, BATCH)]:
        yield batch


def _leaving(shown: Sequence[Column], values: Sequence[Any]) -> Leaving:
    row: Row = {}
    place = 1
    for column in shown:
        row[column.name] = column.written(values[place : place + len(column.paths)])
        place += len(column.paths)
    return Leaving(values[0], row, tuple(values[place:]))


def _add_parts(choice: Choice, table: Table, batch: list[Leaving]) -> None:
    for part in table.parts:
        held = _parts(choice, part, [each.key for each in batch])
        for each in batch:
            each.row[part.name] = held[each.key]


def _parts(choice: Choice, part: Part, keys: Sequence[int]) -> dict[int, list[Row]]:
    shown = columns(part.model, (part.belongs_to,))
    rows = part.model._default_manager.filter(**{f"{part.belongs_to}__in": keys}).order_by("pk")
    if choice.published_only and any(column.name == "article" for column in shown):
        rows = rows.filter(article__in=Article.objects.visible())
    paths = [path for column in shown for path in column.paths]
    held: dict[int, list[Row]] = defaultdict(list)
    for values in rows.values_list(f"{part.belongs_to}_id", *paths):
        held[values[0]].append(_leaving(shown, values).row)
    return held


def _add_names(batch: list[Leaving], of: str) -> None:
    """The keys of the names of the collections or tags, sorted here: databases sort Arabic in orders of their own."""
    held: dict[int, list[str]] = defaultdict(list)
    rows = Article.objects.filter(pk__in=[each.key for each in batch], **{f"{of}__isnull": False}).order_by()
    for key, name in rows.values_list("pk", f"{of}__name_key"):
        held[key].append(name)
    for each in batch:
        each.row[of] = sorted(held[each.key])


def _name_sources(rows: Sequence[Row]) -> None:
    """What an item says of an article before it names the source by its key in the database; here by its own."""
    held = [before for row in rows if isinstance(before := row.get("before"), dict) and before.get("source")]
    names = dict(
        Source.objects.filter(pk__in={before["source"] for before in held}).values_list("pk", "name_key")
    )
    for before in held:
        before["source"] = names.get(before["source"])


def _is_story(row: Row) -> bool:
    """Whether a story is left of what leaves; its lead is one of the members that do."""
    members = [member["article"] for member in row["members"]]
    if members and row["lead"] not in members:
        row["lead"] = members[0]
    return len(members) > 1
