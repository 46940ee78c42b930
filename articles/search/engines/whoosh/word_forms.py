"""The forms of a stem and of a root, from FORMS and ROOTS."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from articles.arabic.roots import roots
from articles.search.engines import schema
from articles.search.engines.contract import Spelling
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh.part_terms import KEPT_COST
from articles.search.engines.whoosh.postings import encoded
from articles.search.engines.whoosh.snapshot import Snapshot

SPELLING_COST = 256  # bytes of two words beside their letters


class Kept(NamedTuple):
    """All spellings of a stem, as they are kept with a snapshot."""

    spellings: list[Spelling]

    @property
    def nbytes(self) -> int:
        return KEPT_COST + sum(SPELLING_COST + 4 * len(each.literal) for each in self.spellings)


def terms_after(snapshot: Snapshot, field: str, first: str, deadline: Deadline) -> list[str]:
    """What follows `first` and a break in the terms of a field, each once; documents may all be deleted."""
    prefix = encoded(first + schema.FORM_BREAK)
    found: set[bytes] = set()
    for arrays, _offset in snapshot.parts():
        deadline.check()
        words = arrays.words(field)
        numbers = words.beginning_with(prefix)
        found.update(term[len(prefix) :] for term in words.part(numbers.start, numbers.stop))
    return sorted(term.decode() for term in found)


def forms_of_stem(snapshot: Snapshot, stem: str, deadline: Deadline) -> list[Spelling]:
    """The forms that the index holds of a stem, deleted documents included."""
    found = terms_after(snapshot, schema.FORMS, stem, deadline)
    return [_form(stem, *term.split(schema.FORM_BREAK)) for term in found]


def spellings(snapshot: Snapshot, stems: Iterable[str], deadline: Deadline) -> list[Spelling]:
    """The forms that the index holds of each stem, deleted documents included; raises QueryTooCostly."""
    found: list[Spelling] = []
    for stem in stems:
        kept: Kept | None = snapshot.kept.get(("spellings", stem))
        if kept is None:
            kept = Kept(forms_of_stem(snapshot, stem, deadline))
            snapshot.kept.put(("spellings", stem), kept)
        found += kept.spellings
    return found


def stems_of_common_forms(snapshot: Snapshot, count: int) -> dict[str, str]:
    """The stems of the literal forms that most articles hold, of about `count` of them."""
    stems: dict[str, str] = {}
    for arrays, _offset in snapshot.parts():
        words = arrays.words(schema.FORMS)
        held = np.diff(words.posting_starts.astype(np.int64))
        most = -(-count * arrays.count // max(1, snapshot.size))
        rarest = max(0, len(held) - most)
        for number in np.argpartition(held, rarest)[rarest:].tolist() if len(held) > rarest else ():
            stem, *form = words[number].decode().split(schema.FORM_BREAK)
            stems[_form(stem, *form).literal] = stem
    return stems


def _form(stem: str, normalised: str, literal: str) -> Spelling:
    """What is the same as the level before it is left out in the index."""
    return Spelling(literal or normalised or stem, normalised or stem, stem)


def terms_of_root(snapshot: Snapshot, radicals: str, deadline: Deadline) -> tuple[str, ...]:
    """The terms of ROOTS that stand for words of a root."""
    stems = terms_after(snapshot, schema.ROOTS, radicals, deadline)
    return tuple(radicals + schema.FORM_BREAK + stem for stem in stems)


def forms_of_root(snapshot: Snapshot, radicals: str, deadline: Deadline) -> Iterator[Spelling]:
    """The forms that the index holds of words that may have this root."""
    for stem in terms_after(snapshot, schema.ROOTS, radicals, deadline):
        deadline.check()
        for form in forms_of_stem(snapshot, stem, deadline):
            if radicals in roots(form.normalised):
                yield form
