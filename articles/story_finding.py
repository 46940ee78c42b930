"""Finding the stories of the archive: sketches of what is new, comparison with all, and the difference written.

A search reads every new or changed article once. What it finds out is kept in DATA_DIR/duplicates, so that the next
one, or one that goes on where another died, has only the rest to do. Stories are then made of all pairs known, and
only those that differ from what the database holds are written.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from articles.arabic.analysis import fingerprint
from articles.duplicates import candidates
from articles.duplicates.comparing import compare
from articles.duplicates.folder import PAIR, ROW, Keys, SketchFolder, Table, only_search
from articles.duplicates.grouping import Apart, Confirmed, Group, groups, lead_order
from articles.duplicates.reading import SHORTEST, Reading, read, runs, text_number
from articles.duplicates.sketches import VERSION, sketch
from articles.models.article import Article, Precision
from articles.models.story import NotCopies, Story, StoryMember, StoryState
from articles.story_writing import Written, write_groups

ARTICLES_AT_A_TIME = 500
ROWS_IN_A_PART = 10_000
TEXTS_AT_A_TIME = 100_000  # compared with all others before the pairs are kept
PAIRS_AT_A_TIME = 1000
MOST_WORDS_HELD = 4_000_000  # of readings kept while pairs are compared: 16 MB

Tell = Callable[[str, int, int], None]  # the step, how far it is, and of how many


def say_nothing(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Search:
    """What a search did: articles read, texts compared, pairs alike among all texts, and what was written."""

    read: int
    compared: int
    pairs: int
    written: Written


def find_duplicates(
    folder: Path,
    *,
    since: datetime | None = None,
    afresh: bool = False,
    dry_run: bool = False,
    tell: Tell = say_nothing,
    found: Callable[[Group], None] | None = None,
) -> Search:
    """Find the stories among all articles and write those that changed; raises Busy while another search runs.

    `since` compares only texts of articles changed since then (with all others), `afresh` forgets what earlier
    searches found out. A dry run writes no story; `found` is called with each.
    """
    with only_search(folder):
        kept = SketchFolder(folder, f"{VERSION}-{fingerprint()}")
        if afresh:
            kept.clear()
        count = _refresh(kept, tell)
        compared = _compare(kept, since, tell)
        pairs, _texts = kept.pairs()
        stories = groups(kept.facts(), pairs, confirmed_stories(), apart())
        written = write_groups(_seen(stories, found), dry_run=dry_run, tell=tell)
    return Search(count, compared, len(pairs), written)


def _seen(stories: Iterable[Group], found: Callable[[Group], None] | None) -> Iterator[Group]:
    for story in stories:
        if found:
            found(story)
        yield story


# Sketches


def _refresh(kept: SketchFolder, tell: Tell) -> int:
    """Sketch every article that is new or changed, and forget those that are gone; how many were read."""
    keys, moments = _articles()
    facts = kept.facts()
    order = np.argsort(facts["key"])
    held, places = facts["key"][order], np.searchsorted(facts["key"][order], keys)
    known = np.zeros(len(keys), dtype=np.bool_)
    inside = places < len(held)
    known[inside] = (held[places[inside]] == keys[inside]) & (
        facts["changed"][order][places[inside]] == moments[inside]
    )
    wanted = keys[~known]
    for start in range(0, len(wanted), ROWS_IN_A_PART):
        tell("reading", start, len(wanted))
        kept.add(_rows(wanted[start : start + ROWS_IN_A_PART]))
    kept.settle(keys)
    return len(wanted)


def _articles() -> tuple[Keys, Keys]:
    """The keys of all articles in order, and when each was last changed; the index of the table has both."""
    rows = Article.objects.order_by().values_list("pk", "updated_at").iterator()
    table = np.fromiter(
        ((key, microseconds(moment)) for key, moment in rows), dtype=[("key", "<i8"), ("moment", "<i8")]
    )
    table.sort(order="key")
    return table["key"], table["moment"]


def microseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)


def _rows(keys: Keys) -> Table:
    rows = np.zeros(len(keys), dtype=ROW)
    place = 0
    for start in range(0, len(keys), ARTICLES_AT_A_TIME):
        chunk = Article.objects.filter(pk__in=keys[start : start + ARTICLES_AT_A_TIME].tolist())
        for article in chunk.only(
            "title", "body", "published_on", "published_precision", "source_id", "updated_at"
        ):
            rows[place] = _row(article)
            place += 1
    return rows[:place]  # one may have been deleted meanwhile


def _row(article: Article) -> tuple[object, ...]:
    reading = read(article.title, article.body)
    day = article.published_on if article.published_precision == Precision.DAY else None
    return (
        article.pk,
        microseconds(article.updated_at),
        text_number(article.title, article.body),
        reading.length,
        len(reading.words),
        day.toordinal() if day else 0,
        article.source_id or 0,
        sketch(runs(reading.words)),
    )


# Pairs


def _compare(kept: SketchFolder, since: datetime | None, tell: Tell) -> int:
    """Compare every text that is new with all others, and keep the pairs that are alike; how many were new."""
    facts = kept.settled()
    firsts = _first_of_each_text(facts)
    facts = facts[firsts]
    pairs, compared = kept.pairs()
    there = np.isin(pairs["one"], facts["text"]) & np.isin(pairs["other"], facts["text"])
    pairs, compared = pairs[there], np.intersect1d(compared, facts["text"])
    wanted = ~np.isin(facts["text"], compared)
    if since is not None:
        wanted &= facts["changed"] >= microseconds(since)
    places = np.nonzero(wanted)[0]
    for start in range(0, len(places), TEXTS_AT_A_TIME):
        now = np.zeros(len(facts), dtype=np.bool_)
        now[places[start : start + TEXTS_AT_A_TIME]] = True
        before = np.isin(facts["text"], compared) if since is None else ~now
        tell("looking for pairs", start, len(places))
        with kept.sketches(firsts) as sketches:
            likely = candidates.pairs(sketches.band, sketches.gather, now, before)
        pairs = _joined(pairs, _alike(facts, likely, tell))
        compared = np.union1d(compared, facts["text"][now])
        kept.keep_pairs(pairs, compared)
    if not there.all():
        kept.keep_pairs(pairs, compared)
    return len(places)


def _joined(pairs: Table, more: Table) -> Table:
    """All pairs, each once: one compared again is kept as it is now."""
    joined = np.concatenate((more, pairs))
    _values, first = np.unique(joined[["one", "other"]], return_index=True)
    return joined[np.sort(first)]


def _first_of_each_text(facts: Table) -> NDArray[np.int64]:
    """Of each text that is long enough the article that comes first in the order of leads, in that order."""
    order = lead_order(facts)
    order = order[facts["words"][order] >= SHORTEST]
    _values, first = np.unique(facts["text"][order], return_index=True)
    return order[np.sort(first)]


def _alike(facts: Table, likely: NDArray[np.int64], tell: Tell) -> Table:
    """The pairs among the likely ones whose texts, read again, are alike."""
    readings, found = _Readings(), [np.zeros(0, dtype=PAIR)]
    for start in range(0, len(likely), PAIRS_AT_A_TIME):
        tell("comparing", start, len(likely))
        portion = likely[start : start + PAIRS_AT_A_TIME]
        readings.fetch(facts["key"][np.unique(portion)].tolist())
        rows = [row for left, right in portion if (row := _pair(facts[left], facts[right], readings))]
        found.append(np.array(rows, dtype=PAIR))
    return np.concatenate(found)


def _pair(left: np.void, right: np.void, readings: "_Readings") -> tuple[object, ...] | None:
    """The PAIR of two articles' texts; None where they are not alike, or one was deleted meanwhile."""
    one, other = readings.of(int(left["key"])), readings.of(int(right["key"]))
    likeness = compare(one, other) if one and other else None
    if likeness is None or not likeness.is_worth_keeping:
        return None
    texts = sorted((int(left["text"]), int(right["text"])))
    return (*texts, likeness.similarity, likeness.contained, likeness.numbers)


