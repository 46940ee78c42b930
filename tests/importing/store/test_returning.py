"""A text that stands taken down and comes in again under another address is not published."""

import pytest
from django.contrib.auth.models import User

from articles import curation, takedown
from articles.importing.store.returning import TakenDownTexts
from articles.models.article import Article, Status
from articles.models.import_run import ImportItem
from articles.models.returned_text import ReturnedText
from articles.takedown import Demand
from tests.importing.samples import FIRST, SECOND, record

pytestmark = pytest.mark.django_db

LONG = "\n\n".join(f"{FIRST} {SECOND} وذكر الشاهد رقم {number} ما رآه في السوق يومها." for number in range(6))


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("سعاد", is_staff=True)


@pytest.fixture
def taken_down(importer, write_json, curator) -> Article:
    importer(write_json("first.json", [record(1, body=LONG)]))
    article = Article.objects.get()
    takedown.take_down(article, Demand(), by=curator)
    return article


def again(importer, write_json, **values) -> Article:
    importer(write_json("second.json", [record(2, **values)]))
    return Article.objects.latest("pk")


@pytest.mark.parametrize(
    "values",
    [
        {"title": record(1)["title"], "body": LONG},
        {"title": record(1)["title"], "body": LONG.replace("أ", "ا").replace("،", "")},
        {"title": "عنوان جديد لنص قديم", "body": LONG},
        {"title": "عنوان جديد", "body": f"{LONG}\n\nنُشر هذا النص في الموقع الثاني."},
        {"title": "عنوان جديد", "body": "\n\n".join(LONG.split("\n\n")[:-1])},
    ],
    ids=["the same", "spelled otherwise", "another headline", "longer", "shorter"],
)
def test_it_waits_in_review_with_a_note(importer, write_json, taken_down, values):
    article = again(importer, write_json, **values)
    assert article.status == Status.IN_REVIEW
    returned = ReturnedText.objects.get()
    assert (returned.article, returned.takedown.article) == (article, taken_down)
    note = ImportItem.objects.latest("pk").notes[-1]
    assert note == {"code": "taken_down_text", "text": taken_down.public_id}


def test_another_text_is_published_as_ever(importer, write_json, taken_down):
    article = again(importer, write_json, body="خبر آخر تماماً عن شيء لا صلة له بالسوق ولا بالبلدية.")
    assert article.status == Status.PUBLISHED
    assert not ReturnedText.objects.exists()


def test_nobody_publishes_it_before_somebody_decided(importer, write_json, taken_down, curator):
    article = again(importer, write_json, body=LONG)
    assert curation.publish(article, by=curator) == 0
    assert takedown.let_go(ReturnedText.objects.all(), by=curator) == 1
    assert curation.publish(article, by=curator) == 1


def test_taking_it_down_too_decides(importer, write_json, taken_down, curator):
    article = again(importer, write_json, body=LONG)
    takedown.take_down(article, Demand(), by=curator)
    assert ReturnedText.objects.get().decided_by == curator


def test_what_was_lifted_is_no_longer_looked_for(importer, write_json, taken_down, curator):
    takedown.restore(taken_down, by=curator)
    assert again(importer, write_json, body=LONG).status == Status.PUBLISHED


def test_a_text_taken_down_while_an_import_runs_is_known_to_its_next_chunk(
    taken_down, curator, django_assert_num_queries
):
    texts = TakenDownTexts()
    texts.refresh()
    with django_assert_num_queries(1):
        texts.refresh()
    takedown.restore(taken_down, by=curator)
    texts.refresh()
    assert not texts._by_digest


def test_without_takedowns_nothing_is_compared(importer, write_json, django_assert_num_queries):
    texts = TakenDownTexts()
    with django_assert_num_queries(1):
        texts.refresh()
    assert again(importer, write_json).status == Status.PUBLISHED
