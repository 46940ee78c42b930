"""The parts of a query that stand for words: which documents hold them, how often and where.

Words, patterns and roots are lists of terms of one field. Phrases and nearness are made of positions, and so is what
is looked for in the body alone: it has no field of its own.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from articles.arabic.analysis import STEM, SURFACE
from articles.search.engines import schema
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh import expansions, places
from articles.search.engines.whoosh.bounds import bodies_apart, in_stretch, unit_starts
from articles.search.engines.whoosh.membership import are_in
from articles.search.engines.whoosh.part_terms import (
    Found,
    Meaning,
    Openings,
    Single,
    Terms,
    opened,
    patterns_in,
)
from articles.search.engines.whoosh.places import DOCUMENT, NO_SPANS, Keys, Spans
from articles.search.engines.whoosh.postings import (
    NO_POSTINGS,
    Postings,
    document_frequency,
    encoded,
    positions,
    postings,
)
from articles.search.engines.whoosh.scopes import NAMES, STRETCHES, Scope, asked_level, field_of, term_of
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.engines.whoosh.word_forms import forms_of_root, terms_of_root
from articles.search.syntax import (
    AtLeast,
    Expanded,
    FieldName,
    Fuzzy,
    Level,
    Near,
    Node,
    Or,
    Phrase,
    Root,
    Same,
    Wildcard,
    Word,
)

MANY = 8  # terms of one part

Documents = NDArray[np.int64]
Frequencies = NDArray[np.float32]


class Parts:
    """The parts of queries on one snapshot; `capped` are those that stand for more words than may be looked for.

    What patterns stand for and what parts match is kept with the snapshot.
    """

    def __init__(self, snapshot: Snapshot, deadline: Deadline) -> None:
        self.snapshot = snapshot
        self.deadline = deadline
        self.capped: list[str] = []
        self._cut: set[tuple[Single, Scope]] = set()
        self._terms: dict[tuple[Single, Scope], Terms] = {}
        self._postings: dict[tuple[Node | Openings, Scope], Postings] = {}

    # Terms

    def terms(self, part: Single, scope: Scope) -> Terms:
        """The terms that a part stands for where it is looked for in `scope`."""
        key = (part, scope)
        if key not in self._terms:
            self._terms[key] = (
                self._word(part, scope) if isinstance(part, Word) else self._several(part, scope)
            )
        return self._terms[key]

    def _word(self, word: Word, scope: Scope) -> Terms:
        field, term = field_of(scope, word.level), term_of(scope, word.level, word.text)
        if asked_level(scope, word.level) not in (Level.STEM, Level.SYNONYMS):
            return Terms(field, () if SURFACE(word.text) in word.without else (term,))
        if word.only:
            forms = tuple(form for form in word.only if form not in word.without)
            return Terms(field_of(scope, Level.NORMALISED), forms)
        without = tuple(sorted({form for form in word.without if STEM(form) == term}))
        return Terms(field, (term,), field_of(scope, Level.NORMALISED), without)

    def _several(self, part: Wildcard | Fuzzy | Root, scope: Scope) -> Terms:
        key = ("terms", part, scope)
        meaning = self.snapshot.kept.get(key)
        if meaning is None:
            meaning = self._meaning(part, scope)
            self.snapshot.kept.put(key, meaning)
        if meaning.is_cut:
            self._tell_cut(part, scope)
        terms: Terms = meaning.terms
        return terms

    def _tell_cut(self, part: Wildcard | Fuzzy | Root, scope: Scope) -> None:
        self._cut.add((part, scope))
        match part:
            case Wildcard(told) | Fuzzy(told) | Root(told):
                if told not in self.capped:
                    self.capped.append(told)

    def _meaning(self, part: Wildcard | Fuzzy | Root, scope: Scope) -> Meaning:
        field = field_of(scope, Level.NORMALISED)
        match part:
            case Root(radicals) if scope is None:
                return Meaning(Terms(schema.ROOTS, terms_of_root(self.snapshot, radicals, self.deadline)))
            case Root(radicals) if scope in NAMES:
                found = expansions.words_of_root(self.snapshot, field, radicals, self.deadline)
            case Root(radicals):
                forms = forms_of_root(self.snapshot, radicals, self.deadline)
                return Meaning(Terms(field, tuple(sorted({form.normalised for form in forms}))))
            case Wildcard(pattern):
                found = expansions.kept(
                    self.snapshot,
                    (field, part),
                    lambda: expansions.words_like(self.snapshot, field, pattern, self.deadline),
                )
            case Fuzzy(text, edits):
                found = expansions.kept(
                    self.snapshot,
                    (field, part),
                    lambda: expansions.words_near(self.snapshot, field, SURFACE(text), edits, self.deadline),
                )
        return Meaning(Terms(field, found.words), found.is_cut)

    # Documents

    def postings(self, part: Node | Openings, scope: Scope) -> Postings:
        """The documents that match a part, and how often they do.

        Raises TypeError for a part that cannot be near something or repeated, such as a root, where it is asked to be.
        """
        key = (part, scope)
        found = self._postings.get(key)
        if found is None:
            found = self._postings[key] = self._kept(part, scope)
        return found

    def _kept(self, part: Node | Openings, scope: Scope) -> Postings:
        """What a part matches; that of a single term is kept as its posting list."""
        if isinstance(part, Word) and not part.without and scope not in STRETCHES:
            return self.listed(self.terms(part, scope))
        key = ("found", part, scope)
        found = self.snapshot.kept.get(key)
        if found is None:
            postings = self._found(part, scope)
            cut = tuple(each for each in patterns_in(part) if (each, scope) in self._cut)
            found = Found(postings, cut)
            self.snapshot.kept.put(key, found)
        for each in found.cut:
            self._tell_cut(each, scope)
        listed: Postings = found.postings
        return listed

    def _found(self, part: Node | Openings, scope: Scope) -> Postings:
        match part:
            case Near(parts, distance, ordered):
                return places.counted(self._near(parts, scope, distance, ordered=ordered))
            case Same(_unit, parts):
                return places.counted(self._same(part, scope))
            case AtLeast(_, Root()):
                raise TypeError("of a root the index knows no places")
            case AtLeast(count, repeated):
                listed = self.postings(repeated, scope)
                enough = listed.frequencies >= count
                return Postings(listed.documents[enough], listed.frequencies[enough])
            case Word(without=()) if scope is FieldName.BODY:
                titles = self.listed(self.terms(part, FieldName.TITLE))
                return _without_titles(self.listed(self.terms(part, None)), titles)
            case Word() | Wildcard() | Fuzzy() | Root() if scope not in STRETCHES:
                return self.listed(self.terms(part, scope))
            case _:
                return places.counted(self.spans(part, scope, self._candidates(part, scope)).starts)

    def listed(self, terms: Terms) -> Postings:
        """The documents that hold any of the terms, and how often they hold them all together."""
        if len(terms.terms) == 1 and not terms.without:
            return self._term(terms.field, terms.terms[0])
        if not terms.terms:
            return NO_POSTINGS
        frequencies = self._any_of(terms)
        for form in terms.without:
            held = self._term(terms.exact, form)
            frequencies[held.documents] -= held.frequencies
        documents = np.flatnonzero(frequencies > 0)
        return Postings(documents, frequencies[documents])

    def _any_of(self, terms: Terms) -> Frequencies:
        """How often each document of all holds any of the terms; they are not kept one by one where they are many."""
        frequencies = np.zeros(self.snapshot.size, dtype=np.float32)
        if len(terms.terms) < MANY:
            for term in terms.terms:
                held = self._term(terms.field, term)
                frequencies[held.documents] += held.frequencies
            return frequencies
        for arrays, offset in self.snapshot.parts():
            self.deadline.check()
            words = arrays.words(terms.field)
            found = [number for term in terms.terms if (number := words.find(encoded(term))) is not None]
            if found:
                documents, counts = arrays.postings(terms.field).together(found)
                frequencies[offset : offset + arrays.count] += np.bincount(
                    documents, weights=counts, minlength=arrays.count
                )
        return frequencies

    def _term(self, field: str, term: str) -> Postings:
        self.deadline.check()
        return postings(self.snapshot, field, term)

    def _candidates(self, part: Node | Openings, scope: Scope) -> Documents:
        """Documents, ascending, among which are all that match a part, found without reading positions."""
        match part:
            case Phrase(words, level):
                field = field_of(scope, level)
                return self._holding_all(field, {term_of(scope, level, word) for word in words})
            case Openings(firsts, rest, level):
                field = field_of(scope, level)
                wanted = self._holding_all(field, {term_of(scope, level, word) for word in rest})
                terms = Terms(field, tuple(dict.fromkeys(term_of(scope, level, word) for word in firsts)))
                first = self.listed(terms).documents
                return wanted[are_in(wanted, first)] if rest else first
            case Or(parts):
                return self._any(parts, scope)
            case Expanded(whole, names):
                return self._any((whole, *opened(names)), scope)
            case Word() | Wildcard() | Fuzzy() | Root():
                return self.listed(self.terms(part, scope)).documents
        raise TypeError(f"of a {type(part).__name__} the index knows no places")

    def _any(self, parts: Sequence[Node | Openings], scope: Scope) -> Documents:
        found = [self._candidates(part, scope) for part in parts]
        return np.unique(np.concatenate(found)) if found else NO_POSTINGS.documents

    def _holding_all(self, field: str, terms: set[str]) -> Documents:
        """Documents that hold every one of the terms; the rarest first, so that the rest is soon empty."""
        found: Documents | None = None
        for term in sorted(terms, key=lambda term: (document_frequency(self.snapshot, field, term), term)):
            listed = self._term(field, term).documents
            found = listed if found is None else found[are_in(found, listed)]
            if not len(found):
                break
        return found if found is not None else NO_POSTINGS.documents

    # Places

    def spans(self, part: Node | Openings, scope: Scope, wanted: Documents) -> Spans:
        """Where a part stands in the wanted documents, which ascend."""
        if not len(wanted):
            return NO_SPANS
        match part:
            case Phrase(words, level):
                field = field_of(scope, level)
                found = self._phrase(field, [(term_of(scope, level, word),) for word in words], wanted)
            case Openings(firsts, rest, level):
                field = field_of(scope, level)
                first = tuple(dict.fromkeys(term_of(scope, level, word) for word in firsts))
                found = self._phrase(
                    field, [first, *((term_of(scope, level, word),) for word in rest)], wanted
                )
            case Or(parts):
                return places.united([self.spans(choice, scope, wanted) for choice in parts] or [NO_SPANS])
            case Expanded(whole, names):
                return places.united([self.spans(name, scope, wanted) for name in (whole, *opened(names))])
            case Root() if scope is None:
                raise TypeError("of a root the index knows no places")
            case Word() | Wildcard() | Fuzzy() | Root():
                found = self._words(self.terms(part, scope), wanted)
            case _:
                raise TypeError(f"of a {type(part).__name__} the index knows no places")
        return in_stretch(self.snapshot, found, scope) if scope in STRETCHES else found

    def _words(self, terms: Terms, wanted: Documents) -> Spans:
        found = [self._keys(terms.field, term, wanted) for term in terms.terms]
        for form in terms.without:
            unwanted = self._keys(terms.exact, form, wanted)
            found = [keys[~are_in(keys, unwanted)] for keys in found]
        return places.single_words(found)

    def _keys(self, field: str, term: str, wanted: Documents) -> Keys:
        indexes, found = positions(self.snapshot, field, term, wanted, self.deadline.check)
        return (wanted[indexes] << DOCUMENT) + found

    def _phrase(self, field: str, terms: list[tuple[str, ...]], wanted: Documents) -> Spans:
        """Word i of a phrase, any of its terms, stands i places after the beginning: shift, and see what all share."""
        starts: Keys | None = None
        shifts = sorted(enumerate(terms), key=lambda pair: (self._held(field, pair[1]), pair))
        for shift, choices in shifts:
            # A place before the document's first is no place: it would be one of the document before.
            keys = self._words(Terms(field, choices), wanted).starts
            here = keys[(keys & places.PLACE) >= shift] - shift
            starts = here if starts is None else starts[are_in(starts, here)]
            if not len(starts):
                return NO_SPANS
            wanted = places.distinct(starts >> DOCUMENT)
        return Spans(starts, starts + len(terms)) if starts is not None else NO_SPANS

    def _held(self, field: str, terms: Iterable[str]) -> int:
        return sum(document_frequency(self.snapshot, field, term) for term in terms)

    # Parts together

    def _together(self, parts: Sequence[Node], scope: Scope) -> list[Spans]:
        """Where each part stands, in the documents that hold them all; the rarest is read first."""
        candidates = [self._candidates(part, scope) for part in parts]
        wanted = places.shared(candidates) if candidates else NO_POSTINGS.documents
        found: dict[int, Spans] = {}
        for number in sorted(range(len(parts)), key=lambda number: len(candidates[number])):
            self.deadline.check()
            found[number] = self.spans(parts[number], scope, wanted)
            wanted = found[number].documents
        return [found[number].within(wanted) for number in range(len(parts))]

    def _near(self, parts: Sequence[Node], scope: Scope, distance: int, *, ordered: bool) -> Keys:
        together = self._together(parts, scope)
        if distance >= schema.PART_GAP and scope in NAMES:
            distance = schema.PART_GAP - 1  # never from one name into the next
        elif distance >= schema.PART_GAP:
            together = [bodies_apart(self.snapshot, spans) for spans in together]
        return places.near(together, distance, ordered=ordered, check=self.deadline.check)

    def _same(self, node: Same, scope: Scope) -> Keys:
        together = self._together(node.parts, scope)
        if not together or not len(together[0]):
            return places.NO_KEYS
        if scope in NAMES:  # each name is one sentence and one paragraph
            starts = places.apart(places.united(together), schema.PART_GAP)
        else:
            starts = unit_starts(self.snapshot, node.unit, together[0].documents)
        return places.same(together, starts)


def _without_titles(whole: Postings, titles: Postings) -> Postings:
    """Of the occurrences in title and body those in the body; every document of `titles` is one of `whole`."""
    frequencies = whole.frequencies.copy()
    frequencies[np.searchsorted(whole.documents, titles.documents)] -= titles.frequencies
    left = frequencies > 0
    return Postings(whole.documents[left], frequencies[left])
