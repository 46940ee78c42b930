"""Small random archives and queries for property tests."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from articles.models.article import Article
from articles.search.request import FacetName
from articles.search.syntax import And, DateRange, FieldName, In, Not, Or, Phrase, Wildcard, Word
from tests.search.engines.shelf import article

WORDS = ["نفط", "النفط", "نفطي", "بغداد", "أعلن", "اعلن", "سعر", "قمح", "2017", "و"]
SOURCES = ["", "alufuq", "almadar", "sahel"]
AUTHORS = ["", "منى كريم", "كريم, علي"]
DATES = [None, "2014", "2015", "2015-07", "2015-12", "2015-07-21", "2015-07-22", "2016-01-02"]
COLLECTIONS = ["mosul", "oil", "grain"]

several_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)

rows = st.fixed_dictionaries(
    {
        "title": several_words,
        "body": st.lists(several_words, max_size=2).map("، ".join),
        "source": st.sampled_from(SOURCES),
        "author": st.sampled_from(AUTHORS),
        "published_on": st.sampled_from(DATES),
        "status": st.sampled_from(["published", "published", "published", "draft", "withdrawn"]),
        "collections": st.sets(st.sampled_from(COLLECTIONS)),
    }
)
# Commits, one after another; a key may come again, and then the last row holds.
commits = st.lists(st.dictionaries(st.integers(1, 9), rows, max_size=6), min_size=1, max_size=3)

days = st.one_of(st.none(), st.dates(date(2013, 12, 30), date(2016, 3, 1)))
leaves = st.one_of(
    st.sampled_from(WORDS).map(Word),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda several: Phrase(tuple(several))),
    st.sampled_from(["نف*", "الن*", "اع?ن", "س?ر", "20*"]).map(Wildcard),
    st.tuples(days, days).map(lambda pair: DateRange(*pair)),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts))),
        inner.map(Not),
        st.tuples(st.sampled_from(FieldName), inner).map(lambda pair: In(*pair)),
    ),
    max_leaves=4,
)


def articles_of(commit: dict[int, dict[str, Any]]) -> list[Article]:
    return [article(key, **row) for key, row in commit.items()]


def last_state(commits: Iterable[dict[int, dict[str, Any]]]) -> list[Article]:
    """The articles as the last commit of each leaves them."""
    return articles_of({key: row for commit in commits for key, row in commit.items()})


VALUES = {
    FacetName.SOURCE: SOURCES[1:],
    FacetName.AUTHOR: AUTHORS[1:],
    FacetName.YEAR: ["2014", "2015", "2016"],
    FacetName.MONTH: ["2015-07", "2015-12", "2016-01"],
    FacetName.COLLECTION: COLLECTIONS,
}
filters = st.fixed_dictionaries(
    {},
    optional={
        facet: st.sets(st.sampled_from(values), min_size=1, max_size=2).map(sorted).map(tuple)
        for facet, values in VALUES.items()
    },
)
