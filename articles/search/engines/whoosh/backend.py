"""The Haystack backend and engine for Whoosh: the archive's own search, and what SearchQuerySet asks for.

Haystack's stock backend is wrong for Arabic and for an archive in fourteen ways (docs/haystack.md). This one gives
the same interface with a schema, storage, search and writing of its own.
"""

import logging
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from shutil import rmtree
from typing import Any, TypeVar

import numpy as np
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from haystack import connections
from haystack.backends import BaseEngine, BaseSearchBackend, log_query
from haystack.constants import DJANGO_CT, ID
from haystack.exceptions import SearchBackendError, SkipDocument
from haystack.utils import get_identifier, get_model_ct
from numpy.typing import NDArray
from whoosh.fields import Schema
from whoosh.index import FileIndex, open_dir

from articles.arabic.analysis import fingerprint
from articles.search.engines.contract import (
    EngineProblem,
    Form,
    Found,
    Holdings,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    Inventory,
    Question,
    Relative,
    Spelling,
    Standing,
)
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh.analysing import BatchAnalyser
from articles.search.engines.whoosh.batch_writing import add_documents
from articles.search.engines.whoosh.building import article_documents, build, building
from articles.search.engines.whoosh.columnar.contents import new_index, read_contents
from articles.search.engines.whoosh.damage import SUSPICIOUS, reading
from articles.search.engines.whoosh.documents import build_schema, document, moment
from articles.search.engines.whoosh.finding import find, keys
from articles.search.engines.whoosh.forms import forms
from articles.search.engines.whoosh.generations import IndexFolder, check_format, write_rules
from articles.search.engines.whoosh.haystack_results import Results
from articles.search.engines.whoosh.haystack_search import HaystackSearch, Page, Wanted
from articles.search.engines.whoosh.holdings import holdings
from articles.search.engines.whoosh.integrity import verify
from articles.search.engines.whoosh.inventory import inventory
from articles.search.engines.whoosh.part_terms import Single
from articles.search.engines.whoosh.postings import postings
from articles.search.engines.whoosh.query_strings import OPERATORS, ArchiveQuery, plain, query_parser
from articles.search.engines.whoosh.related import related
from articles.search.engines.whoosh.snapshot import Snapshot, live_index
from articles.search.engines.whoosh.standing import rules, standing
from articles.search.engines.whoosh.totals import totals
from articles.search.engines.whoosh.vocabulary import Vocabulary
from articles.search.engines.whoosh.word_forms import spellings
from articles.search.engines.whoosh.writing import (
    ArchiveWriter,
    commit_segments,
    open_writer,
    replace_articles,
)
from articles.search.known_words import KnownWords
from articles.search.request import FacetName

SECONDS_A_QUERY = 0.6  # of work (`Deadline`)
SECONDS_OF_TOTALS = 0.25  # of several searches together
SECONDS_OF_FORMS = 0.15  # of one part of a query
SECONDS_TO_WAIT = 20.0
UPDATE_BATCH = 1000  # documents a commit; bounds the memory of `update`

Result = TypeVar("Result")
Documents = dict[str, dict[str, Any]]  # by their Haystack identifiers
logger = logging.getLogger("haystack")


