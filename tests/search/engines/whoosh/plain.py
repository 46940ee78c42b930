"""Whoosh as it comes: the same articles in an index of its own codec, asked with its own queries.

Texts are analysed by our rules, which are not what is compared. What the archive's schema has no field for, the body
and its first paragraph, has fields here.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from math import log
from typing import Any

from whoosh import fields
from whoosh import query as q
from whoosh.analysis import KeywordAnalyzer
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex
from whoosh.matching import NullMatcher, UnionMatcher
from whoosh.query import spans
from whoosh.scoring import BM25F
from whoosh.searching import Results, Searcher
from whoosh.sorting import FieldFacet
from whoosh.util import make_binary_tree

from articles.arabic.analysis import LITERAL, STEM, SURFACE
from articles.arabic.sentences import segmented
from articles.models.article import Article
from articles.search.dates import date_code
from articles.search.engines import schema
from articles.search.engines.whoosh.fields import LevelAnalyzer
from articles.search.patterns import PROCLITICS
from articles.search.request import FacetName
from articles.search.syntax import (
    And,
    DateRange,
    Everything,
    FieldName,
    In,
    Level,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Wildcard,
    Word,
)

LEVELS = {Level.LITERAL: "literal", Level.NORMALISED: "surface", Level.STEM: "stem", Level.SYNONYMS: "stem"}
TERMS = {"literal": LITERAL, "surface": SURFACE, "stem": STEM}
TEXTS = {None: "whole", FieldName.TITLE: "title", FieldName.BODY: "body", FieldName.LEAD: "lead"}
NAMES = {
    FieldName.SOURCE: "outlet",
    FieldName.AUTHOR: "by",
    FieldName.SECTION: "part",
    FieldName.COLLECTION: "set",
}
FACETS = (FacetName.SOURCE, FacetName.AUTHOR, FacetName.YEAR, FacetName.MONTH, FacetName.COLLECTION)
FINER = {
    "literal": (),
    "surface": ((Level.LITERAL, schema.LITERAL_WEIGHT),),
    "stem": ((Level.NORMALISED, schema.EXACT_WEIGHT), (Level.LITERAL, schema.LITERAL_WEIGHT)),
}
NEVER = q.Term("status", "no such status")
UNDATED = 9  # behind every dated article
LISTED = {FacetName.COLLECTION}


class ArchiveBM25F(BM25F):
    """Whoosh's formula over its own postings and lengths, with the archive's idf and average length."""

    def __init__(self) -> None:
        super().__init__(B=schema.B, K1=schema.K1)

    def idf(self, searcher: Searcher, fieldname: str, text: bytes) -> float:
        parent = searcher.get_parent()
        held, size = parent.doc_frequency(fieldname, text), parent.doc_count_all()
        return log(1 + (size - held + 0.5) / (held + 0.5))

    def scorer(self, searcher: Searcher, fieldname: str, text: bytes, qf: int = 1) -> Any:
        scorer = super().scorer(searcher, fieldname, text, qf=qf)
        reader = searcher.get_parent().reader()
        lengths = [reader.doc_field_length(number, fieldname, 0) for number in range(reader.doc_count_all())]
        held = [length for length in lengths if length]
        scorer.avgfl = sum(held) / len(held) if held else 1
        return scorer


class BothNear(spans.SpanNear):
    """Whoosh's own, which fails in a segment that does not hold both parts, and beside other queries."""

    def estimate_size(self, ixreader: Any) -> int:
        size: int = self.q.estimate_size(ixreader)
        return size

    def matcher(self, searcher: Searcher, context: Any = None) -> Any:
        both = [part.matcher(searcher, context) for part in (self.a, self.b)]
        if not all(each.is_active() for each in both):
            return NullMatcher()
        return super().matcher(searcher, context)


