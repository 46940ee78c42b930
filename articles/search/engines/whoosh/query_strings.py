"""The query strings of SearchQuerySet: how they are written, and how Whoosh's parser reads them.

A value that is looked for exactly goes between double quotes; a double quote inside it is written as a control
character that no text holds. What a reader typed is cleaned word by word: a word with a character that means
something to the parser goes between single quotes.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from haystack import connections
from haystack.backends.whoosh_backend import WhooshSearchQuery
from haystack.constants import FUZZY_WHOOSH_MAX_EDITS, FUZZY_WHOOSH_MIN_PREFIX
from haystack.inputs import Not, Raw
from whoosh.fields import Schema
from whoosh.qparser import FuzzyTermPlugin, QueryParser
from whoosh.qparser import plugins as whoosh_plugins
from whoosh.qparser.syntax import GroupNode
from whoosh.query import Query

from articles.arabic.tokenization import words
from articles.search.engines.schema import EXACT, TEXT, TITLE, TITLE_EXACT
from articles.search.engines.whoosh.documents import is_whole, moment

OPERATORS = ("AND", "OR", "NOT", "TO", "ANDNOT", "ANDMAYBE", "REQUIRE")
SPECIAL = re.compile(r"""[\\+\-!(){}\[\]^"~*?:.]|&&|\|\|""")
UNWRITABLE = re.compile(r"""[\s(){}\[\]^"'~:*?]""")
WRITTEN_QUOTE = "\x1d"
PHRASE = r'"(?P<text>[^"]*)"(~(?P<slop>[1-9][0-9]*))?'  # Whoosh's own ends at a line's end

NOTHING = "(NOT *:*)"
PATTERNS = {"startswith": "{}*", "endswith": "*{}", "contains": "*{}*"}
BOUNDS = {"gt": "{{{} to}}", "gte": "[{} to]", "lt": "{{to {}}}", "lte": "[to {}]"}

# Where a field of stems has one of normalised words beside it, phrases and patterns are looked for in that one.
UNSTEMMED = {TEXT: EXACT, TITLE: TITLE_EXACT}


class ArchiveQuery(WhooshSearchQuery):
    """Writes filters as query strings: values of whole fields as they are, words of texts cleaned."""

    def clean(self, query_fragment: Any) -> Any:
        """A reader's words made harmless, whatever they hold."""
        if not isinstance(query_fragment, str):
            return query_fragment
        return " ".join(map(cleaned, query_fragment.split()))

    def build_exact_query(self, query_string: Any) -> str:
        return quoted(str(query_string))

    def build_query_fragment(self, field: str, filter_type: str, value: Any) -> str:
        if hasattr(value, "values_list"):
            value = list(value)
        if isinstance(value, Not):  # Haystack would put AND between NOT and its word
            value = Raw(f"({value.prepare(self)})")
        written = self._written(field, filter_type, value)
        if written is None:
            return super().build_query_fragment(field, filter_type, value)
        return written if written == NOTHING or field == "content" else f"{self._index_name(field)}:{written}"

    def _written(self, field: str, filter_type: str, value: Any) -> str | None:
        """The fragment for `value`, None where Haystack's own way of writing it is right."""
        if filter_type == "in" and not hasattr(value, "input_type_name"):
            return any_of(value)
        if filter_type == "range" and not hasattr(value, "input_type_name"):
            return f"([{bound(value[0])} to {bound(value[1])}])"
        if filter_type in BOUNDS and not hasattr(value, "input_type_name"):
            return f"({BOUNDS[filter_type].format(bound(value))})"
        if not isinstance(value, str) or value == " ":
            return None
        whole = self._is_whole(field)
        if filter_type == "exact" or (whole and filter_type == "content"):
            return f"({quoted(value)})"
        if filter_type in PATTERNS:
            return pattern(value, PATTERNS[filter_type], whole=whole)
        return fuzzy(value) if filter_type == "fuzzy" else None

    def _index_name(self, field: str) -> str:
        return connections[self._using].get_unified_index().get_index_fieldname(field)

    def _is_whole(self, field: str) -> bool:
        name, schema = self._index_name(field), self.backend.declared_schema()
        return name in schema and is_whole(schema[name])

    def _convert_datetime(self, day: date) -> str:
        return written_date(day)


