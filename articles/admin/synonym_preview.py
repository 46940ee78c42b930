"""What a group of other names would do to searches: in a sentence, in numbers and in articles; and what to mind."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.jobs.index_work import sentence_of
from articles.models.synonyms import Kind, SynonymGroup, SynonymTerm, term_key
from articles.search.name_book import NameBook
from articles.search.names import as_group, groups_in_force, kept_in_force, name_book
from articles.search.what_if import WhatIf, what_if

MOST_OTHERS = 20  # groups with one of the terms that are named

MEANINGS = {
    Kind.NAME: _(
        "من بحث عن أي اسم منها وجد أيضاً ما فيه أي اسم آخر منها كما كُتب هنا، وقد تسبقه الواو والباء واللام."
    ),
    Kind.WORDS: _("من بحث عن أي كلمة منها، بأي صورة من صورها، وجد أيضاً ما فيه غيرها بأي صورة."),
    Kind.ONE_WAY: _("من بحث عن %(sources)s وجد أيضاً ما فيه %(others)s. ومن بحث عن هذه لم يجد تلك."),
}

Term = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class OtherGroup:
    """Another group that has one of the terms."""

    term: str
    group: SynonymGroup
    address: str


@dataclass(frozen=True, slots=True)
class GroupPreview:
    """What there is to know of a group before it is saved; `problem` says why the index cannot tell."""

    meaning: str
    found: WhatIf
    others: list[OtherGroup]
    problem: str
    is_active: bool


def preview_of(group: SynonymGroup, terms: Sequence[Term]) -> GroupPreview:
    """What the group would do with these terms instead of those it has, if it has any."""
    kept = list(kept_in_force())
    typed = [as_group(group.kind, terms)] if group.is_active else []
    then = NameBook([*groups_in_force(without=group.pk), *typed], kept)
    found = what_if([text for text, _is_source in terms], name_book(), then, alone=NameBook(kept=kept))
    return GroupPreview(
        meaning_of(group.kind, terms),
        found,
        others_with(group, terms),
        sentence_of(found.problem),
        group.is_active,
    )


def meaning_of(kind: str, terms: Sequence[Term]) -> str:
    """What a group of this kind does, in a sentence."""
    sentence = str(MEANINGS[Kind(kind)])
    if kind != Kind.ONE_WAY:
        return sentence
    sources = gettext(" أو ").join(f"«{text}»" for text, is_source in terms if is_source)
    others = gettext(" أو ").join(f"«{text}»" for text, is_source in terms if not is_source)
    return sentence % {"sources": sources, "others": others}


def others_with(group: SynonymGroup, terms: Sequence[Term]) -> list[OtherGroup]:
    """The other groups that have a term of this one, in any spelling."""
    keys = {term_key(text)[:200]: text for text, _is_source in terms}
    rows = SynonymTerm.objects.filter(key__in=keys).exclude(group=group.pk).select_related("group")
    return [
        OtherGroup(
            keys[row.key], row.group, reverse("admin:articles_synonymgroup_change", args=[row.group_id])
        )
        for row in rows.order_by("group_id", "pk")[:MOST_OTHERS]
    ]