class AnyOf(q.Or):
    """Whoosh's own as one tree of unions, which know where their parts stand; its SpanOr joins what is side by side."""

    def matcher(self, searcher: Searcher, context: Any = None) -> Any:
        found = [part.matcher(searcher, context) for part in self.subqueries]
        held = [each for each in found if each.is_active()]
        return make_binary_tree(UnionMatcher, held) if held else NullMatcher()


class PlainArchive:
    """An index in memory; each commit is a segment of its own until `optimize`."""

    def __init__(self) -> None:
        texts = {
            f"{part}_{level}": fields.TEXT(analyzer=LevelAnalyzer(level))
            for part in TEXTS.values()
            for level in TERMS
        }
        names = {name: fields.TEXT(analyzer=LevelAnalyzer("surface")) for name in NAMES.values()}
        columns = {
            facet.value: fields.KEYWORD(analyzer=KeywordAnalyzer(commas=False))
            if facet in LISTED
            else fields.ID(sortable=True)
            for facet in FACETS
        }
        numbers = {
            name: fields.NUMERIC(int, bits=64, sortable=True)
            for name in ("published", "first", "last", "undated")
        }
        self.index: FileIndex = RamStorage().create_index(
            fields.Schema(
                key=fields.NUMERIC(int, bits=64, stored=True, unique=True, sortable=True),
                status=fields.ID(),
                **texts,
                **names,
                **columns,
                **numbers,
            )
        )

    def put(self, articles: Iterable[Article], gone: Iterable[int] = ()) -> None:
        rows = list(articles)
        with _writing(self.index) as writer:
            for key in {*gone, *(row.pk for row in rows)}:
                writer.delete_by_term("key", key)
            for row in rows:
                writer.add_document(**values(row))

    def optimize(self) -> None:
        self.index.optimize()

    def searcher(self) -> Searcher:
        return self.index.searcher(weighting=ArchiveBM25F())


@contextmanager
def _writing(index: FileIndex) -> Iterator[Any]:
    writer = index.writer()
    yield writer
    writer.commit(merge=False)


def values(row: Article) -> dict[str, Any]:
    """What of an article goes into the plain index."""
    lead = _first_paragraph(row.body)
    whole = row.title + schema.PART_BREAK + row.body
    texts = {"whole": whole, "title": row.title, "body": row.body, "lead": lead}
    made: dict[str, Any] = {f"{part}_{level}": text for part, text in texts.items() for level in TERMS}
    slugs = [collection.slug for collection in row.collections.all()]
    source = row.source
    made |= {
        "key": row.pk,
        "status": row.status,
        "outlet": source.name if source else "",
        "by": row.author,
        "part": row.section,
        "set": schema.PART_BREAK.join(slugs),
        "collection": " ".join(slugs),
        "published": date_code(row.published_on, row.published_precision),
        "undated": 0 if row.published_on else UNDATED,
    }
    first = row.published_on
    made |= {"source": source.slug} if source else {}
    made |= {"author": row.author} if row.author else {}
    if first is not None:
        made |= {
            "first": _number(first),
            "last": _number(_last(first, row.published_precision)),
            "year": f"{first:%Y}",
        }
        made |= {"month": f"{first:%Y-%m}"} if row.published_precision != "year" else {}
    return made


