"""Where words stand: levels, nearness, sentences and paragraphs, repetition, parts of an article."""

import time

import pytest

from articles.search.engines.contract import QueryTooCostly, Question
from articles.search.engines.deadline import Deadline
from articles.search.engines.schema import PART_GAP
from articles.search.engines.whoosh import backend
from articles.search.engines.whoosh.evaluation import Evaluation
from articles.search.syntax import (
    And,
    AtLeast,
    Expanded,
    FieldName,
    Fuzzy,
    In,
    Level,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Root,
    Same,
    Unit,
    Wildcard,
    Word,
)
from tests.search.engines.shelf import Shelf, article

OIL, GAS, WHEAT = Word("نفط"), Word("غاز"), Word("قمح")


@pytest.mark.parametrize(
    ("level", "found"), [(Level.LITERAL, {1, 2}), (Level.NORMALISED, {1, 2, 3}), (Level.STEM, {1, 2, 3, 4})]
)
def test_each_level_finds_what_the_stricter_ones_find(shelf: Shelf, level: Level, found: set[int]) -> None:
    shelf.put(article(1, body="الإعلان"), article(2, body="الإِعْلان"), article(3, body="الاعلان"))
    shelf.put(article(4, body="إعلان"), article(5, body="غاز"))
    assert shelf.keys(Word("الإعلان", level)) == found
    assert shelf.keys(Phrase(("الإعلان",), level)) == found


def test_what_is_nearer_to_the_word_as_typed_comes_first(shelf: Shelf) -> None:
    shelf.put(article(1, body="إعلان هنا"), article(2, body="الاعلان هنا"), article(3, body="الإعلان هنا"))
    assert shelf.find(Word("الإعلان", Level.STEM)).keys == (3, 2, 1)
    assert shelf.find(Word("الإعلان", Level.NORMALISED)).keys == (3, 2)


def test_an_excluded_form_is_not_what_matches(shelf: Shelf) -> None:
    shelf.put(article(1, body="النفط"), article(2, body="نفط"), article(3, body="النفط نفط نفط"))
    without = Word("نفط", Level.STEM, without=("النفط",))
    assert shelf.keys(without) == {2, 3}
    assert shelf.keys(AtLeast(2, without)) == {3}
    assert shelf.keys(Near((without, Word("نفط")), 0)) == {3}
    assert shelf.keys(Word("نفط", Level.STEM, without=("النفط", "نفط"))) == set()
    assert shelf.keys(Word("النفط", Level.NORMALISED, without=("النفط",))) == set()


@pytest.mark.parametrize(
    ("body", "distance", "ordered", "found"),
    [
        ("نفط غاز", 0, True, True),
        ("غاز نفط", 0, False, True),
        ("غاز نفط", 9, True, False),
        ("نفط و من غاز", 2, False, True),
        ("نفط و من غاز", 1, False, False),
        ("نفط. غاز", 0, False, True),
        ("نفط نفط", 5, False, False),
    ],
)
def test_near_counts_the_words_between(
    shelf: Shelf, body: str, distance: int, ordered: bool, found: bool
) -> None:
    shelf.put(article(1, body=body))
    assert shelf.keys(Near((OIL, GAS), distance, ordered)) == ({1} if found else set())


def test_near_takes_phrases_patterns_and_choices(shelf: Shelf) -> None:
    shelf.put(article(1, body="رئيس الوزراء زار مصافي نفط"), article(2, body="رئيس زار الوزراء ومصافي نفط"))
    phrase = Phrase(("رئيس", "الوزراء"))
    assert shelf.keys(Near((phrase, OIL), 2)) == {1}
    assert shelf.keys(Near((Or((phrase, Word("زار"))), Wildcard("مصا*")), 1)) == {1, 2}
    assert shelf.keys(Near((Expanded(GAS, (OIL,)), Fuzzy("مصافي", 1)), 0)) == {1}


def test_nothing_near_reaches_from_a_title_into_the_body_however_wide(shelf: Shelf) -> None:
    shelf.put(article(1, title="نفط", body="غاز"), article(2, title="خبر", body="نفط " + "و " * 150 + "غاز"))
    assert shelf.keys(Near((OIL, GAS), PART_GAP + 60)) == {2}


def test_no_name_is_near_another_name(shelf: Shelf) -> None:
    shelf.put(article(1, city="نفط", country="غاز"), article(2, city="نفط غاز"))
    assert shelf.keys(In(FieldName.PLACE, Near((OIL, GAS), 500))) == {2}
    assert shelf.keys(In(FieldName.PLACE, Same(Unit.PARAGRAPH, (OIL, GAS)))) == {2}
    assert shelf.keys(In(FieldName.PLACE, And((OIL, GAS)))) == {1, 2}


