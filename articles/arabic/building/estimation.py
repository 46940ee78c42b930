"""How likely each reading of a word is, estimated from how often words occur.

Expectation maximisation: the frequency of a word is shared among its readings in proportion to their
likelihood, and the shares give the likelihood of stems, prefixes and suffixes anew.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from articles.arabic.characters import ALEF, NOON, TEH
from articles.arabic.lexicon import Reading, part_of_speech

ROUNDS = 10
SMALLEST_STEM = 1e-9
SMALLEST_AFFIX = 1e-5
# Of two stems as likely, that of the commoner headword: يكتب is «he writes» before «he dictates».
PULL_OF_HEADWORD = 0.2
# Of a headword's likelihood every stem of it has some, so that no stem is starved by a rival in one round.
SHARE_OF_HEADWORD = 0.03
# What a newspaper seldom prints, though the web is full of it: «I», commands, and verbs of women alone.
SELDOM_PRINTED = 0.3
OF_BOTH_GENDERS = frozenset({"Nall", "N/ap", "N-ap"})
# The project's own lists are made to be believed before the lexicon.
TRUST_IN_LISTS = 4.0
# Frequencies to this power: a headword's many rare forms tell more together than its commonest alone.
DAMPING = 0.6

VOCALISED_AS = "="  # stands between a headword and its vocalised spelling

StemKey = tuple[str, str, str]  # stem, headword, category
AffixKey = tuple[str, str]  # part of speech and prefix, or category and suffix


@dataclass
class Estimates:
    """The likelihood of the parts of readings."""

    stems: dict[StemKey, float]
    headwords: dict[str, float]
    prefixes: dict[AffixKey, float]
    suffixes: dict[AffixKey, float]
    trusted: frozenset[StemKey] = frozenset()


Parts = tuple[StemKey, AffixKey, AffixKey]


def parts_of(reading: Reading) -> Parts:
    """The parts whose likelihoods multiply to that of the reading.

    >>> parts_of(Reading(0, "كتاب", "ال", "كتاب", "", "Ndu"))
    (('كتاب', 'كتاب', 'Ndu'), ('noun', 'ال'), ('Ndu', ''))
    """
    return (
        (reading.stem, reading.headword, reading.category),
        (part_of_speech(reading.category), reading.prefix),
        (reading.category, reading.suffix),
    )


def estimate(
    words: Iterable[tuple[float, list[Parts]]], trusted: Iterable[StemKey] = (), *, rounds: int = ROUNDS
) -> Estimates:
    """The likelihood of all parts of readings, from each word's frequency and its readings."""
    damped = [(frequency**DAMPING, readings) for frequency, readings in words]
    whole = sum(frequency for frequency, _ in damped)
    shares = [(frequency / whole, readings) for frequency, readings in damped]
    estimates = Estimates({}, {}, {}, {}, frozenset(trusted))
    for _ in range(rounds):
        estimates = re_estimate(shares, estimates)
    return estimates


def re_estimate(words: Iterable[tuple[float, list[Parts]]], last: Estimates) -> Estimates:
    """One round: every word's frequency shared among its readings as the last estimates have it."""
    stems: dict[StemKey, float] = defaultdict(float)
    headwords: dict[str, float] = defaultdict(float)
    prefixes: dict[AffixKey, float] = defaultdict(float)
    suffixes: dict[AffixKey, float] = defaultdict(float)
    for frequency, readings in words:
        scores = [likelihood(parts, last) for parts in readings]
        total = sum(scores)
        for (stem, prefix, suffix), score in zip(readings, scores, strict=True):
            share = frequency * score / total
            stems[stem] += share
            headwords[stem[1]] += share
            prefixes[prefix] += share
            suffixes[suffix] += share
    return Estimates(
        dict(stems), dict(headwords), shares_in_group(prefixes), shares_in_group(suffixes), last.trusted
    )


def shares_in_group(counts: Mapping[AffixKey, float]) -> dict[AffixKey, float]:
    """Each affix as a share of all in its group.

    >>> shares_in_group({("noun", ""): 3.0, ("noun", "ال"): 1.0})
    {('noun', ''): 0.75, ('noun', 'ال'): 0.25}
    """
    totals: dict[str, float] = defaultdict(float)
    for (group, _affix), count in counts.items():
        totals[group] += count
    return {key: count / totals[key[0]] for key, count in counts.items() if totals[key[0]]}


def likelihood(parts: Parts, estimates: Estimates) -> float:
    """How likely a reading is; before the first round only what is known beforehand tells readings apart."""
    stem, prefix, suffix = parts
    if not estimates.stems:
        return prior_of_prefix(prefix) * prior_of_suffix(suffix)
    return (
        stem_likelihood(stem, estimates)
        * prefix_likelihood(prefix, estimates)
        * suffix_likelihood(suffix, estimates)
    )


def stem_likelihood(stem: StemKey, estimates: Estimates) -> float:
    of_headword = estimates.headwords.get(stem[1], 0.0) + SMALLEST_STEM
    own = estimates.stems.get(stem, 0.0) + SHARE_OF_HEADWORD * of_headword
    own *= of_headword**PULL_OF_HEADWORD
    return own * TRUST_IN_LISTS if stem in estimates.trusted else own


def prefix_likelihood(prefix: AffixKey, estimates: Estimates) -> float:
    return (estimates.prefixes.get(prefix, 0.0) + SMALLEST_AFFIX) * prior_of_prefix(prefix)


def suffix_likelihood(suffix: AffixKey, estimates: Estimates) -> float:
    return (estimates.suffixes.get(suffix, 0.0) + SMALLEST_AFFIX) * prior_of_suffix(suffix)


def prior_of_prefix(prefix: AffixKey) -> float:
    """Less for the alef of «I» before a verb."""
    part, form = prefix
    return SELDOM_PRINTED if part == "verb" and form.endswith(ALEF) else 1.0


def prior_of_suffix(suffix: AffixKey) -> float:
    """Less for commands, for the noon of women behind a verb, and for ات where ة is only the feminine.

    So سيارات is cars before it is female planets.
    """
    category, form = suffix
    seldom = category.startswith("CV") or (category.startswith("PV") and form.startswith(NOON))
    seldom = seldom or (category in OF_BOTH_GENDERS and form.startswith(ALEF + TEH))
    return SELDOM_PRINTED if seldom else 1.0


def decibels(likelihood: float) -> int:
    """A likelihood as a small whole number.

    >>> decibels(1.0), decibels(0.01)
    (0, -20)
    """
    return round(10 * math.log10(likelihood))