def cleaned(word: str) -> str:
    """One word of a reader's, so that the parser takes it for a word.

    >>> cleaned("AND"), cleaned("«القدس»،"), cleaned("الوقت:"), cleaned("don't.")
    ('and', '«القدس»،', "'الوقت:'", "'don’t.'")
    """
    if word in OPERATORS:
        return word.lower()
    return f"'{word.replace(chr(39), '’')}'" if SPECIAL.search(word) else word


def quoted(value: str) -> str:
    """A value to be looked for exactly."""
    return f'"{value.replace(chr(34), WRITTEN_QUOTE)}"'


def any_of(values: Iterable[Any]) -> str:
    options = [quoted(value) if isinstance(value, str) else plain(value) for value in values]
    return f"({' OR '.join(options)})" if options else NOTHING


def bound(value: Any) -> str:
    """One end of a range; quoted where it would be read as more than a word."""
    if not isinstance(value, str):
        return plain(value)
    return value if value.isalnum() and "to" not in value.lower() else f"'{value.replace(chr(39), '’')}'"


def plain(value: Any) -> str:
    """A number, a truth value or a date as Whoosh's fields read them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return written_date(value) if isinstance(value, date) else str(value)


def written_date(day: date) -> str:
    """
    >>> written_date(date(2015, 7, 21))
    '20150721000000'
    """
    return moment(day).strftime("%Y%m%d%H%M%S")


def pattern(value: str, template: str, *, whole: bool) -> str:
    """A pattern for each word of a value; one for all of a whole value, in which `?` is what cannot be written.

    >>> pattern("نفط", "{}*", whole=False), pattern("القدس العربي", "{}*", whole=True)
    ('(نفط*)', '(القدس?العربي*)')
    """
    parts = [UNWRITABLE.sub("?", value)] if whole else words(value)
    return f"({' AND '.join(template.format(part) for part in parts)})"


def fuzzy(value: str) -> str:
    """Each word with the edits that Haystack's settings allow."""
    parts = words(value)
    written = [f"{part}~{FUZZY_WHOOSH_MAX_EDITS}/{min(FUZZY_WHOOSH_MIN_PREFIX, len(part))}" for part in parts]
    return f"({' AND '.join(written)})"


# Reading


class WordQuotes(whoosh_plugins.SingleQuotePlugin):
    """Single quotes as `cleaned` writes them: around one word. An apostrophe opens nothing."""

    expr = r"(^|(?<=\W))'(?P<text>\S+?)'(?=\s|\]|[)}]|$)"


class Wildcards(whoosh_plugins.WildcardPlugin):
    """`*` and `?`. The question marks of other scripts end sentences."""

    qmarks = "?"
    expr = r"(?P<text>[*?])"


class Unstemmed(whoosh_plugins.Plugin):
    """Turns phrases and patterns to the normalised words beside a field of stems, before they are analysed."""

    NODES = (
        whoosh_plugins.PhrasePlugin.PhraseNode,
        whoosh_plugins.WildcardPlugin.WildcardNode,
        whoosh_plugins.PrefixPlugin.PrefixNode,
        FuzzyTermPlugin.FuzzyTermNode,
    )

    def filters(self, parser: QueryParser) -> list[tuple[Any, int]]:
        return [(self.turn, 1000)]

    def turn(self, parser: QueryParser, group: GroupNode) -> GroupNode:
        for node in group:
            if isinstance(node, GroupNode):
                self.turn(parser, node)
            elif isinstance(node, self.NODES):
                node.text = node.text.replace(WRITTEN_QUOTE, '"')
                named = node.fieldname or parser.fieldname
                beside = UNSTEMMED.get(named)
                node.fieldname = beside if beside in parser.schema else named
        return group


def query_parser(content: str, schema: Schema) -> QueryParser:
    """Whoosh's own query language over our fields; `content` is searched where no field is named."""
    parser = QueryParser(content, schema=schema)
    parser.remove_plugin_class(whoosh_plugins.SingleQuotePlugin)
    parser.remove_plugin_class(whoosh_plugins.WildcardPlugin)
    parser.replace_plugin(whoosh_plugins.PhrasePlugin(PHRASE))
    parser.add_plugins([WordQuotes(), Wildcards(), FuzzyTermPlugin(), Unstemmed()])
    return parser


def parsed(parser: QueryParser, query_string: str) -> Query:
    """The tree of a query string, as written: Whoosh's normalizing takes `* AND x` for `*`."""
    writable = query_string.encode("utf-8", "ignore").decode()  # half a surrogate pair cannot be looked for
    return parser.parse(writable, normalize=False)
