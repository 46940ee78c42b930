"""What the first readers of a process would wait for, done before they come: `newsroom.wsgi` starts it.

Two searches and one suggestion fill what a process keeps of the index: columns, word lists, the commonness of grams,
the stemmer's tables. They have a reader's time budgets, and what they leave in memory is bounded as it always is. After
a commit or a switch of generation they are asked again, but not more often than twice a minute: during a large import,
which commits every few seconds, warming must not take the processors from readers and from the import.

The same thread has the files of the index compared with their checksums: searches look at none.
"""

import gc
import logging
import os
import threading
import time
from collections.abc import Hashable, Mapping

from django.db import Error as DatabaseProblem
from django.db import connections
from django.urls import get_resolver

from articles.arabic.analysis import STEM
from articles.arabic.stemming import stemmer
from articles.search.engines.connection import engine
from articles.search.engines.contract import EngineProblem
from articles.search.known_words import KnownWords
from articles.search.request import SearchRequest
from articles.search.searching import search
from articles.search.suggestions import suggest

SECONDS_BETWEEN_LOOKS = 5.0
SECONDS_OF_REST = 30.0  # after warming
RESTING = 3  # times as long as it works
COMMON = "في اليوم"  # words of most articles, so that the arrays of long lists are read
COMMON_WORDS = (
    40_000  # nine of ten words of a text, whose stems the index has: nobody waits until they are worked out
)
SECONDS_TO_LEARN = 0.5
SLIP = "الحكوةم"  # what is corrected reads the word lists

logger = logging.getLogger(__name__)


def prepare() -> None:
    """Have in memory what any page needs, before the first reader comes: its modules and the stemmer's tables.

    All that is there by then stays as long as the process, and is not looked through for garbage again: that would hold
    some request up for a twentieth of a second.
    """
    get_resolver().url_patterns  # noqa: B018 - imports them
    stemmer()
    gc.collect()
    gc.freeze()


def warm(seen: Hashable = None) -> Hashable:
    """Ask what makes the process ready where the index is not the state that was `seen`; what it is now.

    None where there is no index that can be read: readers are told so, and nothing is raised here.
    """
    try:
        state = engine().state()
        if state != seen:
            STEM.learn(engine().words(_common_stems, hidden=frozenset(), seconds=SECONDS_TO_LEARN))
            search(SearchRequest(COMMON))
            search(SearchRequest(SLIP))
            suggest(COMMON[:1])
    except (EngineProblem, DatabaseProblem) as problem:
        logger.info("the search was not warmed: %s", problem)
        return None
    return state


def verify(stopped: threading.Event) -> None:
    """Have files that nobody has read for long compared with their checksums, with a quarter of a processor."""
    worked = time.thread_time()

    def rest() -> None:
        nonlocal worked
        stopped.wait(RESTING * (time.thread_time() - worked))
        worked = time.thread_time()

    try:
        engine().verify(rest)  # which logs what is wrong
    except EngineProblem as problem:
        logger.info("the files of the index were not read: %s", problem)


def _common_stems(known: KnownWords) -> Mapping[str, str]:
    return known.common_stems(COMMON_WORDS)


def keep_warm(stopped: threading.Event) -> None:
    """Look for a new state of the index every few seconds until `stopped`; rest when one was found."""
    seen: Hashable = None
    while True:
        before, seen = seen, warm(seen)
        if seen is not None:
            verify(stopped)
        connections.close_all()  # this thread's own
        if stopped.wait(SECONDS_BETWEEN_LOOKS if seen == before else SECONDS_OF_REST):
            return


def start() -> None:
    """Keep this process warm from a thread of its own, and every process that is forked from it."""
    _start_thread()
    os.register_at_fork(after_in_child=_start_thread)


def _start_thread() -> None:
    threading.Thread(target=keep_warm, args=(threading.Event(),), name="warming", daemon=True).start()
