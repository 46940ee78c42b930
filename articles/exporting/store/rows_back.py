"""Lines on their way back into tables: rows that are there already are known and left as they are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.color import no_style
from django.db import connection
from django.db.models import ForeignKey, Model
from django.utils import timezone

from articles.exporting.lines import Row
from articles.exporting.store.tables import (
    ARTICLES,
    ITEMS,
    NOT_COPIES,
    NUMBER,
    REDIRECTS,
    STORIES,
    TAKEDOWNS,
    VERSIONS,
    BadRow,
    Column,
    Part,
    Table,
    columns,
    name_of,
)
from articles.models.article import Article
from articles.models.collection import Collection
from articles.models.evidence import told_by
from articles.models.import_run import ImportRun
from articles.models.redirect import ArticleRedirect
from articles.models.source import Source
from articles.models.story import NotCopies, StoryMember
from articles.models.tag import Tag

MOST_NAMES = 100  # of accounts that are not there, remembered for a message


class References:
    """The rows that lines name, looked up for a batch at a time. `nobody` are users that are not there."""

    def __init__(self) -> None:
        self.runs: dict[int, int] = {}  # number in the export, key here
        self.nobody: set[str] = set()
        self.found: dict[tuple[Any, object], int] = {}

    def look_up(self, shown: Iterable[Column], rows: Sequence[Row]) -> None:
        """Find what these rows name in those columns."""
        wanted: dict[type[Model], set[Any]] = {}
        for column in shown:
            if isinstance(column.field, ForeignKey) and column.field.related_model is not ImportRun:
                names = {_name(row.get(column.name)) for row in rows} - {None}
                wanted.setdefault(column.field.related_model, set()).update(names)
        self.found = {
            (model, name): key for model, names in wanted.items() for name, key in _keys(model, names).items()
        }

    def key(self, column: Column, value: object) -> int | None:
        """The key of the row that a value names; None for nobody; raises BadRow where it is not there."""
        if value is None:
            return None
        model = column.field.related_model
        key = self.runs.get(_number(value)) if model is ImportRun else self.found.get((model, _name(value)))
        if key is None and model is get_user_model():
            if len(self.nobody) < MOST_NAMES:
                self.nobody.add(str(value))
        elif key is None and not column.field.null:
            raise BadRow(f"{column.name}: {str(value)[:80]!r} is not in the archive")
        return key


def _number(value: object) -> int:
    return value if isinstance(value, int) else -1


def _name(value: object) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _keys(model: Any, names: Iterable[Any]) -> dict[Any, int]:
    """The keys of the rows with those names."""
    named_by = name_of(model)
    firsts = {name[0] if isinstance(name, tuple) else name for name in names}
    rows = model._default_manager.filter(**{f"{named_by[0]}__in": firsts}).order_by()
    found = {}
    for key, *values in rows.values_list("pk", *named_by):
        found[tuple(values) if len(values) > 1 else values[0]] = key
    return found


def known(table: Table, rows: Sequence[Row]) -> list[bool]:
    """Which of the rows are in the archive already."""
    answers = [False] * len(rows)
    for names in table.known_by:
        held = _held(table, names, rows)
        if table is NOT_COPIES:  # the pair is the same either way
            turned = [{"first": row.get("second"), "second": row.get("first")} for row in rows]
            held |= {(second, first) for first, second in _held(table, names, turned)}
        for place, row in enumerate(rows):
            answers[place] = answers[place] or _values(names, row) in held
    return [answer or merged for answer, merged in zip(answers, _merged(table, rows), strict=True)]


def _merged(table: Table, rows: Sequence[Row]) -> list[bool]:
    """Which of the rows are articles that were merged here since, or versions or takedowns of such: they are held."""
    if table not in (ARTICLES, VERSIONS, TAKEDOWNS):
        return [False] * len(rows)
    names = [row.get("public_id" if table is ARTICLES else "article") for row in rows]
    held = ArticleRedirect.objects.filter(public_id__in={name for name in names if name})
    merged = set(held.values_list("public_id", flat=True))
    return [name in merged for name in names]


def _held(table: Table, names: Sequence[str], rows: Sequence[Row]) -> set[tuple[Any, ...]]:
    """The values of these columns, of rows here that may be one with those given."""
    shown = {column.name: column for column in columns(table.model)}
    first = shown[names[0]]
    firsts = {row.get(names[0]) for row in rows} - {None, ""}
    paths = [shown[name].paths[0] for name in names]
    values = [first.read(value) if not first.names_a_row else value for value in firsts]
    held = table.model._default_manager.filter(**{f"{paths[0]}__in": values}).order_by().values_list(*paths)
    return {
        tuple(shown[name].written([value]) for name, value in zip(names, found, strict=True))
        for found in held
    }


def _values(names: Sequence[str], row: Row) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in names)


def taken(table: Table, rows: Sequence[Row]) -> list[str]:
    """Values that rows not known share with other rows here, where no two rows may."""
    if not table.alone:
        return []
    fresh = [row for row, is_known in zip(rows, known(table, rows), strict=True) if not is_known]
    values = {row.get(table.alone) for row in fresh} - {None, ""}
    held = table.model._default_manager.filter(**{f"{table.alone}__in": values}).order_by()
    others = set(held.values_list(table.alone, flat=True))
    return [str(row.get(table.known_by[0][0])) for row in fresh if row.get(table.alone) in others]


def unfit(table: Table, rows: Sequence[Row]) -> list[bool]:
    """Which stories and pairs cannot be made: an article of theirs is not here, or is in another story. And redirects
    of articles that are here.
    """
    if table is REDIRECTS:
        here = _keys(Article, {row.get("public_id") for row in rows})
        return [row.get("public_id") in here for row in rows]
    if table not in (STORIES, NOT_COPIES):
        return [False] * len(rows)
    named = [_articles(row) for row in rows]
    every = set().union(*named)
    found = set(_keys(Article, every))
    members = StoryMember.objects.filter(article__public_id__in=every).order_by()
    in_story = set(members.values_list("article__public_id", flat=True)) if table is STORIES else set()
    return [not names <= found or bool(names & in_story) for names in named]


def _articles(row: Row) -> set[Any]:
    """The articles that a story or a pair names."""
    members = {member["article"] for member in _list(row, "members")}
    return (members | {row.get("lead"), row.get("first"), row.get("second")}) - {None}


def insert(table: Table, rows: Sequence[Row], references: References) -> None:
    """Make rows of lines, with their parts, each as it was; raises BadRow and Django's database errors."""
    shown = columns(table.model, table.left_out)
    references.look_up(shown, rows)
    if table is ITEMS:
        _key_sources(rows)
    made = [_made(table.model, shown, row, _allowed(table), references) for row in rows]
    for one, row in zip(made, rows, strict=True):
        _complete(table, one, row)
        # As loaddata does it: no moment is set anew, nothing is derived.
        one.save_base(raw=True, force_insert=True)
    for part in table.parts:
        _insert_parts(part, made, rows, references)
    if table is ARTICLES:
        _insert_names("collections", Collection, made, rows)
        _insert_names("tags", Tag, made, rows)