def test_a_sentence_and_a_paragraph_hold_all_the_words(shelf: Shelf) -> None:
    shelf.put(
        article(1, body="نفط وقمح. غاز"),
        article(2, body="نفط وغاز معا"),
        article(3, body="نفط\nغاز"),
        article(4, title="نفط", body="غاز"),
        article(5, title="نفط غاز", body="قمح"),
    )
    assert shelf.keys(Same(Unit.SENTENCE, (OIL, GAS))) == {2, 5}
    assert shelf.keys(Same(Unit.PARAGRAPH, (OIL, GAS))) == {1, 2, 5}
    assert shelf.keys(In(FieldName.BODY, Same(Unit.PARAGRAPH, (OIL, GAS)))) == {1, 2}
    assert shelf.keys(Same(Unit.SENTENCE, (OIL, Phrase(("وقمح", "غاز"))))) == set()


def test_at_least_counts_title_and_body_together(shelf: Shelf) -> None:
    shelf.put(article(1, title="نفط", body="النفط"), article(2, title="خبر", body="نفط نفط نفط"))
    assert shelf.keys(AtLeast(2, OIL)) == {1, 2}
    assert shelf.keys(AtLeast(3, OIL)) == {2}
    assert shelf.keys(In(FieldName.TITLE, AtLeast(1, OIL))) == {1}
    assert shelf.keys(In(FieldName.BODY, AtLeast(1, OIL))) == {1, 2}
    assert shelf.keys(AtLeast(3, Or((OIL, Phrase(("نفط", "نفط")))))) == {2}


def test_the_lead_is_the_first_paragraph_of_the_body(shelf: Shelf) -> None:
    shelf.put(
        article(1, title="نفط", body="قمح\nغاز"),
        article(2, title="خبر", body="نفط. قمح\nغاز"),
        article(3, title="", body="غاز\nنفط"),
        article(4, title="خبر", body="قمح غاز"),
    )
    assert shelf.keys(In(FieldName.LEAD, OIL)) == {2}
    assert shelf.keys(In(FieldName.BODY, OIL)) == {2, 3}
    assert shelf.keys(In(FieldName.LEAD, GAS)) == {3, 4}
    assert shelf.keys(In(FieldName.LEAD, Phrase(("قمح", "غاز")))) == {4}
    assert shelf.keys(In(FieldName.LEAD, Wildcard("غا*"))) == {3, 4}


def test_every_name_has_its_field(shelf: Shelf) -> None:
    shelf.put(
        article(1, section="أخبار النفط", city="البصرة", country="العراق", collections=["ملف النفط"]),
        article(2, section="النفط", city="العراق"),
    )
    assert shelf.keys(In(FieldName.SECTION, Word("النفط"))) == {1, 2}
    assert shelf.keys(In(FieldName.SECTION, OIL)) == set()  # names are not stemmed
    assert shelf.keys(In(FieldName.PLACE, Phrase(("البصره",)))) == {1}
    assert shelf.keys(In(FieldName.PLACE, Phrase(("البصرة", "العراق")))) == set()
    assert shelf.keys(In(FieldName.COLLECTION, Wildcard("مل*"))) == {1}
    assert shelf.keys(In(FieldName.PLACE, Not(Word("البصرة", Level.LITERAL)))) == {2}


def test_a_pattern_finds_what_clings_to_its_words(shelf: Shelf) -> None:
    shelf.put(article(1, body="وبالكتاب"), article(2, body="استراتيجية"), article(3, body="اكتتاب"))
    assert shelf.keys(Wildcard("كتا*")) == {1}
    assert shelf.keys(Wildcard("*اتيج*")) == {2}
    assert shelf.keys(Wildcard("اك*تا?")) == {3}


def test_a_fuzzy_word_finds_slips_and_prefers_the_right_spelling(shelf: Shelf) -> None:
    shelf.put(
        article(1, body="العارق"),
        article(2, body="العراق"),
        article(3, body="الفراق"),
        article(4, body="عراق"),
    )
    assert shelf.find(Fuzzy("العراق", 1)).keys[0] == 2
    assert shelf.keys(Fuzzy("العراق", 1)) == {1, 2, 3}


def test_a_root_finds_its_words_wherever_they_are_asked_for(shelf: Shelf) -> None:
    shelf.put(
        article(1, title="مكتبة", body="نفط"), article(2, title="خبر", body="كاتب"), article(3, body="نفط")
    )
    assert shelf.keys(Root("كتب")) == {1, 2}
    assert shelf.keys(In(FieldName.TITLE, Root("كتب"))) == {1}
    assert shelf.keys(In(FieldName.BODY, Root("كتب"))) == {2}
    assert shelf.keys(Root("زبد")) == set()


