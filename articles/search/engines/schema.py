"""The fields of the index, their weights, and the separators inside their values."""

TEXT = "text"  # title and body, stems: the field that decides what matches
EXACT = (
    "exact"  # title and body, normalised words: phrases, wildcards, and a bonus for the spelling asked for
)
LITERAL = "literal"  # title and body, words with their letters as written
TITLE = "title"  # title alone, stems
TITLE_EXACT = "title_exact"
TITLE_LITERAL = "title_literal"
BOUNDS = "bounds"  # where the sentences and paragraphs of title and body begin: see SENTENCE_STARTS
FORMS = "forms"  # each distinct word of an article as stem, normalised and literal form, joined by FORM_BREAK
ROOTS = "roots"  # the roots of an article's words, for «الجذر:»
GRAMS = "grams"  # what rescoring reads of the best hits: grams of words and their order, a column
SOURCE_NAME = "source_name"  # normalised words, for «المصدر:»
AUTHOR_NAME = "author_name"
SECTION_NAME = "section_name"
PLACE_NAME = "place_name"
COLLECTION_NAME = "collection_name"
KEY = "key"  # the article's primary key, a column
STATUS = "status"  # a column, never shown: only published articles leave the engine unless asked
SOURCE = "source"  # the source's slug, whole
AUTHOR = "author"  # the author's name, whole
SECTION = "section"  # the newspaper's section, whole
PLACES = "places"  # city and country, each whole
COLLECTIONS = "collections"  # slugs of collections, each whole
STORY = "story"  # the number of the story that the article is a copy of, 0 for none, a column
LEAD = "lead"  # 1 where the article is its story's lead, a column
PUBLISHED = "published"  # 20150721, 20150700 where the day is unknown, 20150000 for a year, 0 for no date

# Positions jump between the parts of a text, so that no phrase runs from a title into a body. A record
# separator cannot occur in an article: the importer drops control characters.
PART_BREAK = "\x1e"
PART_GAP = 100
# The terms of BOUNDS, whose positions are those of the first word of a sentence, of a paragraph, and of the body.
SENTENCE_STARTS, PARAGRAPH_STARTS, BODY_START = "s", "p", "b"
FORM_BREAK = "\x1f"
# Between the values of a field that has several; never a comma, which names of sources and authors do hold.
VALUE_BREAK = "\x1f"

# BM25, and the weights of what adds to the score of the stems, measured: docs/relevance.md has the tables.
K1 = 0.9
B = 0.9
EXACT_WEIGHT = 0.4
LITERAL_WEIGHT = 0.05
TITLE_WEIGHT = 0.4
# Of the score of another name: of two articles alike the one with the name asked for comes first.
OTHER_NAME_WEIGHT = 0.8
# Of the best hits alone: `whoosh/ranking.py` says what they weigh.
GRAM_WEIGHT = 0.3
ADJACENT_WEIGHT = 0.3
NEAR_WEIGHT = 0.2
