"""Lines that repeat across a source, as proposals."""

import pytest

from articles.importing.store import repeating
from articles.importing.store.repeating import articles_to_read, find_repeated_lines
from articles.models.extraction import ExtractionRules, RepeatedLine
from tests.factories import make_article, make_source

pytestmark = pytest.mark.django_db

LINE = "هاتف غرفة الأخبار"


def fill(source="صحيفة المرفأ", count=6, line=LINE, **values):
    return [
        make_article(f"خبر {number}", f"فقرة من مقال {source} رقم {number}\n{line}", source=source, **values)
        for number in range(count)
    ]


def find(**how):
    return list(find_repeated_lines(**how))


def lines():
    return list(RepeatedLine.objects.values_list("source__name", "text", "articles", "of", "state"))


def test_a_line_of_many_articles_is_proposed_with_examples():
    made = fill()
    [found] = find()
    assert (found.articles, found.new, lines()) == (6, 1, [("صحيفة المرفأ", LINE, 6, 6, "proposed")])
    assert RepeatedLine.objects.get().examples == [article.public_id for article in made[:3]]


def test_lines_are_counted_within_a_source():
    fill("صحيفة المرفأ", 4)
    fill("وكالة الساحل", 4)
    assert (find(), lines()) == ([], [])


def test_one_source_alone_can_be_read():
    fill("صحيفة المرفأ")
    fill("وكالة الساحل")
    source = make_source("وكالة الساحل")
    assert articles_to_read(source) == 6
    find(source=source)
    assert [line[0] for line in lines()] == ["وكالة الساحل"]


def test_a_decided_line_gets_its_counts_and_stays_decided():
    fill()
    find()
    RepeatedLine.objects.update(state="dismissed")
    fill(count=2)
    [found] = find()
    assert (found.new, lines()) == (0, [("صحيفة المرفأ", LINE, 8, 8, "dismissed")])


def test_a_proposal_that_no_longer_repeats_goes_and_a_decision_stays():
    made = fill()
    find()
    for article in made:
        article.body = article.title
        article.save()
    RepeatedLine.objects.create(source=make_source(), key="x", text="x", state="approved")
    RepeatedLine.objects.create(source=make_source("صحيفة المرفأ"), key="y", text="y", state="approved")
    find()
    assert sorted(line[1] for line in lines()) == ["x", "y"]


def test_what_the_rules_drop_already_is_not_proposed():
    fill()
    ExtractionRules.objects.create(source=make_source("صحيفة المرفأ"), drop_lines="هاتف غرفه الاخبار!")
    find()
    assert lines() == []


def test_articles_taken_from_readers_do_not_count():
    fill(status="withdrawn")
    assert find() == []


@pytest.mark.parametrize("batch", [1, 4, 6, 100])
def test_the_size_of_batches_changes_nothing(monkeypatch, batch):
    monkeypatch.setattr(repeating, "BATCH", batch)
    fill()
    seen = []
    find(progress=seen.append)
    assert (sum(seen), lines()[0][2]) == (6, 6)