def _first_paragraph(body: str) -> str:
    """The text with which the second paragraph has not begun yet."""
    for end in range(len(body), -1, -1):
        if len([start for start in segmented(body[:end]).paragraph_starts if start >= 0]) < 2:
            return body[:end]
    return ""


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _last(first: date, precision: str) -> date:
    days = [31, 29 if first.year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    match precision:
        case "month":
            return first.replace(day=days[first.month - 1])
        case "year":
            return first.replace(month=12, day=31)
    return first


# Queries


def query(node: Node, scope: FieldName | None = None) -> q.Query:
    """A tree as one of Whoosh's own."""
    match node:
        case And(parts):
            return q.And([query(part, scope) for part in parts])
        case Or(parts):
            return q.Or([query(part, scope) for part in parts])
        case Not(part):
            return q.And([q.Every(), q.Not(query(part, scope))])
        case In(inner, part):
            return query(part, inner)
        case Everything():
            return q.Every()
        case Nothing():
            return NEVER
        case DateRange(start, end):
            first = q.NumericRange("first", _number(start) if start else 0, None)
            last = q.NumericRange("last", None, _number(end) if end else 99991231)
            return q.And([first, last])
        case Word():
            return term(node.text, node.level, scope)
        case Wildcard(pattern):
            name = field_of(scope, Level.NORMALISED)
            return q.Or([q.Wildcard(name, clitic + pattern) for clitic in _clitics(pattern)])
        case Phrase(words, level):
            return _phrase(words, level, scope)
        case Near((one, other), distance, ordered):
            return BothNear(_placed(one, scope), _placed(other, scope), slop=distance + 1, ordered=ordered)
    raise TypeError(node)


def field_of(scope: FieldName | None, level: Level | None) -> str:
    return NAMES[scope] if scope in NAMES else f"{TEXTS[scope]}_{LEVELS[level or Level.STEM]}"


def term(text: str, level: Level | None, scope: FieldName | None, boost: float = 1.0) -> q.Term:
    analysed = SURFACE(text) if scope in NAMES else TERMS[LEVELS[level or Level.STEM]](text)
    return q.Term(field_of(scope, level), analysed, boost=boost)


def _phrase(words: tuple[str, ...], level: Level, scope: FieldName | None) -> q.Query:
    terms = [term(word, level, scope) for word in words]
    return terms[0] if len(terms) == 1 else q.Phrase(terms[0].fieldname, [each.text for each in terms])


def _placed(part: Node, scope: FieldName | None) -> q.Query:
    match part:
        case Or(parts):
            return AnyOf([_placed(each, scope) for each in parts])
    return query(part, scope)


def _clitics(pattern: str) -> tuple[str, ...]:
    return PROCLITICS if "\u0621" <= pattern[0] <= "\u064a" else ("",)


def scored(node: Node, scope: FieldName | None = None) -> q.Query:
    """A tree of words, And and Or as Whoosh scores it, with what the archive adds for finer levels and titles."""
    match node:
        case And(parts):
            return q.And([scored(part, scope) for part in parts])
        case Or(parts):
            return q.Or([scored(part, scope) for part in parts])
        case In(inner, part):
            return scored(part, inner)
        case Word(text, level) if scope in NAMES:
            return term(text, level, scope)
        case Word(text, level):
            finer = FINER[LEVELS[level or Level.STEM]]
            added = [term(text, stricter, scope, weight) for stricter, weight in finer]
            if scope is None:
                added.append(term(text, level, FieldName.TITLE, schema.TITLE_WEIGHT))
            own = term(text, level, scope)
            return q.AndMaybe(own, q.Or(added)) if added else own
    raise TypeError(node)


def published(
    tree: q.Query, filters: Mapping[FacetName, tuple[str, ...]], without: Container[FacetName] = ()
) -> q.Query:
    """What readers may see of it, narrowed to one of the values of each facet but those in `without`."""
    chosen = [
        q.Or([q.Term(facet.value, value) for value in several])
        for facet, several in filters.items()
        if facet not in without
    ]
    return q.And([tree, q.Term("status", "published"), *chosen])


# Answers


def keys(results: Results) -> list[int]:
    return [hit["key"] for hit in results]


def counts(searcher: Searcher, tree: q.Query, facet: FacetName) -> dict[str, int]:
    """Whoosh's own groups of the documents found, without those that have no value."""
    grouped = FieldFacet(facet.value, allow_overlap=facet in LISTED)
    groups = searcher.search(tree, limit=None, groupedby={"facet": grouped}).groups("facet")
    return {value: len(held) for value, held in groups.items() if value}
