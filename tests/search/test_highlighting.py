"""What is shown: marked texts that lose no letter, and the passages that say most about a query."""

import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.highlighting import marked_paragraphs, passages, pieces
from articles.search.matching import Match, Matcher, TextField
from articles.search.parser import parse
from articles.search.results import Passage, Piece, Span
from articles.search.syntax import AtLeast, Near, Node, Phrase, Same, Unit, Word


def spans(query: str, text: str) -> list[Match]:
    return Matcher(parse(query, date(2026, 3, 15)).tree).spans(text, TextField.BODY)


def written(shown: tuple[Piece, ...]) -> str:
    """Pieces as a line to compare: what matched in square brackets."""
    return "".join(f"[{piece.text}]" if piece.matched else piece.text for piece in shown)


def passages_of(query: str, text: str, **options: int) -> list[str]:
    """Passages as lines: «…» where text was left out."""
    return [
        "…" * passage.cut_before + written(passage.pieces) + "…" * passage.cut_after
        for passage in passages(text, spans(query, text), **options)
    ]


def plain(passage: Passage) -> str:
    return "".join(piece.text for piece in passage.pieces)


# Pieces


def test_matched_words_are_pieces_of_their_own() -> None:
    text = "ارتفع النفطُ اليوم، والنفط غدًا."
    assert written(pieces(text, spans("نفط", text))) == "ارتفع [النفطُ] اليوم، [والنفط] غدًا."


def test_a_text_without_matches_is_one_piece_and_an_empty_text_none() -> None:
    assert (pieces("نفط", []), pieces("", [])) == ((Piece("نفط"),), ())


def test_text_stays_text() -> None:
    text = "<b>نفط</b> & «غاز»"
    assert written(pieces(text, spans("نفط غاز", text))) == "<b>[نفط]</b> & «[غاز]»"


def test_spans_out_of_bounds_or_on_top_of_each_other_lose_no_letter() -> None:
    assert written(pieces("نفط خام", [Span(0, 3), Span(2, 5), Span(6, 99)])) == "[نفط][ خ]ا[م]"


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        ("كتاب", "قرأ «الكِتَـــابَ» أمس", "قرأ «[الكِتَـــابَ]» أمس"),
        ("محمد", "وقال مُحَـمَّدٌ.", "وقال [مُحَـمَّدٌ]."),
        ("الله", "رسول ﷲ كذا", "رسول [ﷲ] كذا"),
        ("لا", "قال ﻻ، ثم لا", "قال [ﻻ]، ثم [لا]"),
        ("سلام", "قال ﺳﻼم هنا", "قال [ﺳﻼم] هنا"),
        ("العراق", "\u202bالعر\u200dاق\u202c اليوم", "\u202b[العر\u200dاق]\u202c اليوم"),
        ('"سعر نفط"', "سِعر \u200fنفـط", "[سِعر] \u200f[نفـط]"),
    ],
)
def test_marks_ligatures_tatweel_and_controls_stay_where_they_are(query: str, text: str, shown: str) -> None:
    assert written(pieces(text, spans(query, text))) == shown


# Paragraphs


def test_a_paragraph_is_a_line_that_is_not_blank() -> None:
    text = "\n  النفط أولاً \r\n\n \u2029ثم الغاز والنفط.\n"
    assert [written(line) for line in marked_paragraphs(text, spans("نفط", text))] == [
        "[النفط] أولاً",
        "ثم الغاز [والنفط].",
    ]


# Passages

FILLER = "كلام طويل لا صلة له بما يبحث عنه القارئ في هذا الأرشيف الكبير من الأخبار القديمة والجديدة معاً"


def test_a_short_text_is_shown_whole() -> None:
    assert passages_of("نفط", " ارتفع النفط.\n\nوهبط الغاز. ") == ["ارتفع [النفط]. وهبط الغاز."]


def test_a_text_without_matches_is_shown_from_its_beginning() -> None:
    text = f"  أول الكلام. {FILLER} {FILLER} {FILLER}"
    (shown,) = passages_of("نفط", text)
    assert shown.startswith("أول الكلام. كلام طويل")
    assert shown.endswith("…")
    assert len(shown) <= 221


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_text_has_no_passage(text: str) -> None:
    assert passages_of("نفط", text) == []


def test_the_best_passage_holds_most_of_the_words() -> None:
    text = f"النفط والنفط والنفط. {FILLER}. {FILLER}. {FILLER}. سعر الغاز وسعر النفط معاً. {FILLER}. {FILLER}. {FILLER}."
    (shown,) = passages_of("نفط غاز", text, count=1)
    assert "سعر [الغاز] وسعر [النفط]" in shown


