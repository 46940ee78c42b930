"""What curators decide about lines that repeat across the articles of a source.

A line that is no part of any article goes into the source's rules, and comes out of them again when that is taken back.
Articles that are stored already are derived again by the caller.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles import history
from articles.importing.pages.lines import key
from articles.importing.pages.rules import MOST_LINES
from articles.models.extraction import ExtractionRules, RepeatedLine, RepeatedLineState, lines_of
from articles.models.source import Source


@dataclass(frozen=True, slots=True)
class Decided:
    """How many lines were decided otherwise than before, and the sources whose rules that changed."""

    lines: int
    sources: tuple[Source, ...]


class TooManyLines(ValueError):
    """The rules of a source hold no more lines; `source` is which."""

    def __init__(self, source: Source) -> None:
        super().__init__(f"the rules of {source.slug} hold {MOST_LINES:,} lines at most")
        self.source = source


def approve(lines: QuerySet[RepeatedLine], *, by: User) -> Decided:
    """Have the lines dropped from the articles of their sources; raises TooManyLines, and then nothing is decided."""
    return _decide(lines, RepeatedLineState.APPROVED, by)


def dismiss(lines: QuerySet[RepeatedLine], *, by: User) -> Decided:
    """Leave the lines in the articles, and propose them no more."""
    return _decide(lines, RepeatedLineState.DISMISSED, by)


def take_back(lines: QuerySet[RepeatedLine], *, by: User) -> Decided:
    """Make proposals of decided lines again."""
    return _decide(lines, RepeatedLineState.PROPOSED, by)


@transaction.atomic
def _decide(lines: QuerySet[RepeatedLine], state: RepeatedLineState, by: User) -> Decided:
    chosen = RepeatedLine.objects.filter(pk__in=lines.values("pk")).exclude(state=state)
    of_source: dict[Source, list[RepeatedLine]] = {}
    for line in chosen.select_related("source").order_by("source", "pk"):
        of_source.setdefault(line.source, []).append(line)
    changed = [source for source, held in of_source.items() if _rule(source, held, state, by)]
    decided = [line for held in of_source.values() for line in held]
    is_open = state == RepeatedLineState.PROPOSED
    RepeatedLine.objects.filter(pk__in=[line.pk for line in decided]).update(
        state=state, decided_at=None if is_open else timezone.now(), decided_by=None if is_open else by
    )
    LogEntry.objects.bulk_create(_entry(line, state, by) for line in decided)
    return Decided(len(decided), tuple(changed))


def _rule(source: Source, lines: Iterable[RepeatedLine], state: RepeatedLineState, by: User) -> bool:
    """Put the lines into the source's rules, or take them out; whether that changed the rules."""
    rules = ExtractionRules.objects.select_for_update().filter(source=source).first()
    held = lines_of(rules.drop_lines) if rules else ()
    decided = {line.key: line.text for line in lines}
    kept = [line for line in held if key(line) not in decided]
    if state == RepeatedLineState.APPROVED:
        known = set(map(key, held))
        kept = [*held, *(text for folded, text in decided.items() if folded not in known)]
    if kept == list(held):
        return False
    if len(kept) > max(MOST_LINES, len(held)):
        raise TooManyLines(source)
    before = history.fields_of(rules) if rules else {}
    rules = rules or ExtractionRules(source=source)
    rules.drop_lines = "\n".join(kept)
    rules.save()
    history.note(rules, before, by=by, reason=str(state.label))
    return True


def _entry(line: RepeatedLine, state: RepeatedLineState, by: User) -> LogEntry:
    return LogEntry(
        user_id=by.pk,
        content_type=ContentType.objects.get_for_model(RepeatedLine),
        object_id=str(line.pk),
        object_repr=line.text[:200],
        action_flag=CHANGE,
        change_message=str(state.label),
    )