class _Readings:
    """The words of articles while they are compared: no more than fit."""

    def __init__(self) -> None:
        self.held: dict[int, Reading] = {}
        self.words = 0

    def of(self, key: int) -> Reading | None:
        return self.held.get(key)

    def fetch(self, keys: list[int]) -> None:
        if self.words > MOST_WORDS_HELD:
            self.held.clear()
            self.words = 0
        missing = [key for key in keys if key not in self.held]
        for start in range(0, len(missing), ARTICLES_AT_A_TIME):
            chunk = Article.objects.filter(pk__in=missing[start : start + ARTICLES_AT_A_TIME]).order_by()
            for key, title, body in chunk.values_list("pk", "title", "body"):
                self.held[key] = read(title, body)
                self.words += len(self.held[key].words)


# What curators said


def confirmed_stories() -> list[Confirmed]:
    """The confirmed stories with the copies that were reviewed."""
    reviewed: dict[int, list[int]] = {}
    rows = StoryMember.objects.filter(story__state=StoryState.CONFIRMED, is_reviewed=True)
    for story, article in rows.order_by("story", "article").values_list("story", "article"):
        reviewed.setdefault(story, []).append(article)
    leads = Story.objects.filter(state=StoryState.CONFIRMED).order_by("pk").values_list("pk", "lead")
    return [Confirmed(story, lead, tuple(reviewed.get(story, ()))) for story, lead in leads]


def apart() -> Apart:
    """Of each article the articles that a curator said are no copies of it."""
    found: dict[int, set[int]] = {}
    for first, second in NotCopies.objects.order_by().values_list("first", "second").iterator():
        found.setdefault(first, set()).add(second)
        found.setdefault(second, set()).add(first)
    return found
