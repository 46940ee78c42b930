"""A question set is read or refused with its file and line, and asked through the site's own search."""

from collections.abc import Callable
from pathlib import Path

import pytest

from articles.search.composition import leaves
from articles.search.evaluating import (
    Asked,
    QuestionSet,
    QuestionSetProblem,
    Setup,
    evaluate,
    headline_set,
    read_judgements,
    read_queries,
    read_question_set,
    setup_question,
)
from articles.search.request import Need
from articles.search.syntax import And, FieldName, In, Level, Node, Or, Word
from tests.conftest import Archive

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """`write("q1\\tنفط", name="queries.tsv")` writes a file."""

    def made(*lines: str, name: str = "queries.tsv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines), "utf-8")
        return path

    return made


def words_of(tree: Node) -> list[str]:
    return [leaf.text for leaf in leaves(tree) if isinstance(leaf, Word)]


def nothing(count: int) -> None:
    """For those who want no progress."""


# Reading


def test_queries_are_lines_of_a_name_and_a_text(write: Write) -> None:
    assert read_queries(write("\ufeffq1\tمتى افتتح الجسر؟", "", "q2\tمن بناه؟\r")) == {
        "q1": "متى افتتح الجسر؟",
        "q2": "من بناه؟",
    }


@pytest.mark.parametrize("line", ["q1 without a tab", "\tنص", "q1\t "])
def test_a_line_that_is_no_query_is_told_with_its_number(write: Write, line: str) -> None:
    with pytest.raises(QuestionSetProblem, match=r"queries\.tsv, line 2: expected a query id, a tab"):
        read_queries(write("q0\tنفط", line))


def test_a_query_that_is_there_twice_is_refused(write: Write) -> None:
    with pytest.raises(QuestionSetProblem, match="line 2: query q1 is there twice"):
        read_queries(write("q1\tنفط", "q1\tقمح"))


def test_judgements_have_four_columns_or_three(write: Write) -> None:
    expected = {"q1": {"a": 1, "b": 2}}
    assert read_judgements(write("q1 0 a 1", "q1 0 b 2", "q1 0 c 0")) == expected
    assert read_judgements(write("q1\ta\t1", "q1\tb\t2")) == expected


def test_an_id_may_hold_a_blank_where_columns_are_cut_by_tabs(write: Write) -> None:
    assert read_judgements(write("q1\t0\tpage 7\t1")) == {"q1": {"page 7": 1}}


def test_judgements_with_other_columns_are_told_with_their_line(write: Write) -> None:
    with pytest.raises(QuestionSetProblem, match=r"qrels\.tsv, line 2: expected 3 or 4 columns .*, not 2"):
        read_judgements(write("q1 a 1", "q1 a", name="qrels.tsv"))


def test_a_grade_is_a_whole_number(write: Write) -> None:
    with pytest.raises(QuestionSetProblem, match="line 1: the grade must be a whole number, not 'yes'"):
        read_judgements(write("q1 a yes"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetProblem, match="nowhere.tsv cannot be read: No such file"):
        read_queries(tmp_path / "nowhere.tsv")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "old.tsv"
    path.write_bytes("q1\tنفط".encode("cp1256"))
    with pytest.raises(QuestionSetProblem, match=r"old\.tsv is not UTF-8 text"):
        read_queries(path)


def test_documents_are_the_ids_that_came_with_articles(archive: Archive, write: Write) -> None:
    known = archive.add("جسر", external_id="page-1")
    archive.add("نهر", external_id="page-2", status="draft")
    queries = write("q1\tجسر", "q2\tنهر", "q3\tسد", name="q.tsv")
    found = read_question_set(queries, write("q1 0 page-1 2", "q2 0 page-2 1", name="r.tsv"))
    assert found == QuestionSet((Asked("q1", "جسر", {known.pk: 2}),), unjudged=1, absent=1)


def test_odd_and_even_lines_share_the_questions_between_them() -> None:
    questions = QuestionSet(tuple(Asked(str(number), "نفط", {1: 1}) for number in range(1, 6)))
    assert [asked.name for asked in questions.lines("odd").asked] == ["1", "3", "5"]
    assert [asked.name for asked in questions.lines("even").asked] == ["2", "4"]
    assert questions.lines("all") == questions


def test_a_seed_draws_the_same_questions_again() -> None:
    questions = QuestionSet(tuple(Asked(str(number), "نفط", {1: 1}) for number in range(100)))
    drawn = questions.sample(10, 3)
    assert drawn == questions.sample(10, 3) != questions.sample(10, 4)
    assert len(drawn.asked) == 10
    assert questions.sample(500, 3) == questions


def test_headlines_are_those_that_articles_came_with(archive: Archive) -> None:
    told = archive.add("افتتاح الجسر", "قص المحافظ الشريط")
    archive.add("مسودة", "نص", status="draft")
    archive.add("بلا نص", "")
    archive.add("قال المحافظ", "قال المحافظ", title_is_derived=True)
    assert headline_set(10, 0).asked == (Asked(str(told.pk), "افتتاح الجسر", {told.pk: 1}),)


# What is asked


def tree_of(text: str, setup: Setup) -> Node:
    return setup_question(text, setup).tree


def test_any_of_the_words_or_all_of_them(db: None) -> None:
    words = (Word("افتتح", Level.STEM), Word("الجسر", Level.STEM))
    assert tree_of("متى افتتح الجسر؟", Setup(need=Need.ANY)) == Or(words)
    assert tree_of("متى افتتح الجسر؟", Setup(need=Need.ALL)) == And(words)


def test_punctuation_and_operators_in_a_question_are_no_operators(db: None) -> None:
    tree = tree_of('- ما سعر "برميل النفط" (أو الغاز)، المصدر: -أوبك؟*', Setup())
    assert words_of(tree) == ["سعر", "برميل", "النفط", "الغاز", "المصدر", "أوبك"]


def test_a_question_in_one_field_asks_nothing_elsewhere(db: None) -> None:
    setup = Setup(field=FieldName.BODY, level=Level.NORMALISED)
    assert tree_of("الجسر", setup) == In(FieldName.BODY, Word("الجسر", Level.NORMALISED))


@pytest.fixture
def bridges(archive: Archive) -> dict[str, int]:
    """Three articles about bridges; their keys by name."""
    keys = {
        "opened": archive.add("افتتاح جسر الشهداء", "افتتح المحافظ جسر الشهداء بعد ترميمه").pk,
        "closed": archive.add("إغلاق طريق", "أغلقت البلدية الطريق المؤدي إلى جسر الحديد").pk,
        "other": archive.add("موسم القمح", "بدأ حصاد القمح في السهل").pk,
    }
    archive.index()
    return keys


@pytest.mark.parametrize("ranking", ["warraq", "light10"])
def test_each_question_is_measured_by_what_it_brings_up(bridges: dict[str, int], ranking: str) -> None:
    questions = [
        Asked("1", "متى افتتح جسر الشهداء؟", {bridges["opened"]: 1}),
        Asked("2", "متى بدأ حصاد الزيتون؟", {bridges["other"]: 1}),
        Asked("3", "أين البحر؟", {bridges["other"]: 1}),
    ]
    outcome = evaluate(questions, Setup(ranking=ranking), nothing)
    assert [measures.mrr_10 for measures in outcome.measures] == [1.0, 1.0, 0.0]
    assert outcome.too_costly == 0
    assert len(outcome.seconds) == 3


def test_all_of_the_words_find_less_than_any(bridges: dict[str, int]) -> None:
    questions = [Asked("1", "حصاد الزيتون", {bridges["other"]: 1})]
    assert evaluate(questions, Setup(need=Need.ALL), nothing).measures[0].recall_100 == 0.0
    assert evaluate(questions, Setup(need=Need.ANY), nothing).measures[0].recall_100 == 1.0


def test_a_stricter_level_finds_less(bridges: dict[str, int]) -> None:
    questions = [Asked("1", "محافظ", {bridges["opened"]: 1})]
    assert evaluate(questions, Setup(level=Level.NORMALISED), nothing).measures[0].recall_100 == 0.0
    assert evaluate(questions, Setup(level=Level.STEM), nothing).measures[0].recall_100 == 1.0


@pytest.mark.parametrize("ranking", ["warraq", "light10"])
def test_a_headline_does_not_find_itself_in_the_title(bridges: dict[str, int], ranking: str) -> None:
    questions = [Asked("1", "إغلاق", {bridges["closed"]: 1}), Asked("2", "موسم", {bridges["other"]: 1})]
    outcome = evaluate(questions, Setup(ranking=ranking, field=FieldName.BODY), nothing)
    assert [measures.recall_100 for measures in outcome.measures] == [0.0, 0.0]


def test_progress_is_told_question_by_question(bridges: dict[str, int]) -> None:
    told: list[int] = []
    evaluate([Asked(str(number), "جسر", {bridges["opened"]: 1}) for number in range(3)], Setup(), told.append)
    assert told == [1, 1, 1]


def test_a_question_that_runs_out_of_time_found_nothing(
    bridges: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.search.engines.whoosh.backend.SECONDS_A_QUERY", -1.0)
    outcome = evaluate([Asked("1", "جسر", {bridges["opened"]: 1})], Setup(), nothing)
    assert outcome.too_costly == 1
    assert outcome.measures[0].recall_100 == 0.0
