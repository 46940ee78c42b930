"""Articles that share the telling words of a text: those frequent in it and rare in the archive."""

from collections import Counter
from collections.abc import Set as AbstractSet
from math import log

import numpy as np

from articles.arabic.analysis import STEM
from articles.arabic.stopwords import is_stopword
from articles.search.engines import schema
from articles.search.engines.contract import Question, Relative
from articles.search.engines.whoosh.evaluation import bm25
from articles.search.engines.whoosh.fields import placed_words
from articles.search.engines.whoosh.matches import Documents
from articles.search.engines.whoosh.membership import are_in
from articles.search.engines.whoosh.narrowing import visible
from articles.search.engines.whoosh.postings import document_frequency, postings
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.syntax import Everything

TELLING_WORDS = 16
SHARED_WORDS = 3  # an article that shares fewer of the telling words is not related
MOST_COMMON = 0.1  # a word in more than a tenth of the archive tells nothing


def related(
    snapshot: Snapshot, text: str, *, hidden: AbstractSet[int], story: int, count: int
) -> list[Relative]:
    """The `count` published articles that share most with `text`, best first, but those of `hidden` keys.

    Copies of `story` (0: none) are left out, and of every other story one article stands for all.
    """
    terms = telling_terms(snapshot, text)
    listings = [postings(snapshot, schema.TEXT, term) for term in terms]
    scores = np.zeros(snapshot.size, dtype=np.float32)
    shared = np.zeros(snapshot.size, dtype=np.uint8)
    for listed in listings:
        scores[listed.documents] += bm25(snapshot, schema.TEXT, listed)
        shared[listed.documents] += 1
    matched = (shared >= SHARED_WORDS) & visible(snapshot, Question(Everything(), hidden=hidden))
    documents = np.nonzero(matched)[0]
    order = np.lexsort((-snapshot.numbers[schema.KEY][documents], -scores[documents]))
    best = _one_a_story(snapshot, documents[order], story)[:count]
    written = as_written(text)
    held = [are_in(best, listed.documents) for listed in listings]
    return [
        Relative(
            int(snapshot.numbers[schema.KEY][document]),
            tuple(written[term] for term, holding in zip(terms, held, strict=True) if holding[place]),
        )
        for place, document in enumerate(best.tolist())
    ]


def _one_a_story(snapshot: Snapshot, documents: Documents, besides: int) -> Documents:
    """The documents in their order: of each story the first, of the story `besides` none, and all without a story."""
    stories = snapshot.numbers[schema.STORY][documents]
    _values, firsts = np.unique(stories, return_index=True)
    kept = stories == 0
    kept[firsts] = True
    return documents[kept & ((stories == 0) | (stories != besides))]


def as_written(text: str) -> dict[str, str]:
    """The stems of a text, each as its word is most often written there, and first."""
    words, _places = placed_words(text)
    spellings = Counter(words)
    written: dict[str, str] = {}
    for word in spellings:
        stem = STEM(word)
        if stem not in written or spellings[word] > spellings[written[stem]]:
            written[stem] = word
    return written


def telling_terms(snapshot: Snapshot, text: str, field: str = schema.TEXT) -> list[str]:
    """The stems of highest tf · idf among those that at least one other article may hold."""
    words, _places = placed_words(text)
    counts = Counter(STEM(word) for word in words if not is_stopword(word))
    weights: dict[str, float] = {}
    for term, count in counts.items():
        held = document_frequency(snapshot, field, term) if len(term) > 1 else 0
        if 2 <= held <= max(2, MOST_COMMON * snapshot.size):
            weights[term] = (1 + log(count)) * log(snapshot.size / held)
    return sorted(weights, key=lambda term: (-weights[term], term))[:TELLING_WORDS]
