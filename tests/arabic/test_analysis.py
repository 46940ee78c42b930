import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic import analysis
from articles.arabic.analysis import (
    LEVELS,
    LITERAL,
    STEM,
    SURFACE,
    Analyzer,
    Term,
    analyze,
    compute_fingerprint,
    fingerprint,
    terms,
)
from articles.arabic.datafiles import read_all
from articles.arabic.normalization import ALL_RULES
from articles.arabic.tokenization import tokenize
from articles.arabic.unseen_words import RULES as UNSEEN_RULES

ANY_TEXT = st.text(st.characters())


@pytest.mark.parametrize(
    "typed, printed",
    [
        ("احدى", "إحدى"),
        ("الامريكية", "الأمريكية"),
        ("قتل", "قٌتل"),
        ("المقاتلون", "مقاتليه"),
        ("2014", "٢٠١٤"),
        ("مقاتلي", "المقاتلين"),
        ("القوات", "قوات"),
        ("سعودي", "السعودية"),
    ],
)
def test_words_share_a_stem(typed, printed):
    assert STEM(typed) == STEM(printed)


@pytest.mark.parametrize("one, other", [("إلى", "الا"), ("على", "عام"), ("دبي", "داعش"), ("1.5", "15")])
def test_words_keep_their_own_stems(one, other):
    assert STEM(one) != STEM(other)


def test_each_level_reads_a_word_more_broadly():
    assert [level("الأمريكيّة") for level in LEVELS] == ["الأمريكية", "الامريكيه", "امريكا"]


def test_the_place_in_the_list_is_the_position():
    text = "مُحَمَّد في عام2014 (لـCNN)"
    assert terms(text, SURFACE) == ["محمد", "في", "عام", "2014", "ل", "cnn"]
    assert [term.position for term in analyze(text, SURFACE)] == [0, 1, 2, 3, 4, 5]


def test_offsets_point_into_the_original_text():
    text = "قال: «ﷲ» و\u200fمُحَمَّـد"
    assert analyze(text, SURFACE) == [
        Term("قال", 0, 3, 0),
        Term("الله", 6, 7, 1),
        Term("ومحمد", 9, len(text), 2),
    ]


def test_a_word_that_folds_to_nothing_keeps_its_letters_and_its_position():
    assert terms("ʿ بغداد", SURFACE) == ["ʿ", "بغداد"]


def test_a_ligature_of_several_words_is_one_term_without_blanks():
    assert terms("محمد ﷺ", SURFACE) == ["محمد", "صلياللهعليهوسلم"]


@given(ANY_TEXT)
def test_terms_of_all_levels_are_aligned(text):
    tokens = list(tokenize(text))
    for level in LEVELS:
        analyzed = analyze(text, level)
        assert [term.text for term in analyzed] == terms(text, level)
        assert [(term.start, term.end) for term in analyzed] == [(t.start, t.end) for t in tokens]
        assert [term.position for term in analyzed] == list(range(len(tokens)))


@given(ANY_TEXT)
def test_no_term_is_empty_or_holds_a_blank(text):
    for level in LEVELS:
        assert all(term and not any(map(str.isspace, term)) for term in terms(text, level))


@given(ANY_TEXT)
def test_a_surface_term_is_its_own_surface_term(text):
    for term in terms(text, SURFACE):
        assert SURFACE(term) == term


def test_an_analyzer_is_a_list_of_rules_read_in_order():
    shout = Analyzer("shout", (str.upper, lambda word: word + "!"))
    assert shout("bbc") == "BBC!"


def test_the_cache_does_not_change_what_a_word_becomes():
    fresh = Analyzer("fresh", STEM.rules)
    for _ in range(2):
        assert fresh("والمقاتلون") == STEM("والمقاتلون") == fresh.apply_rules("والمقاتلون")


def test_an_analyzer_can_be_sent_to_another_process():
    copy = pickle.loads(pickle.dumps(STEM))
    assert copy == STEM
    assert copy("المقاتلون") == "مقاتل"


def test_the_fingerprint_is_short_and_steady():
    assert fingerprint() == fingerprint() == compute_fingerprint(analysis.VERSION, LEVELS, read_all())
    assert len(fingerprint()) == 12
    assert int(fingerprint(), 16) >= 0


def test_the_fingerprint_changes_with_the_version():
    assert compute_fingerprint("other", LEVELS, read_all()) != fingerprint()


@pytest.mark.parametrize("name", sorted(read_all()))
def test_the_fingerprint_changes_with_each_data_file(name):
    data = read_all()
    assert (
        compute_fingerprint(analysis.VERSION, LEVELS, data | {name: data[name] + "\n# more\n"})
        != fingerprint()
    )


@pytest.mark.parametrize("missing", STEM.rules + SURFACE.rules)
def test_the_fingerprint_changes_when_a_level_loses_a_rule(missing):
    levels = tuple(Analyzer(x.name, tuple(rule for rule in x.rules if rule is not missing)) for x in LEVELS)
    assert compute_fingerprint(analysis.VERSION, levels, read_all()) != fingerprint()


def test_the_probe_text_puts_every_rule_to_work():
    from_words = [token.text for token in tokenize(read_all()["probe.txt"])]
    rules = (*ALL_RULES, *UNSEEN_RULES)
    assert [rule.__name__ for rule in rules if all(rule(word) == word for word in from_words)] == []


def test_the_literal_level_keeps_capitals():
    assert LITERAL("BBC") == "BBC"


def test_what_was_worked_out_before_is_learnt_as_far_as_there_is_room():
    analyzer = Analyzer("short", (str.upper,))
    analyzer.cache.limit = 2
    analyzer.learn({"a": "A", "b": "B", "c": "C"})
    assert dict(analyzer.cache) == {"a": "A", "b": "B"}
    assert analyzer("c") == "C"