def test_the_second_passage_shows_the_words_that_the_first_does_not() -> None:
    text = f"النفط والنفط. {FILLER}. {FILLER}. {FILLER}. النفط مرة أخرى. {FILLER}. {FILLER}. {FILLER}. الغاز وحده."
    first, second = passages_of("نفط غاز", text, length=100)
    assert "[النفط] [والنفط]" in first
    assert "[الغاز]" in second


def test_more_matches_are_better_and_then_the_earlier_ones() -> None:
    lone, pair = f"النفط وحده. {FILLER}. {FILLER}. ", f"النفط والنفط. {FILLER}. {FILLER}. "
    assert passages_of("نفط", lone + lone + pair + pair, count=1, length=60)[0].startswith(
        "…[النفط] [والنفط]."
    )
    assert passages_of("نفط", lone + lone, count=1, length=60)[0].startswith("[النفط] وحده.")


def test_passages_stand_in_the_order_of_the_text() -> None:
    text = f"الغاز هنا. {FILLER}. {FILLER}. النفط والنفط والنفط هناك. {FILLER}. {FILLER}."
    first, second = passages_of("نفط غاز", text, length=80)
    assert ("[الغاز]" in first, "[النفط]" in second) == (True, True)


def test_a_passage_begins_with_its_sentence_where_that_is_near() -> None:
    text = f"{FILLER}. {FILLER}. وقالت الوزارة إن سعر النفط ارتفع. {FILLER}. {FILLER}."
    assert passages_of("نفط", text, count=1)[0].startswith("…وقالت الوزارة إن سعر [النفط]")


def test_a_passage_begins_with_a_word_where_its_sentence_is_far() -> None:
    text = f"{FILLER} {FILLER} {FILLER} النفط {FILLER} {FILLER}"
    (shown,) = passages_of("نفط", text, count=1)
    before = shown.strip("…").split("[")[0]
    assert 30 <= len(before) <= 75
    assert f" {before}" in text


def test_a_passage_near_the_end_is_filled_from_before() -> None:
    text = f"{FILLER} {FILLER} {FILLER} النفط"
    (shown,) = passages_of("نفط", text, count=1)
    assert shown.endswith("[النفط]")
    assert len(shown) > 180


def test_line_ends_are_spaces_in_a_passage() -> None:
    assert passages_of("نفط", "النفط\r\n\n\tوالغاز") == ["[النفط] والغاز"]


def test_a_run_without_blanks_is_cut_between_letters_with_their_marks() -> None:
    text = "نفط " + "م\u064f\u0651" * 300
    (shown,) = passages(text, spans("نفط", text), length=101)
    assert re.fullmatch("نفط (?:م\u064f\u0651)+", plain(shown))


def test_a_picture_made_of_several_is_not_cut() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467\U0001f3fd"
    for length in range(20, 40):
        text = "نفط " + family * 50
        (shown,) = passages(text, spans("نفط", text), length=length)
        assert re.fullmatch(f"نفط ?(?:{family})*", plain(shown))


# Phrases, and words near each other


def found(node: Node, text: str) -> list[Match]:
    return Matcher(node).spans(text, TextField.BODY)


def shown(node: Node, text: str, **options: int) -> list[str]:
    return [written(passage.pieces) for passage in passages(text, found(node, text), **options)]


def test_a_passage_that_shows_a_phrase_whole_is_better_than_one_that_shows_its_half() -> None:
    phrase = Phrase(("سعر", "القمح", "العالمي"))
    text = f"قمح {FILLER}. سعر القمح العالمي. {FILLER}."
    for length in range(20, 60, 4):
        (passage,) = shown(phrase, text, count=1, length=length)
        assert "[سعر] [القمح] [العالمي]" in passage


def test_a_passage_shows_whole_what_is_near_each_other() -> None:
    near = Near((Word("قمح"), Word("ميناء")), 6)
    text = f"{FILLER}. قمح كثير وصل أمس إلى الميناء. {FILLER}. {FILLER}. قمح في ميناء. {FILLER}."
    first, second = shown(near, text, length=60)
    assert "[قمح] كثير وصل أمس إلى [الميناء]" in first
    assert "[قمح] في [ميناء]" in second


def test_what_is_near_each_other_counts_where_it_is_shown_whole() -> None:
    near = Near((Word("قمح"), Word("ميناء")), 12)
    apart = "قمح من بلاد بعيدة وصل إلى المدينة في سفينة كبيرة رست أمام الميناء"
    text = f"{apart}. {FILLER}. {FILLER}. قمح في ميناء. {FILLER}."
    (passage,) = shown(near, text, count=1, length=45)
    assert "[قمح] في [ميناء]" in passage


