"""What a curator corrected stays, field by field: no import, no reading by newer rules, no restoring takes it back."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from articles import curation
from articles.importing.reextraction import reextract
from articles.importing.store.undoing import undo
from articles.models.article import Article
from articles.models.import_run import ImportRun
from tests.exporting.whole import export_to, restore_from
from tests.factories import make_source
from tests.importing.samples import record

pytestmark = pytest.mark.django_db

ADDRESS = "https://news.example.org/1"
FIRST = record(
    1, title="عنوان أول", body="متن أول.", author="ليلى الحداد", source="جريدة الأفق", section="سياسة",
    date="2015-07-21", url=ADDRESS,
)  # fmt: skip
SECOND = FIRST | {
    "title": "عنوان ثانٍ", "body": "متن ثانٍ أطول منه.", "author": "سامر القيسي", "source": "وكالة الساحل",
    "section": "اقتصاد", "date": "2016-01-09", "city": "بغداد", "dateline": "بغداد – الساحل",
}  # fmt: skip
CORRECTED = {
    "title": "عنوان المحرر", "body": "متن المحرر.", "author": "هدى سالم", "section": "ثقافة", "language": "fa",
    "dateline": "البصرة", "city": "البصرة", "country": "العراق", "external_id": "رقم المحرر",
    "url": "https://news.example.org/corrected", "published_on": date(2014, 3, 9), "source": "صحيفة المدار",
}  # fmt: skip


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_user("سعاد", is_staff=True)


@pytest.fixture
def article(importer, write_json) -> Article:
    importer(write_json("first.json", [FIRST]))
    return Article.objects.get()


def correct(article: Article, name: str, curator: User) -> object:
    """Give one field a curator's value; the value."""
    value = make_source(CORRECTED[name]) if name == "source" else CORRECTED[name]
    setattr(article, name, value)
    curation.save_correction(article, [name], by=curator)
    return value


def says(article: Article, name: str) -> object:
    return getattr(Article.objects.select_related("source").get(pk=article.pk), name)


@pytest.mark.parametrize("name", CORRECTED)
def test_an_import_that_updates_leaves_what_a_curator_gave(importer, write_json, article, curator, name):
    value = correct(article, name, curator)
    importer(write_json("second.json", [SECOND]), on_duplicate="update")

    if name == "url":  # by another address it is another article
        assert (says(article, "url"), Article.objects.count()) == (value, 2)
        return
    assert says(article, name) == value
    assert Article.objects.count() == 1
    other = "author" if name != "author" else "title"
    assert says(article, other) == SECOND[other]
    assert Article.objects.get().evidence[name]["place"] == "curator"


@pytest.mark.parametrize("name", CORRECTED)
def test_reading_again_leaves_what_a_curator_gave(importer, article, curator, name):
    Article.objects.filter(pk=article.pk).update(section="قديم", author="قديم")
    article.refresh_from_db()
    value = correct(article, name, curator)
    reextract(Article.objects.all(), store=importer.store, alone=True)

    assert says(article, name) == value
    other = "author" if name != "author" else "section"
    assert says(article, other) == FIRST[other]


@pytest.mark.parametrize("name", CORRECTED)
def test_restoring_an_export_made_before_leaves_what_a_curator_gave(
    importer, article, curator, name, tmp_path
):
    export_to(tmp_path / "export")
    value = correct(article, name, curator)
    restore_from(tmp_path / "export")
    assert says(article, name) == value
    assert Article.objects.count() == 1


@pytest.mark.parametrize("name", CORRECTED)
def test_undoing_an_update_leaves_what_a_curator_gave(importer, write_json, article, curator, name):
    importer(write_json("second.json", [SECOND]), on_duplicate="update")
    article.refresh_from_db()
    value = correct(article, name, curator)
    undo(ImportRun.objects.first(), store=importer.store)
    assert says(article, name) == value


@pytest.mark.parametrize("name", sorted(set(CORRECTED) - {"url", "external_id"}))
def test_what_was_given_back_is_set_by_the_next_reading(importer, article, curator, name):
    before = says(article, name)
    correct(article, name, curator)
    assert curation.release(article, name, by=curator)
    assert says(article, name) != before

    reextract(Article.objects.all(), store=importer.store, alone=True)
    assert says(article, name) == before
