"""Which capture the text of an article came from, and how its run was told to read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from articles.importing.store.rows import CURATOR
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.import_run import ImportItem, ImportRun, Outcome

GIVEN = "--source"  # the place of evidence of a source that the operator named
Place = tuple[int | None, str, str]  # run, file, place in the file
PLACE = ("run_id", "origin", "locator")
MADE_TEXT = (Outcome.NEW, Outcome.UPDATED)


@dataclass(frozen=True, slots=True)
class Witness:
    """An article and the capture that its text came from.

    `is_whole` is true where no other capture had a share in the text. `given` is the source that the operator named,
    `corrected` the one that a curator gave; each is empty where there was none.
    """

    article: int
    capture: Capture | None
    is_whole: bool
    column_map: dict[str, str]
    source: str
    given: str
    corrected: str


def witnesses(articles: Iterable[int]) -> list[Witness]:
    """The witness of each article that is there, in the order of keys, in a few queries for all of them.

    Where several captures made or changed a text, it is the newest of them: the text of an article that was imported
    with --on-duplicate=update is that of the last update. Where no item of a run tells, it is the first capture.
    """
    keys = sorted(articles)
    chosen = _chosen(keys)
    captures = Capture.objects.in_bulk([capture for capture, _whole in chosen.values()])
    runs = ImportRun.objects.in_bulk({capture.run_id for capture in captures.values() if capture.run_id})
    rows = Article.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "source__name", "evidence")
    found = []
    for key, source, shown in rows:
        capture_key, whole = chosen.get(key, (0, True))
        capture = captures.get(capture_key)
        run = runs.get(capture.run_id or 0) if capture else None
        options: dict[str, Any] = run.options if run else {}
        place = shown.get("source", {}).get("place", "")
        named = source or ""
        found.append(
            Witness(
                article=key,
                capture=capture,
                is_whole=whole,
                column_map=options.get("column_map") or {},
                source=named,
                given=named if place == GIVEN else options.get("source") or "",
                corrected=named if place == CURATOR else "",
            )
        )
    return found


def _chosen(keys: list[int]) -> dict[int, tuple[int, bool]]:
    """For each article the key of its capture, and whether it is the only one with a share in the text."""
    placed: dict[int, dict[Place, int]] = {}
    # What came with a merge is of another article's words.
    rows = Capture.objects.filter(article__in=keys, merged_from=None).order_by()
    for article, key, run, origin, locator in rows.values_list("article_id", "pk", *PLACE):
        placed.setdefault(article, {})[run, origin, locator] = key
    made: dict[int, list[tuple[int, int]]] = {}
    items = ImportItem.objects.filter(article__in=keys, outcome__in=MADE_TEXT).order_by()
    for article, item, run, origin, locator in items.values_list("article_id", "pk", *PLACE):
        capture = placed.get(article, {}).get((run, origin, locator))
        if capture:
            made.setdefault(article, []).append((item, capture))
    chosen = {}
    for article, captures in placed.items():
        texts = made.get(article) or [(0, min(captures.values()))]
        chosen[article] = max(texts)[1], len(made.get(article) or captures) == 1
    return chosen
