"""The fields of the index, their weights, and the separators inside their values."""

TEXT = "text"  # title and body, stems: the field that decides what matches
EXACT = (
    "exact"  # title and body, normalised words: phrases, wildcards, and a bonus for the spelling asked for
)
TITLE = "title"  # title alone, stems
TITLE_EXACT = "title_exact"
SOURCE_NAME = "source_name"  # normalised words, for «المصدر:»
AUTHOR_NAME = "author_name"
KEY = "key"  # the article's primary key, a column
STATUS = "status"  # a column, never shown: only published articles leave the engine unless asked
SOURCE = "source"  # the source's slug, whole
AUTHOR = "author"  # the author's name, whole
COLLECTIONS = "collections"  # slugs of collections, each whole
PUBLISHED = "published"  # 20150721, 20150700 where the day is unknown, 20150000 for a year, 0 for no date

# Positions jump between the parts of a text, so that no phrase runs from a title into a body. A record
# separator cannot occur in an article: the importer drops control characters.
PART_BREAK = "\x1e"
PART_GAP = 100
# Between the values of a field that has several; never a comma, which names of sources and authors do hold.
VALUE_BREAK = "\x1f"

# BM25 and the weights of the two bonuses, measured on Arabic questions: docs/decisions.md has the table.
K1 = 0.9
B = 0.9
EXACT_WEIGHT = 0.3
TITLE_WEIGHT = 0.5
