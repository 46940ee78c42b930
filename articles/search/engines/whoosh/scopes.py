"""Which field of the index is asked for a word, by its level and by the field of an article it is looked for in."""

from articles.arabic.analysis import LITERAL, STEM, SURFACE, Analyzer
from articles.search.engines import schema
from articles.search.syntax import FieldName, Level

Scope = FieldName | None  # None is title and body together

# Of each level the analysis, the field of title and body, and the field of titles alone.
LEVELS: dict[Level, tuple[Analyzer, str, str]] = {
    Level.LITERAL: (LITERAL, schema.LITERAL, schema.TITLE_LITERAL),
    Level.NORMALISED: (SURFACE, schema.EXACT, schema.TITLE_EXACT),
    Level.STEM: (STEM, schema.TEXT, schema.TITLE),
    Level.SYNONYMS: (STEM, schema.TEXT, schema.TITLE),
}
NAMES = {
    FieldName.SOURCE: schema.SOURCE_NAME,
    FieldName.AUTHOR: schema.AUTHOR_NAME,
    FieldName.SECTION: schema.SECTION_NAME,
    FieldName.PLACE: schema.PLACE_NAME,
    FieldName.COLLECTION: schema.COLLECTION_NAME,
}
STRETCHES = frozenset({FieldName.BODY, FieldName.LEAD})  # of title and body: they have no field of their own


def asked_level(scope: Scope, level: Level | None) -> Level:
    """The level at which a word is compared: names are normalised words whatever the level."""
    return Level.NORMALISED if scope in NAMES else level or Level.STEM


def field_of(scope: Scope, level: Level | None) -> str:
    """
    >>> field_of(None, Level.STEM), field_of(FieldName.TITLE, Level.LITERAL), field_of(FieldName.PLACE, Level.STEM)
    ('text', 'title_literal', 'place_name')
    """
    if scope in NAMES:
        return NAMES[scope]
    _analyzer, whole, title = LEVELS[asked_level(scope, level)]
    return title if scope is FieldName.TITLE else whole


def term_of(scope: Scope, level: Level | None, word: str) -> str:
    """A word as the field of its level and scope holds it."""
    return LEVELS[asked_level(scope, level)][0](word)
