"""What the columns beside an article's evidence tell is what it says, whoever wrote it."""

import pytest
from django.contrib.auth.models import User

from articles import curation, reverting
from articles.importing.reextraction import reextract
from articles.importing.store.undoing import undo
from articles.models.article import Article
from articles.models.change import Change
from articles.models.evidence import corrected_fields, lowest_confidence
from articles.models.import_run import ImportRun
from tests.factories import make_article
from tests.importing.crawls import page
from tests.importing.samples import record

pytestmark = pytest.mark.django_db


def told() -> list[tuple[float | None, int | None]]:
    """The columns of all articles, each held against its evidence."""
    rows = Article.objects.order_by("pk").values_list("confidence", "corrected", "evidence")
    for confidence, corrected, evidence in rows:
        assert (confidence, corrected) == (lowest_confidence(evidence), corrected_fields(evidence))
    return [row[:2] for row in rows]


def correct(article: Article) -> None:
    article.author = "ليلى الحداد"
    curation.save_correction(article, ["author"], by=User.objects.get_or_create(username="ليلى")[0])


def test_an_import_of_a_page_tells_its_doubts(importer, write):
    importer(write("page.html", page()))
    ((confidence, corrected),) = told()
    assert confidence is not None
    assert 0 < confidence < 1
    assert corrected is None


def test_a_correction_and_its_taking_back_are_told(importer, write):
    importer(write("page.html", page()))
    article = Article.objects.get()
    correct(article)
    assert [corrected for _confidence, corrected in told()] == [1]
    reverting.give_back(Change.objects.latest("pk"), by=User.objects.get())
    assert [corrected for _confidence, corrected in told()] == [1], "it is a correction too"


def test_a_newer_text_tells_its_own_doubts_and_undoing_it_those_before(importer, write_json):
    importer(write_json("one.json", [record()]))
    before = told()
    Article.objects.update(evidence={"title": {"place": "h1", "text": "", "confidence": 0.2}}, confidence=0.2)
    newer = record(title="عنوان آخر تماماً للخبر", body="نص آخر تماماً " * 20)
    assert importer(write_json("two.json", [newer]), on_duplicate="update").counts["updated"] == 1
    assert told() != [(0.2, None)]
    undo(ImportRun.objects.first(), store=importer.store)
    assert [confidence for confidence, _corrected in told()] == [0.2]
    assert before == [(None, None)]


def test_a_text_derived_again_tells_what_it_says_then(importer, write):
    importer(write("page.html", page()))
    said = told()
    Article.objects.update(evidence={}, confidence=None)
    reextract(Article.objects.all(), store=importer.store, report=lambda _told: None)
    assert told() == said


def test_what_is_no_evidence_tells_nothing():
    make_article(evidence={"title": "h1", "author": {"confidence": "sure"}, "body": {"confidence": 7}})
    make_article(evidence=[1, 2])
    assert told() == [(None, None), (None, None)]
