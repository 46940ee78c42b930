"""Lines that repeat across the articles of a source, counted and written down as proposals to its curator."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from articles.importing.pages.furniture import PAGES_NEEDED, Proposal, RepeatedLines
from articles.importing.pages.lines import key
from articles.models.article import Status
from articles.models.extraction import ExtractionRules, RepeatedLine, RepeatedLineState
from articles.models.source import Source

BATCH = 100  # texts in memory at a time
COUNTS = ["text", "articles", "of", "examples"]

Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Found:
    """What the articles of a source repeat: how many were read, the proposals, and how many of these are new.

    `slack` is how much too low a count may be where a source has more lines than are counted at a time.
    """

    source: Source
    articles: int
    proposals: list[Proposal]
    new: int
    slack: int


def find_repeated_lines(*, source: Source | None = None, progress: Progress | None = None) -> Iterator[Found]:
    """Count the lines of each source's articles and write down those that repeat, source by source.

    What a curator decided stays decided and gets its new counts. Proposals that no longer repeat, or that the rules
    drop already, go. Sources with fewer articles than it takes are passed by.
    """
    sources = Source.objects.filter(pk=source.pk) if source else Source.objects.order_by("pk")
    for one in sources.iterator(chunk_size=BATCH):
        lines = _counted(one, progress)
        if lines.pages >= PAGES_NEEDED:
            proposals = lines.proposals()
            yield Found(one, lines.pages, proposals, _propose(one, proposals, lines.pages), lines.slack)


def articles_to_read(source: Source | None = None) -> int:
    """How many articles would be read."""
    sources = Source.objects.filter(pk=source.pk) if source else Source.objects.all()
    return sum(sources.annotate(count=Count("articles")).values_list("count", flat=True))


def _counted(source: Source, progress: Progress | None) -> RepeatedLines:
    lines = RepeatedLines()
    rows = (
        source.articles.exclude(status=Status.WITHDRAWN).order_by("pk").values_list("pk", "public_id", "body")
    )
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        for _key, public_id, body in batch:
            lines.add(body, name=public_id)
        last = batch[-1][0]
        if progress:
            progress(len(batch))
    return lines


@transaction.atomic
def _propose(source: Source, proposals: list[Proposal], of: int) -> int:
    """Write the proposals down; how many of them are new."""
    known = {line.key: line for line in RepeatedLine.objects.select_for_update().filter(source=source)}
    dropped = _dropped(source)
    found = {folded: proposal for proposal in proposals if (folded := key(proposal.line)) not in dropped}
    new = [
        RepeatedLine(source=source, key=folded, **_columns(proposal, of))
        for folded, proposal in found.items()
        if folded not in known
    ]
    RepeatedLine.objects.bulk_create(new)
    again = [line for folded, line in known.items() if folded in found]
    for line in again:
        for name, value in _columns(found[line.key], of).items():
            setattr(line, name, value)
    RepeatedLine.objects.bulk_update(again, COUNTS, batch_size=BATCH)
    stale = [line.pk for folded, line in known.items() if folded not in found]
    proposed = RepeatedLine.objects.filter(source=source, state=RepeatedLineState.PROPOSED)
    for start in range(0, len(stale), BATCH):
        proposed.filter(pk__in=stale[start : start + BATCH]).delete()
    return len(new)


def _dropped(source: Source) -> set[str]:
    """The lines that the rules of the source drop already: articles not yet derived again may have them still."""
    rules = ExtractionRules.objects.filter(source=source).first()
    return set(map(key, rules.rules.drop_lines)) if rules else set()


def _columns(proposal: Proposal, of: int) -> dict[str, object]:
    return {
        "text": proposal.line,
        "articles": proposal.pages,
        "of": of,
        "examples": list(proposal.examples),
    }
