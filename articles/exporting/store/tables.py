"""What an export holds of the database: which tables, in which order, and how a row becomes a line and a row again.

Keys of the database do not leave it. A row is named by what is its own: a source by its key, an article by its public
identifier, a run by its number, a capture by its digest and place, a user by the name of the account.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, JSONField, Model

from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.change import Change
from articles.models.collection import Collection
from articles.models.empty_search import EmptySearch
from articles.models.extraction import ExtractionRules, RepeatedLine
from articles.models.import_run import ImportItem, ImportRun
from articles.models.index_removal import IndexRemoval
from articles.models.job import Job, JobChunk
from articles.models.redirect import ArticleRedirect
from articles.models.returned_text import ReturnedText
from articles.models.source import Source, SourceName
from articles.models.stem_exceptions import StemException
from articles.models.story import NotCopies, Story, StoryMember
from articles.models.synonyms import SynonymGroup, SynonymTerm
from articles.models.tag import Tag
from articles.models.takedown import Takedown
from articles.models.upload import Upload
from articles.models.version import ArticleVersion

# The columns that name a row elsewhere.
NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "articles.source": ("name_key",),
    "articles.collection": ("name_key",),
    "articles.tag": ("name_key",),
    "articles.article": ("public_id",),
    "articles.articleredirect": ("public_id",),
    "articles.importrun": ("pk",),
    "articles.capture": ("sha256", "origin", "locator"),
    settings.AUTH_USER_MODEL.lower(): ("username",),
}
# What the search index has still to forget; what the desk does and did, as Django's log of it; what was asked.
NOT_EXPORTED = frozenset(
    (IndexRemoval, Change, Job, JobChunk, Upload, Upload.runs.through, EmptySearch, ReturnedText)
)
NUMBER = "number"  # of a run
# What addresses and paths are made of is looked at: an export may be a stranger's.
IN_ADDRESSES = {
    "public_id": re.compile(r"[0-9a-z]{1,16}"),
    "slug": re.compile(r"[-\w]{1,200}"),
    "sha256": re.compile(r"[0-9a-f]{64}"),
}


class BadRow(ValueError):
    """A line that is no row of its table; the message says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong to a row and are written within it, in the order of keys."""

    name: str
    model: type[Model]
    belongs_to: str


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of rows. `known_by` are columns that make two rows one, each set tried where none of it is empty.

    `alone` are further columns that no two rows may share; `hidden` are left out of what is given to others.
    """

    name: str
    model: type[Model]
    known_by: tuple[tuple[str, ...], ...] = ()
    alone: str = ""
    order: tuple[str, ...] = ("pk",)
    left_out: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    parts: tuple[Part, ...] = ()

    @property
    def path(self) -> str:
        return f"data/{self.name}.jsonl"


SOURCES = Table(
    "sources", Source, (("name_key",),), alone="slug", parts=(Part("names", SourceName, "source"),)
)
RULES = Table("extraction_rules", ExtractionRules, (("source",),))
REPEATED_LINES = Table("repeated_lines", RepeatedLine, (("source", "key"),))
TAGS = Table("tags", Tag, (("name_key",),))
COLLECTIONS = Table("collections", Collection, (("name_key",),), alone="slug")
SYNONYMS = Table(
    "synonym_groups",
    SynonymGroup,
    (("shipped_key",), ("label", "created_at")),
    parts=(Part("terms", SynonymTerm, "group"),),
)
KEPT_WORDS = Table("kept_words", StemException, (("key",),))
RUNS = Table("import_runs", ImportRun, (("started_at",),), left_out=frozenset(("was_here",)))
ARTICLES = Table(
    "articles",
    Article,
    (("public_id",),),
    alone="url_digest",
    left_out=frozenset(("stale_since", "confidence", "corrected")),
    hidden=frozenset(("embargoed_until",)),
)
CAPTURES = Table(
    "captures",
    Capture,
    (("sha256", "origin", "locator"),),
    hidden=frozenset(("run",)),
)
REDIRECTS = Table(
    "redirects",
    ArticleRedirect,
    (("public_id",),),
    left_out=frozenset(("held",)),
    hidden=frozenset(
        (
            *("title", "source", "url", "url_digest", "external_id", "text_digest"),
            *("reason", "merged_at", "merged_by"),
        )
    ),
)
VERSIONS = Table(
    "versions",
    ArticleVersion,
    (("article", "number"),),
    order=("article_id", "number"),
    hidden=frozenset(("run", "actor", "reviewed_at")),
)
TAKEDOWNS = Table("takedowns", Takedown, (("article", "taken_at"),))
STORIES = Table(
    "stories",
    Story,
    (("lead",),),
    hidden=frozenset(("decided_at", "decided_by")),
    parts=(Part("members", StoryMember, "story"),),
)
NOT_COPIES = Table("not_copies", NotCopies, (("first", "second"),))
ITEMS = Table("import_items", ImportItem, order=("run_id", "pk"))

# Each after those that its rows name.
TABLES = (
    *(
        SOURCES,
        RULES,
        REPEATED_LINES,
        COLLECTIONS,
        TAGS,
        SYNONYMS,
        KEPT_WORDS,
        RUNS,
        ARTICLES,
        REDIRECTS,
        CAPTURES,
        VERSIONS,
    ),
    *(TAKEDOWNS, STORIES, NOT_COPIES, ITEMS),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a line, and the field it is of; `paths` are what is asked of the database for it."""

    name: str
    field: "Field[Any, Any]"
    paths: tuple[str, ...]

    @property
    def names_a_row(self) -> bool:
        return isinstance(self.field, ForeignKey)

    def written(self, values: Sequence[object]) -> object:
        """As JSON holds it; the name of another row is a list where it takes several values."""
        if isinstance(self.field, JSONField):
            return _sorted(values[0])
        if len(values) > 1:
            return list(values) if values[0] is not None else None
        return _plain(values[0])

    def read(self, value: object) -> Any:
        """What `written` was made of; raises BadRow. Not for the name of another row."""
        if isinstance(self.field, JSONField):
            return value
        try:
            read = self.field.to_python(value)
        except (ValidationError, TypeError, ValueError) as error:
            raise BadRow(f"{self.name}: {str(value)[:80]!r} is no value of it") from error
        if self.name in IN_ADDRESSES and not IN_ADDRESSES[self.name].fullmatch(read):
            raise BadRow(f"{self.name}: {str(value)[:80]!r} cannot stand in an address")
        return read


def columns(model: type[Model], left_out: Iterable[str] = ()) -> list[Column]:
    """The columns that leave the database, in the model's order."""
    return [
        Column(field.name, field, _paths(field))
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in left_out
    ]


def _paths(field: "Field[Any, Any]") -> tuple[str, ...]:
    if not isinstance(field, ForeignKey):
        return (field.name,)
    return tuple(f"{field.name}__{column}" for column in name_of(field.related_model))


def name_of(model: Any) -> tuple[str, ...]:
    """The columns that name a row of the model."""
    return NAMED_BY[model._meta.label_lower]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _sorted(value: object) -> object:
    """JSON with the names of objects in order: databases keep them in orders of their own."""
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(each) for each in value] if isinstance(value, list) else value