def test_another_name_finds_as_much_and_scores_a_little_less(shelf: Shelf) -> None:
    shelf.put(article(1, body="داعش"), article(2, body="تنظيم الدولة"), article(3, body="نفط"))
    shelf.put(article(4, body="داعش وهو تنظيم الدولة"))
    named = Expanded(Word("داعش"), (Phrase(("تنظيم", "الدولة")),))
    assert shelf.keys(named) == {1, 2, 4}
    scores = dict(zip(shelf.find(named).keys, shelf.find(named).scores, strict=True))
    alone = dict(zip(shelf.find(Word("داعش")).keys, shelf.find(Word("داعش")).scores, strict=True))
    assert scores[4] == alone[4]  # as its best: another name is no second mention


def test_nearness_comes_before_mere_presence(shelf: Shelf) -> None:
    words = "قمح شعير ذهب فضة نحاس حديد"
    shelf.put(article(1, body=f"نفط {words} غاز"), article(2, body=f"نفط غاز {words}"))
    either = Or((OIL, GAS, Near((OIL, GAS), 0)))
    assert shelf.find(either).keys == (2, 1)


@pytest.mark.parametrize("part", [Root("كتب"), And((OIL, GAS)), Not(OIL)])
def test_what_has_no_place_cannot_be_near(shelf: Shelf, part: Node) -> None:
    shelf.put(article(1, body="نفط كتاب"))
    with pytest.raises(TypeError):
        shelf.keys(Near((OIL, part), 3))


HOSTILE = [
    Or(tuple(Wildcard(f"*{one}{other}*") for one in "ابلمو" for other in "نارلكو")),
    Near(tuple(Wildcard(pattern) for pattern in ("ال*", "*ات*", "*ين*", "م*ل*")), 20),
    Near(
        tuple(
            Or((Word(one), Phrase((one, other)))) for one, other in [("من", "في"), ("في", "من"), ("و", "من")]
        ),
        50,
    ),
    Same(Unit.SENTENCE, tuple(Wildcard(f"{letter}*ا*") for letter in "ابتثجحخ")),
]


@pytest.mark.parametrize("tree", HOSTILE)
def test_a_hostile_tree_ends_in_time(shelf: Shelf, tree: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    body = " ".join(
        f"من في و ال{one}{other}ات م{one}ل{other}ين {one}{other}ا" for one in "بتثجح" for other in "دذرزس"
    )
    shelf.put(*(article(key, body=f"{body} " * 4) for key in range(1, 60)))
    shelf.keys(OIL)
    monkeypatch.setattr(backend, "SECONDS_A_QUERY", 0.3)
    started = time.thread_time()
    try:
        total = shelf.find(tree).total
    except QueryTooCostly:
        total = 0
    assert total in (0, 59)
    assert time.thread_time() - started < 2


@pytest.mark.parametrize(
    "tree",
    [
        Wildcard("نف*"), Fuzzy("نفط", 1), Root("نفط"), Near((OIL, GAS), 3), Same(Unit.SENTENCE, (OIL, GAS)),
        AtLeast(1, OIL), In(FieldName.LEAD, OIL), Phrase(("نفط", "غاز")), Expanded(OIL, (GAS,)), And((OIL,)),
    ],
)  # fmt: skip
def test_no_time_is_too_little_time_for_any_node(shelf: Shelf, tree: Node) -> None:
    shelf.put(article(1, body="نفط غاز"))
    with pytest.raises(QueryTooCostly):
        Evaluation(shelf.snapshot, Deadline(0)).answer(tree)


def test_totals_stop_where_the_time_ends(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put(article(1, body="نفط"), article(2, body="نفط", status="draft"))
    assert shelf.totals(OIL, GAS, Not(OIL)) == [1, 0, 0]
    assert shelf.backend.totals([Question(OIL, statuses=None), Question(OIL, hidden={1})]) == [2, 0]
    monkeypatch.setattr(backend, "SECONDS_OF_TOTALS", -1.0)
    assert shelf.totals(OIL, GAS) == [None, None]


def test_names_that_differ_in_their_first_word_alone_find_what_each_of_them_finds(shelf: Shelf) -> None:
    shelf.put(
        article(1, body="قال تنظيم الدولة إنه باق"),
        article(2, body="لتنظيم الدولة مقاتلون"),
        article(3, body="تنظيم هذه الدولة"),
        article(4, body="وتنظيم القاعدة"),
        article(5, body="داعش"),
    )
    names = tuple(Phrase((first, "الدولة")) for first in ("تنظيم", "وتنظيم", "لتنظيم"))
    assert shelf.keys(Expanded(Word("داعش"), names)) == {1, 2, 5}
    assert shelf.keys(Near((Expanded(Word("داعش"), names), Word("باق")), 3)) == {1}