def test_what_is_too_far_apart_for_one_passage_is_shown_word_by_word() -> None:
    same = Same(Unit.SENTENCE, (Word("قمح"), Word("ميناء")))
    text = f"قمح {FILLER} {FILLER} ميناء."
    assert [("[قمح]" in passage, "[ميناء]" in passage) for passage in shown(same, text, length=60)] == [
        (True, False),
        (False, True),
    ]


def test_an_article_that_does_not_hold_enough_is_shown_from_its_beginning() -> None:
    text = f"أول الكلام. {FILLER}. {FILLER}. قمح وقمح."
    assert shown(AtLeast(3, Word("قمح")), text, count=1)[0].startswith("أول الكلام.")


# Anything at all

NODES = st.sampled_from(
    [
        Phrase(("تنظيم", "الدولة")),
        Near((Word("نفط"), Phrase(("تنظيم", "الدولة"))), 8),
        Same(Unit.PARAGRAPH, (Word("نفط"), Word("تنظيم"))),
        AtLeast(2, Word("نفط")),
    ]
)

WORDS = [
    "نفط",
    "النفطُ",
    "غازٌ",
    "وغاز",
    "تنظيم",
    "الدولة.",
    "كلام،",
    "عام2014",
    "x" * 30,
    "👨‍👩‍👧",
    "e\u0301\u0301",
    "ـ",
    "؟",
]
TEXTS = st.lists(st.sampled_from([*WORDS, " ", " ", "  ", "\n", "\n\n", "\u200f"]), max_size=120).map("".join)
QUERY = 'نفط غاز "تنظيم الدولة" x* 2014'


@given(TEXTS)
def test_pieces_joined_are_the_text(text: str) -> None:
    shown = pieces(text, spans(QUERY, text))
    assert "".join(piece.text for piece in shown) == text
    assert [piece.text for piece in shown if piece.matched] == [
        text[s.start : s.end] for s in spans(QUERY, text)
    ]


@given(TEXTS)
def test_paragraphs_hold_every_mark_and_every_letter(text: str) -> None:
    shown = marked_paragraphs(text, spans(QUERY, text))
    assert ["".join(piece.text for piece in line) for line in shown] == [
        line.strip() for line in text.split("\n") if line.strip()
    ]
    assert sum(piece.matched for line in shown for piece in line) == len(spans(QUERY, text))


@settings(max_examples=300)
@given(TEXTS, st.integers(1, 4), st.integers(5, 300))
def test_passages_are_parts_of_the_text_in_order_without_overlap(text: str, count: int, length: int) -> None:
    found = spans(QUERY, text)
    shown = passages(text, found, count=count, length=length)
    flat = " ".join(text.split())
    at = 0
    for passage in shown:
        at = flat.index(plain(passage), at) + len(plain(passage).rstrip())
        assert 0 < len(plain(passage)) <= length
        assert plain(passage) == plain(passage).strip()
        assert not found or any(piece.matched for piece in passage.pieces)
    assert len(shown) <= count
    assert bool(shown) == bool(text.strip())


@settings(max_examples=200)
@given(TEXTS)
def test_passages_of_the_usual_length_cut_no_word(text: str) -> None:
    words = set(text.split())
    longest = max(map(len, words), default=0)
    for passage in passages(text, spans(QUERY, text)) if longest < 60 else ():
        inner = plain(passage).split(" ")
        assert set(inner) <= words


def test_long_texts_take_no_time() -> None:
    text = f"النفط والغاز {FILLER}.\n" * 3_000
    found = spans("نفط غاز", text)
    begun = time.perf_counter()
    assert len(passages(text, found)) == 2
    assert len(marked_paragraphs(text, found)) == 3_000
    assert time.perf_counter() - begun < 2


@settings(max_examples=200)
@given(NODES, TEXTS, st.integers(1, 3), st.integers(20, 120))
def test_passages_of_phrases_and_nearness_do_not_overlap_and_show_what_fits(
    node: Node, text: str, count: int, length: int
) -> None:
    matches = found(node, text)
    shown = passages(text, matches, count=count, length=length)
    flat, at = " ".join(text.split()), 0
    for passage in shown:
        at = flat.index(plain(passage), at) + len(plain(passage))
        assert not matches or any(piece.matched for piece in passage.pieces)
    assert len(shown) <= count