class ArchiveBackend(BaseSearchBackend):
    """Haystack's connection to the index folder at PATH; threads of a process share one searcher."""

    RESERVED_WORDS = OPERATORS

    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        super().__init__(connection_alias, **connection_options)
        if not connection_options.get("PATH") or connection_options.get("STORAGE", "file") != "file":
            wanted = "needs PATH, the index's folder; STORAGE is always 'file'"
            raise ImproperlyConfigured(f"HAYSTACK_CONNECTIONS['{connection_alias}'] {wanted}")
        self.folder = IndexFolder(Path(connection_options["PATH"]).absolute())
        self.processes: int = connection_options.get("PROCESSES", 1)
        self.setup_complete = False

    # Schema and storage

    def setup(self) -> None:
        """Build the schema; the folder is made by the first write."""
        self.content_field_name, self.schema = self.build_schema(self._unified_index().all_searchfields())
        self.parser = query_parser(self.content_field_name, self.schema)
        self.setup_complete = True

    def build_schema(self, fields: dict[str, Any]) -> tuple[str, Schema]:
        return build_schema(fields.values())

    def declared_schema(self) -> Schema:
        """The schema that the search indexes declare; an index built with another one must be rebuilt."""
        if not self.setup_complete:
            self.setup()
        return self.schema

    def snapshot(self) -> Snapshot:
        """The newest committed state, of an index built by the rules in force."""
        snapshot = live_index(self.folder).snapshot()
        if snapshot.rules != fingerprint():
            raise IndexOutdated("the search index was built by other analysis rules: run rebuild_index")
        if not snapshot.has_fields_of(self.declared_schema()):
            raise IndexOutdated("the search index was built with other fields: run rebuild_index")
        return snapshot

    def _unified_index(self) -> Any:
        return connections[self.connection_alias].get_unified_index()

    # The archive's own search

    def find(self, question: Question) -> Found:
        return self._asked(lambda snapshot: find(snapshot, question, Deadline(SECONDS_A_QUERY)))

    def keys(self, question: Question) -> NDArray[np.int64]:
        return self._asked(lambda snapshot: keys(snapshot, question, Deadline(SECONDS_A_QUERY)))

    def holdings(self, question: Question, *, over_time: FacetName | None = None) -> Holdings:
        return self._asked(lambda snapshot: holdings(snapshot, question, over_time))

    def totals(self, questions: Sequence[Question]) -> list[int | None]:
        return self._asked(lambda snapshot: totals(snapshot, questions, Deadline(SECONDS_OF_TOTALS)))

    def forms(self, part: Single, *, count: int, hidden: AbstractSet[int] = frozenset()) -> list[Form]:
        deadline = Deadline(SECONDS_OF_FORMS)
        return self._asked(lambda snapshot: forms(snapshot, part, deadline, count=count, hidden=hidden))

    def spellings(self, stems: Iterable[str]) -> list[Spelling]:
        return self._asked(lambda snapshot: spellings(snapshot, stems, Deadline(SECONDS_OF_FORMS)))

    def words(
        self, ask: Callable[[KnownWords], Result], *, hidden: AbstractSet[int], seconds: float
    ) -> Result:
        return self._asked(lambda snapshot: ask(Vocabulary(snapshot, hidden, seconds)))

    def related(self, text: str, *, hidden: AbstractSet[int], story: int, count: int) -> list[Relative]:
        return self._asked(lambda snapshot: related(snapshot, text, hidden=hidden, story=story, count=count))

    def document_count(self) -> int:
        return self.snapshot().live_count

    def inventory(self) -> Inventory:
        return self._asked(inventory)

    def standing(self) -> Standing:
        return standing(self.folder)

    def state(self) -> Hashable:
        return self.snapshot().identity

    def rules(self) -> str | None:
        return rules(self.folder, self.declared_schema())

    def verify(self, rest: Callable[[], None]) -> tuple[str, ...]:
        return verify(self.folder, self.snapshot(), rest)

    def _asked(self, ask: Callable[[Snapshot], Result]) -> Result:
        """Ask the newest state; what fails for files that were changed is told as damage."""
        snapshot = self.snapshot()
        try:
            return ask(snapshot)
        except SUSPICIOUS as error:
            if problems := snapshot.damage():
                raise IndexDamaged(f"{'; '.join(problems)}: run manage.py rebuild_index") from error
            raise

    # Writing

    def index_articles(self, keys: Iterable[int], removed: Iterable[int], *, wait: float) -> None:
        wanted, gone = list(keys), list(removed)
        with self._writing(wait):
            index = self._writable_index()
            snapshot = self.snapshot()
            with self._writer(index) as writer:
                for document in snapshot.documents_with_keys([*wanted, *gone]):
                    writer.delete_document(document)
                documents = list(article_documents(self.connection_alias, wanted))
                add_documents(writer, self._analyser.analyse(documents))

    def index_batches(
        self, batches: Iterable[list[int]], *, wait: float, done: Callable[[list[int]], None]
    ) -> None:
        with self._writing(wait), self.folder.drafts() as drafts:
            self._new_index(drafts)
            with building(batches, drafts, self.connection_alias, self.processes) as built:
                for keys, segments in built:
                    index, gone = self._writable_index(), self.snapshot().documents_with_keys(keys)
                    replace_articles(index, drafts, gone, [segment for _count, segment in segments])
                    done(keys)

    def rebuild(self, batches: Iterable[list[int]], *, wait: float, done: Callable[[int], None]) -> None:
        with self._writing(wait):
            folder = self.folder.new_generation()
            try:
                index = new_index(folder, self.declared_schema())
                whole = build(batches, folder, self.connection_alias, self.processes, done)
                commit_segments(index, whole.segments)
                write_rules(folder, whole.rules)
            except BaseException:
                rmtree(folder, ignore_errors=True)
                raise
            self.folder.switch_to(folder)

    @cached_property
    def _analyser(self) -> BatchAnalyser:
        return BatchAnalyser(self.declared_schema())

    def _new_index(self, folder: Path) -> FileIndex:
        index = new_index(folder, self.declared_schema())
        write_rules(folder, fingerprint())
        return index

    def _writable_index(self) -> FileIndex:
        """The live index opened for writing, made when there is none; the caller holds the lock."""
        if self.folder.current() is None:
            folder = self.folder.new_generation()
            self._new_index(folder)
            self.folder.switch_to(folder)
        current = self.folder.current()
        if current is None:
            raise IndexMissing(f"there is no search index in {self.folder.path}")
        check_format(current)
        with reading(current):
            read_contents(current)  # which knows damage that Whoosh would write on
            return open_dir(str(current))

    @contextmanager
    def _writing(self, wait: float) -> Iterator[None]:
        """The folder's lock; raises EngineProblem where the disk will not be written."""
        try:
            with self.folder.writing(wait):
                yield
        except OSError as error:
            raise EngineProblem(
                f"the search index in {self.folder.path} cannot be written: {error}"
            ) from error

    @contextmanager
    def _writer(self, index: FileIndex) -> Iterator[ArchiveWriter]:
        """A writer that commits at the end, or leaves the index as it was when anything goes wrong."""
        writer = open_writer(index)
        try:
            yield writer
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    # What Haystack's SearchIndex methods and commands call

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Write the documents of `iterable`, a batch a commit; one that its index skips is left as it is."""
        documents = self._documents(index, iterable)
        with self._forgiving("update the search index"), self._writing(SECONDS_TO_WAIT):
            while batch := {document[ID]: document for document in islice(documents, UPDATE_BATCH)}:
                self._replace_or_log(batch)

    def _documents(self, index: Any, iterable: Iterable[Any]) -> Iterator[dict[str, Any]]:
        for instance in iterable:
            try:
                yield document(index, instance)
            except SkipDocument:
                logger.debug("Indexing of %s skipped", get_identifier(instance))

    def _replace_or_log(self, batch: Documents) -> None:
        """Where documents must not fail loudly, the good ones of a batch are written without the bad."""
        try:
            self._replace(batch)
        except EngineProblem:
            raise
        except Exception:
            if not self.silently_fail:
                raise
            if len(batch) == 1:
                logger.exception("Failed to write document %s to the search index", *batch)
                return
            for identifier, document in batch.items():
                self._replace_or_log({identifier: document})

    def _replace(self, batch: Documents) -> None:
        index = self._writable_index()
        snapshot = self.snapshot()
        held = [postings(snapshot, ID, identifier).documents for identifier in batch]
        with self._writer(index) as writer:
            for documents in held:
                for document in documents[snapshot.live[documents]].tolist():
                    writer.delete_document(document)
            for document in batch.values():
                writer.add_document(**document)

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        self._forget(ID, [get_identifier(obj_or_string)])

    def clear(self, models: Iterable[type[Model]] | None = None, commit: bool = True) -> None:
        """Forget every document, or those of `models`."""
        if models is None:
            with self._forgiving("clear the search index"):
                self.delete_index()
        else:
            self._forget(DJANGO_CT, map(get_model_ct, models))

    def _forget(self, field: str, values: Iterable[str]) -> None:
        with (
            self._forgiving("remove documents from the search index"),
            self._writing(SECONDS_TO_WAIT),
            self._writer(self._writable_index()) as writer,
        ):
            for value in values:
                writer.delete_by_term(field, value)

    def delete_index(self) -> None:
        """Switch to a new empty index."""
        self.rebuild([], wait=SECONDS_TO_WAIT, done=lambda count: None)

    @property
    def index(self) -> FileIndex:
        """The live index for tools that know Whoosh, read-only; an empty one is made where there is none."""
        if self.folder.current() is None:
            self.delete_index()
        return open_dir(str(self.folder.pointer), readonly=True)

    # What SearchQuerySet calls

    @log_query
    def search(self, query_string: str, **options: Any) -> dict[str, Any]:
        if not query_string:
            return {"results": [], "hits": 0}
        wanted = Wanted.of(query_string, options)
        return self._answered(
            wanted, lambda held: held.search(wanted, include_spelling=self.include_spelling)
        )

    def more_like_this(
        self, model_instance: Model, additional_query_string: str | None = None, **options: Any
    ) -> dict[str, Any]:
        wanted = Wanted.of(additional_query_string or "*", options)
        prepared = self._unified_index().get_index(type(model_instance)).full_prepare(model_instance)
        self.declared_schema()
        text = prepared[self.content_field_name]
        return self._answered(wanted, lambda search: search.similar(prepared[ID], text, wanted))

    def _answered(self, wanted: Wanted, ask: Callable[[HaystackSearch], Page]) -> dict[str, Any]:
        deadline = Deadline(self.timeout, wait=self.timeout)
        indexes = self._unified_index()
        try:
            page = self._asked(lambda snapshot: ask(HaystackSearch(snapshot, self.parser, indexes, deadline)))
        except EngineProblem as problem:
            if not self.silently_fail:
                raise SearchBackendError(str(problem)) from problem
            logger.exception("Failed to search: an empty result is given instead")
            return {"results": [], "hits": 0, "spelling_suggestion": None}
        return Results(indexes, self.connection_alias, self.content_field_name).answer(page, wanted)

    @contextmanager
    def _forgiving(self, what: str) -> Iterator[None]:
        """Haystack's SILENTLY_FAIL: an engine that cannot be written to is logged instead of raised."""
        try:
            yield
        except EngineProblem:
            if not self.silently_fail:
                raise
            logger.exception("Failed to %s", what)

    def _from_python(self, value: Any) -> Any:
        """A value as Haystack's query class writes it into a query string."""
        if isinstance(value, date):
            return moment(value)
        if isinstance(value, list | tuple):
            return ",".join(map(str, value))
        return plain(value) if isinstance(value, bool) or not isinstance(value, int | float) else value


class ArchiveEngine(BaseEngine):
    """What settings name as the engine of a Haystack connection."""

    backend = ArchiveBackend
    query = ArchiveQuery