def _key_sources(rows: Sequence[Row]) -> None:
    """In what items say of articles before, the source by its key here; nobody's where it is not here."""
    held = [before for row in rows if isinstance(before := row.get("before"), dict) and before.get("source")]
    keys = _keys(Source, {before["source"] for before in held})
    for before in held:
        before["source"] = keys.get(before["source"])


def _allowed(table: Table) -> set[str]:
    """Names in a line that are no columns."""
    return {NUMBER, "warc", "collections", "tags", *(part.name for part in table.parts)}


def _made(
    model: type[Model], shown: Sequence[Column], row: Row, allowed: set[str], references: References
) -> Model:
    if unknown := row.keys() - {column.name for column in shown} - allowed:
        raise BadRow(f"{sorted(unknown)[0]!r} is no column that this program knows; update it first")
    values: dict[str, Any] = {}
    for column in shown:
        if column.name not in row:
            continue
        if column.names_a_row:
            values[column.field.attname] = references.key(column, row[column.name])
        else:
            values[column.name] = column.read(row[column.name])
    return model(**values)


def _complete(table: Table, made: Model, row: Row) -> None:
    """Give a run its number, a pair its order, an article its place in the queue of the index and what is derived."""
    if isinstance(made, ImportRun):
        number = _number(row.get(NUMBER))
        made.pk = number if number > 0 and not ImportRun.objects.filter(pk=number).exists() else None
    elif isinstance(made, Article):
        made.stale_since = timezone.now()
        for name, value in told_by(made.evidence).items():
            setattr(made, name, value)
    elif isinstance(made, NotCopies) and made.first_id > made.second_id:
        made.first_id, made.second_id = made.second_id, made.first_id


def _insert_parts(part: Part, made: Sequence[Model], rows: Sequence[Row], references: References) -> None:
    shown = columns(part.model, (part.belongs_to,))
    lines = [(whole, line) for whole, row in zip(made, rows, strict=True) for line in _list(row, part.name)]
    references.look_up(shown, [line for _whole, line in lines])
    for whole, line in lines:
        one = _made(part.model, shown, line, set(), references)
        setattr(one, part.belongs_to, whole)
        one.save_base(raw=True, force_insert=True)


def _insert_names(of: str, model: type[Model], made: Sequence[Model], rows: Sequence[Row]) -> None:
    """Put articles into the collections, or under the tags, that their rows name."""
    names = [(one.pk, name) for one, row in zip(made, rows, strict=True) for name in _list(row, of)]
    keys = _keys(model, {name for _key, name in names})
    if missing := next((name for _key, name in names if name not in keys), None):
        raise BadRow(f"{of}: {missing[:80]!r} is not in the archive")
    membership = getattr(Article, of).through
    column = f"{model._meta.model_name}_id"
    membership.objects.bulk_create(
        [membership(**{"article_id": key, column: keys[name]}) for key, name in names]
    )


def _list(row: Row, name: str) -> list[Any]:
    value = row.get(name, [])
    if not isinstance(value, list):
        raise BadRow(f"{name}: no list")
    return value


def run_keys(rows: Sequence[Row]) -> Mapping[int, int]:
    """The keys here of runs by their numbers in an export."""
    started = {column.name: column for column in columns(ImportRun)}["started_at"]
    moments = {row.get("started_at"): _number(row.get(NUMBER)) for row in rows}
    held = ImportRun.objects.filter(started_at__in=[started.read(moment) for moment in moments]).order_by(
        "-pk"
    )
    return {moments[started.written([moment])]: key for key, moment in held.values_list("pk", "started_at")}


def count_on_from_numbers() -> None:
    """Let the database give the next run a number that none has: those restored brought theirs."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [ImportRun]):
            cursor.execute(statement)
