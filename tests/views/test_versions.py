"""The versions of an article, as readers see them: their list, what changed, and where the article tells of them."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles import curation
from articles.importing.store import versions
from articles.importing.store.versions import said_by
from articles.models.article import Article, Status
from articles.models.version import ArticleVersion, Cause
from tests.conftest import Archive
from tests.factories import make_capture
from tests.views.conftest import Read

BODY = "مقدمة كما كانت.\n\nقتل 5 أشخاص في انفجار السوق.\n\nخاتمة أولى.\n\nخاتمة ثانية."


def changed(article: Article, cause: str = Cause.CAPTURE, **values: object) -> ArticleVersion:
    """The next version, which a capture brought."""
    last = article.versions.order_by("-number").first()
    before = versions.said_in(last) if last else said_by(article)
    capture = make_capture(article, captured_at=datetime(2020, 1, 2, 3, 4, tzinfo=UTC))
    fields = {name: getattr(before, name) for name in versions.SAID} | {"text_digest": ""} | values
    made = versions.add(article, before, versions.Said(**fields), cause=Cause(cause), capture=capture)
    assert made
    return made


@pytest.fixture
def article(archive: Archive) -> Article:
    made = archive.add("مقتل خمسة في السوق", BODY, published_on="2017-02-14")
    make_capture(made)
    return made


def test_an_article_that_never_changed_says_nothing_of_versions(article: Article, read: Read) -> None:
    assert "صيغ" not in read(article.get_absolute_url()).text
    assert "لم يتغيّر منذ دخل الأرشيف" in read(f"{article.get_absolute_url()}versions/").text


def test_the_article_tells_in_plain_words_what_the_newspaper_changed(article: Article, read: Read) -> None:
    changed(article, title="مقتل سبعة في السوق")
    changed(article, body=BODY.replace("5", "7"))
    text = read(article.get_absolute_url()).text
    assert "لهذا المقال 3 صيغ." in text
    assert "غيّرت الصحيفة عنوانه وأرقاماً فيه بعد نشره." in text


def test_what_the_archive_changed_is_not_told_as_the_newspaper_s(
    article: Article, read: Read, django_user_model: type[User]
) -> None:
    article.title = "عنوان صحّحناه"
    curation.save_correction(article, ["title"], by=django_user_model.objects.create(username="منى"))
    text = read(article.get_absolute_url()).text
    assert "لهذا المقال صيغتان." in text and "غيّرت الصحيفة" not in text
    listed = read(f"{article.get_absolute_url()}versions/").text
    assert "لم تغيّرها الصحيفة: صحّحها محرّر الأرشيف." in listed and "منى" not in listed


def test_the_list_says_when_whence_and_what_changed(article: Article, read: Read) -> None:
    made = changed(article, title="مقتل سبعة في السوق")
    page = read(f"{article.get_absolute_url()}versions/")
    assert "الصيغة 1 (هي المعروضة)" in page.text
    assert "ما تغيّر عن الصيغة 1" in page.text and "لم نجد في النص تنبيهاً" in page.text
    assert made.capture and f"{article.get_absolute_url()}captures/{made.capture.sha256}/" in page.links


def test_a_version_shows_words_that_came_and_went_and_folds_what_stayed(
    article: Article, client: Client, read: Read
) -> None:
    changed(article, body=BODY.replace("5", "7"), author="هدى سالم")
    text = read(f"{article.get_absolute_url()}versions/2/").text
    assert "حُذف: 5 انتهى." in text and "أُضيف: 7 انتهى." in text and "صار: هدى سالم" in text
    assert "… فقرة واحدة بلا تغيير" in text and "… فقرتان بلا تغيير" in text
    html = client.get(f"{article.get_absolute_url()}versions/2/").content.decode()
    assert html.count("<del>") == 1 and html.count("<ins>") == 2


def test_spelling_is_marked_apart(article: Article, client: Client) -> None:
    changed(article, body=BODY.replace("قتل", "قُتل"))
    assert '<ins class="spelling">' in client.get(f"{article.get_absolute_url()}versions/2/").content.decode()


def test_another_version_can_be_compared_with(article: Article, read: Read) -> None:
    changed(article, body=BODY.replace("5", "7"))
    changed(article, body=BODY.replace("5", "9"))
    here = f"{article.get_absolute_url()}versions/3/"
    assert "حُذف: 7" in read(here).text
    assert "حُذف: 5" in read(f"{here}?with=1").text
    for wrong in ("3", "8", "x", "-1", "٣", "9" * 30):
        read(f"{here}?with={wrong}", status=404)


def test_what_is_gone_from_between_is_passed_over(article: Article, read: Read) -> None:
    changed(article, body=BODY.replace("5", "7"))
    changed(article, body=BODY.replace("5", "9"))
    article.versions.filter(number=2).delete()
    assert "حُذف: 5" in read(f"{article.get_absolute_url()}versions/3/").text


def test_the_first_version_is_shown_alone(article: Article, read: Read) -> None:
    changed(article, title="مقتل سبعة في السوق")
    text = read(f"{article.get_absolute_url()}versions/1/").text
    assert "مقتل خمسة في السوق" in text and "حُذف" not in text


def test_a_version_that_a_curator_took_says_so(
    article: Article, read: Read, django_user_model: type[User]
) -> None:
    made = changed(article, title="مقتل سبعة في السوق")
    curation.take_version(article, made, by=django_user_model.objects.create(username="منى"))
    for address in ("versions/", "versions/3/"):
        assert "اختار محرّر الأرشيف عرض الصيغة 2" in read(f"{article.get_absolute_url()}{address}").text


@pytest.mark.parametrize("address", ["versions/", "versions/1/", "versions/2/"])
@pytest.mark.parametrize("status, answer", [(Status.DRAFT, 404), (Status.WITHDRAWN, 410)])
def test_versions_of_what_is_not_published_are_not_there(
    article: Article, client: Client, address: str, status: str, answer: int
) -> None:
    changed(article, title="آخر")
    Article.objects.update(status=status)
    assert client.get(f"{article.get_absolute_url()}{address}").status_code == answer


@pytest.mark.parametrize("address", ["versions/", "versions/2/"])
def test_search_engines_are_asked_to_leave_versions_alone(
    article: Article, client: Client, address: str
) -> None:
    changed(article, title="آخر")
    response = client.get(f"{article.get_absolute_url()}{address}")
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("address", ["versions/", "versions/1/", "versions/2/"])
def test_the_pages_are_well_formed_in_both_languages(
    article: Article, client: Client, read: Read, language: str, address: str
) -> None:
    changed(article, title="<script>", body=BODY.replace("5", "<b>7</b>"))
    client.cookies["django_language"] = language
    assert read(f"{article.get_absolute_url()}{address}").text


def test_the_number_of_queries_does_not_grow_with_the_versions(
    article: Article, client: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        changed(article, body=BODY.replace("5", str(number + 10)))
    for address, most in (("", 12), ("versions/", 6), ("versions/30/", 6)):
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            assert client.get(f"{article.get_absolute_url()}{address}").status_code == 200
