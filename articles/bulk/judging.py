"""What would become of each article: the same judgement counts the preview and decides in the job."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable

from articles.models.article import Article, Status
from articles.models.capture import Capture
from articles.models.returned_text import ReturnedText
from articles.models.takedown import Takedown

CHANGED, EMBARGOED, ALREADY = "changed", "embargoed", "already"
TAKEN_DOWN, NO_DRAFT, NO_CAPTURE, GONE = "taken_down", "no_draft", "no_capture", "gone"
RETURNED = "returned"  # with a text that was taken down, of which nobody decided
CHANGING = {CHANGED, EMBARGOED}  # the others stay as they are

Values = Mapping[str, Any]  # what an action gives, as the options of its job keep it
Judge = Callable[[Values], Case]


def is_taken_down() -> Q:
    return Q(pk__in=Takedown.objects.standing().values("article"))


def judged(*whens: tuple[Q | Combinable, str]) -> Case:
    """The first of the conditions that holds names the outcome; where none does, the article changes."""
    cases = [When(condition, then=Value(outcome)) for condition, outcome in whens]
    return Case(*cases, default=Value(CHANGED), output_field=CharField())


def to_review(_values: Values) -> Case:
    return judged(
        (is_taken_down(), TAKEN_DOWN),
        (Q(status=Status.IN_REVIEW), ALREADY),
        (~Q(status=Status.DRAFT), NO_DRAFT),
    )


def publishing(_values: Values) -> Case:
    """An article under an embargo is published, and nobody reads it before its day: that is told apart."""
    hidden = Q(pk__in=Article.objects.embargoed().values("pk"))
    return judged(
        (is_taken_down(), TAKEN_DOWN),
        (Q(status=Status.PUBLISHED), ALREADY),
        (Q(pk__in=ReturnedText.objects.undecided().values("article")), RETURNED),
        (hidden, EMBARGOED),
    )


def withdrawing(_values: Values) -> Case:
    return judged((is_taken_down(), TAKEN_DOWN), (Q(status=Status.WITHDRAWN), ALREADY))


def back_to_draft(_values: Values) -> Case:
    return judged((is_taken_down(), TAKEN_DOWN), (Q(status=Status.DRAFT), ALREADY))


def taking_down(_values: Values) -> Case:
    return judged((is_taken_down(), ALREADY))


def setting(values: Values) -> Case:
    """Fields; those that say so already stay."""
    said = Q()
    for name, value in values.items():
        said &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return judged((said, ALREADY))


def adding_to(name: str) -> Judge:
    """Belonging to all of the collections or tags is being so already."""

    def judge(values: Values) -> Case:
        held = Q()
        for key in values[name]:
            held &= Q(pk__in=members(name, [key]))
        return judged((held if values[name] else Q(pk__isnull=False), ALREADY))

    return judge


def removing_from(name: str) -> Judge:
    def judge(values: Values) -> Case:
        return judged((~Q(pk__in=members(name, values[name])), ALREADY))

    return judge


def members(name: str, keys: list[int]) -> Any:
    """The keys of the articles that belong to any of these collections or tags."""
    through = getattr(Article, name).through
    column = {"collections": "collection", "tags": "tag"}[name]
    return through.objects.filter(**{f"{column}__in": keys}).values("article")


def reading_again(_values: Values) -> Case:
    return judged((~Exists(Capture.objects.filter(article=OuterRef("pk"))), NO_CAPTURE))


def everything(_values: Values) -> Case:
    return judged()
