"""The Haystack backend and engine for Whoosh: the archive's own search, and what SearchQuerySet asks for.

Haystack's stock backend is wrong for Arabic and for an archive in fourteen ways (docs/haystack.md); this one
keeps its interface and replaces schema, storage, search, update and removal.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from shutil import rmtree
from typing import Any

from haystack import connections
from haystack.backends import BaseEngine
from haystack.backends.whoosh_backend import WhooshSearchBackend, WhooshSearchQuery
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SkipDocument
from haystack.utils import get_identifier, get_model_ct
from whoosh.fields import BOOLEAN, NUMERIC, FieldType, Schema
from whoosh.fields import DATETIME as WHOOSH_DATETIME
from whoosh.fields import ID as WHOOSH_ID
from whoosh.index import FileIndex, create_in, open_dir
from whoosh.writing import SegmentWriter

from articles.arabic.analysis import fingerprint
from articles.models.article import Article
from articles.search.engines import schema
from articles.search.engines.contract import Found, IndexOutdated, Question
from articles.search.engines.whoosh.fields import ArabicText
from articles.search.engines.whoosh.finding import find
from articles.search.engines.whoosh.generations import IndexFolder, read_rules, write_rules
from articles.search.engines.whoosh.related import related
from articles.search.engines.whoosh.snapshot import Snapshot, live_index
from articles.search.engines.whoosh.writing import merge_small, open_writer

SECONDS_A_QUERY = 0.7
SECONDS_TO_WAIT = 20.0


class ArchiveBackend(WhooshSearchBackend):
    """Haystack's connection to the index folder at PATH; threads of a process share one searcher."""

    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        super().__init__(connection_alias, **connection_options)
        self.folder = IndexFolder(Path(self.path).absolute())

    # Schema and storage

    def setup(self) -> None:
        """Build the schema; the folder is made by the first write."""
        fields = connections[self.connection_alias].get_unified_index().all_searchfields()
        self.content_field_name, self.schema = self.build_schema(fields)
        self.setup_complete = True

    def build_schema(self, fields: dict[str, Any]) -> tuple[str, Schema]:
        """Haystack's fields as Whoosh fields; the name of the document field beside them."""
        content = next((field.index_fieldname for field in fields.values() if field.document), "")
        own = {ID: WHOOSH_ID(stored=True, unique=True), DJANGO_CT: WHOOSH_ID(stored=True),
               DJANGO_ID: WHOOSH_ID(stored=True)}  # fmt: skip
        return content, Schema(**own, **{f.index_fieldname: whoosh_field(f) for f in fields.values()})

    def snapshot(self) -> Snapshot:
        """The newest committed state, of an index built by the rules in force."""
        if not self.setup_complete:
            self.setup()
        snapshot = live_index(self.folder).snapshot()
        if snapshot.rules != fingerprint():
            raise IndexOutdated("the search index was built by other analysis rules: run rebuild_index")
        return snapshot

    # The archive's own search

    def find(self, question: Question) -> Found:
        snapshot = self.snapshot()
        with snapshot.lock:
            return find(snapshot, question, time.monotonic() + SECONDS_A_QUERY)

    def related(self, text: str, *, exclude: int, count: int) -> Found:
        snapshot = self.snapshot()
        with snapshot.lock:
            return related(snapshot, text, exclude=exclude, count=count)

    def document_count(self) -> int:
        return self.snapshot().live_count

    def rules(self) -> str | None:
        generation = self.folder.current()
        return read_rules(generation) if generation else None

    # Writing

    def index_articles(self, keys: Iterable[int], removed: Iterable[int], *, wait: float) -> None:
        wanted, gone = list(keys), list(removed)
        with self.folder.writing(wait):
            index = self._writable_index()
            snapshot = self.snapshot()
            with self._writer(index) as writer:
                for document in snapshot.documents_with_keys([*wanted, *gone]):
                    writer.delete_document(document)
                self._add_articles(writer, wanted)

    def rebuild(self, batches: Iterable[list[int]], *, wait: float, done: Callable[[int], None]) -> None:
        with self.folder.writing(wait):
            folder = self.folder.new_generation()
            try:
                index = self._new_index(folder)
                for keys in batches:
                    with self._writer(index) as writer:
                        self._add_articles(writer, keys)
                    done(len(keys))
            except BaseException:
                rmtree(folder, ignore_errors=True)
                raise
            self.folder.switch_to(folder)

    def _add_articles(self, writer: SegmentWriter, keys: list[int]) -> None:
        article_index = connections[self.connection_alias].get_unified_index().get_index(Article)
        for article in article_index.index_queryset().filter(pk__in=keys).order_by("pk").iterator(500):
            writer.add_document(**self._document(article_index, article))

    def _document(self, haystack_index: Any, instance: Any) -> dict[str, Any]:
        values = haystack_index.full_prepare(instance)
        values.pop("boost", None)
        return dict(whoosh_values(values))

    def _new_index(self, folder: Path) -> FileIndex:
        if not self.setup_complete:
            self.setup()
        index = create_in(str(folder), self.schema)
        write_rules(folder, fingerprint())
        return index

    def _writable_index(self) -> FileIndex:
        """The live index opened for writing, made when there is none; the caller holds the lock."""
        if self.folder.current() is None:
            folder = self.folder.new_generation()
            self._new_index(folder)
            self.folder.switch_to(folder)
        return open_dir(str(self.folder.current()))

    @contextmanager
    def _writer(self, index: FileIndex) -> Iterator[SegmentWriter]:
        """A writer that commits at the end, or leaves the index as it was when anything goes wrong."""
        writer = open_writer(index)
        try:
            yield writer
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=merge_small)

    # What Haystack's own commands and SearchIndex methods call

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Write the documents of `iterable`; one that its index skips is left as it is."""
        with self.folder.writing(SECONDS_TO_WAIT), self._writer(self._writable_index()) as writer:
            for instance in iterable:
                try:
                    document = self._document(index, instance)
                except SkipDocument:
                    continue
                writer.update_document(**document)

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        with self.folder.writing(SECONDS_TO_WAIT), self._writer(self._writable_index()) as writer:
            writer.delete_by_term(ID, get_identifier(obj_or_string))

    def clear(self, models: Iterable[Any] | None = None, commit: bool = True) -> None:
        """Forget every document, or those of `models`."""
        if models is None:
            self.delete_index()
            return
        with self.folder.writing(SECONDS_TO_WAIT), self._writer(self._writable_index()) as writer:
            for model in models:
                writer.delete_by_term(DJANGO_CT, get_model_ct(model))

    def delete_index(self) -> None:
        """Switch to a new empty index."""
        self.rebuild([], wait=SECONDS_TO_WAIT, done=lambda count: None)

    @property
    def index(self) -> FileIndex:
        """The live index; raises IndexMissing."""
        return self.snapshot().index

    @index.setter
    def index(self, value: Any) -> None:
        """The stock backend assigns a refreshed index before each use; ours is always the newest."""


def whoosh_field(field: Any) -> FieldType:
    """The Whoosh field for one Haystack field: whole values are never split, text is Arabic text."""
    if getattr(field, "whole", False) or getattr(field, "facet_for", None) or field.is_multivalued:
        return WHOOSH_ID(stored=field.stored, sortable=True)
    if hasattr(field, "level"):
        return ArabicText(field.level, stored=field.stored)
    match field.field_type:
        case "date" | "datetime":
            return WHOOSH_DATETIME(stored=field.stored, sortable=True)
        case "integer":
            return NUMERIC(int, bits=64, stored=field.stored, sortable=True)
        case "float":
            return NUMERIC(float, stored=field.stored, sortable=True)
        case "boolean":
            return BOOLEAN(stored=field.stored)
        case _:
            return ArabicText("stem", stored=field.stored, field_boost=field.boost)


def whoosh_values(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Haystack's prepared values as Whoosh takes them; several values of a field are stored joined."""
    for name, value in values.items():
        if isinstance(value, list | tuple | set):
            texts = [str(item) for item in value]
            yield name, texts
            yield f"_stored_{name}", schema.VALUE_BREAK.join(texts)
        elif isinstance(value, date) and not isinstance(value, datetime):
            yield name, datetime(value.year, value.month, value.day)
        elif isinstance(value, bool | int | float | datetime):
            yield name, value
        elif value is not None:
            yield name, str(value)


class ArchiveEngine(BaseEngine):
    """What settings name as the engine of a Haystack connection."""

    backend = ArchiveBackend
    query = WhooshSearchQuery
