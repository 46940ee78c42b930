"""Versions: what an import, a curator and newer rules leave behind of what an article said."""

import json
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from articles import curation
from articles.importing import run as run_module
from articles.importing.store import versions
from articles.importing.store.versions import said_by
from articles.models.article import Article
from articles.models.version import ArticleVersion, Cause
from tests.factories import make_article, make_capture
from tests.importing.samples import BODY, SECOND, TITLE, record

pytestmark = pytest.mark.django_db

EDITED = BODY.replace(BODY.split()[0], "صباحاً", 1)
FIELDS = (
    "article__url", "number", "base", "cause", "title", "body", "author", "published_on", "text_digest",
    "capture__locator",
    "was_headline_changed", "were_numbers_changed", "is_silent", "reviewed_at",
)  # fmt: skip


def told():
    """The versions, whatever the keys."""
    return list(ArticleVersion.objects.order_by("article__url", "number").values_list(*FIELDS))


def texts(name="title"):
    return list(ArticleVersion.objects.order_by("article", "number").values_list(name, flat=True))


@pytest.fixture
def curator():
    return User.objects.create(username="منى")


@pytest.fixture(params=["one chunk", "many chunks", "many runs"])
def imports(request, importer, write_json, monkeypatch):
    """Imports records in one chunk, in chunks of one, or each in a run of its own."""

    def together(*records, **options):
        if request.param != "one chunk":
            monkeypatch.setattr(run_module, "CHUNK_ITEMS", 1)
        if request.param != "many runs":
            return importer(write_json("all.json", records), **options)
        for number, item in enumerate(records):
            importer(write_json(f"{number}.json", [item]), **options)

    return together


def test_an_article_that_never_changed_has_no_versions(imports):
    imports(record(1), record(2), {**record(1), "crawled_at": "2020-01-02"})
    assert texts() == []


def test_another_wording_is_a_version_and_the_text_shown_stays(imports):
    imports(record(1), record(1, title="عنوان آخر"))
    first, second = ArticleVersion.objects.order_by("number")
    assert (Article.objects.get().title, first.title, second.title) == (
        f"{TITLE} 1",
        f"{TITLE} 1",
        "عنوان آخر",
    )
    assert (first.number, first.base, second.number, second.base) == (1, None, 2, 1)
    captures = list(Article.objects.get().captures.order_by("pk"))
    assert [first.capture, second.capture] == captures
    assert [first.run, second.run] == [capture.run for capture in captures]
    assert (first.cause, second.was_headline_changed, second.is_silent) == (Cause.CAPTURE, True, True)


def test_with_update_the_article_takes_the_text_and_both_wordings_are_versions(imports):
    imports(record(1), record(1, body=EDITED), record(1, body=SECOND), on_duplicate="update")
    assert (Article.objects.get().body, texts("body")) == (SECOND, [record(1)["body"], EDITED, SECOND])


def test_with_skip_nothing_is_kept(imports):
    imports(record(1), record(1, title="عنوان آخر"), on_duplicate="skip")
    assert texts() == []


@pytest.mark.parametrize("on_duplicate", ["capture", "update"])
def test_words_that_were_said_before_are_no_version(imports, on_duplicate):
    imports(
        record(1),
        record(1, title="عنوان آخر"),
        {**record(1), "x": 1},
        {**record(1, title="عنوان آخر"), "x": 2},
        {**record(1, title="عُنْوان  آخر"), "x": 3},
        on_duplicate=on_duplicate,
    )
    assert texts() == [f"{TITLE} 1", "عنوان آخر"]


def test_a_wording_that_came_back_later_is_a_version(imports):
    moments = ("2020-01-01 10:00:00", "2020-01-02 10:00:00", "2020-01-03 10:00:00")
    titles = (f"{TITLE} 1", "عنوان آخر", f"{TITLE} 1")
    imports(
        *({**record(1, title=title), "crawled_at": at} for title, at in zip(titles, moments, strict=True))
    )
    assert texts() == list(titles)


def test_a_capture_of_an_earlier_moment_is_what_was_changed(imports):
    def at(day, title, **fields):
        return {**record(1, title=title, **fields), "crawled_at": f"2020-01-0{day} 10:00:00"}

    imports(at(5, "أخير"), at(1, "تصحيح: أول"), at(5, "أخير", x=1), at(6, "بعد الأخير"))
    rows = ArticleVersion.objects.order_by("number").values_list("title", "base", "is_silent")
    assert list(rows) == [("أخير", None, False), ("تصحيح: أول", 1, True), ("بعد الأخير", 1, True)]


@pytest.mark.parametrize(
    ("field", "value"),
    [("author", "هدى سالم"), ("body", EDITED), ("date", "2016-03-15"), ("title", f"{TITLE}؟ 1")],
)
def test_title_body_author_and_date_make_a_version(imports, field, value):
    imports(record(1, author="ليلى عمر"), record(1, **{"author": "ليلى عمر", field: value}))
    assert len(texts()) == 2


@pytest.mark.parametrize(
    "later",
    [
        {"author": ""},
        {"section": "رأي"},
        {"author": "لَيلى  عمر"},
        {"date": "", "crawled_at": "2020-01-02"},
        {"date": "2016-03"},
        {"title": ""},
        {"body": ""},
    ],
    ids=str,
)
def test_silence_makeshifts_and_spelling_make_none(imports, later):
    imports(record(1, author="ليلى عمر"), record(1, **{"author": "ليلى عمر", **later}))
    assert texts() == []


def test_a_point_that_makes_another_number_is_a_version(imports):
    imports(record(1, body="بلغت النسبة 1.5 أمس."), record(1, body="بلغت النسبة 15 أمس."))
    assert list(ArticleVersion.objects.values_list("were_numbers_changed", "is_silent")) == [
        (False, False),
        (True, True),
    ]


def test_a_declared_change_is_not_silent(imports):
    imports(record(1, body="قتل 5 أشخاص أمس."), record(1, body="تصحيح: القتلى 7.\n\nقتل 7 أشخاص أمس."))
    latest = ArticleVersion.objects.latest("number")
    assert (latest.were_numbers_changed, latest.is_silent) == (True, False)


def test_a_title_made_of_the_first_sentence_is_no_headline(imports):
    imports(
        {"url": record(1)["url"], "body": "أعلنت البلدية فتح السوق. وقالت إنه كبير."},
        {"url": record(1)["url"], "body": "أعلنت البلدية إغلاق السوق. وقالت إنه كبير."},
        {
            "url": record(1)["url"],
            "title": "إغلاق السوق",
            "body": "أعلنت البلدية إغلاق السوق. وقالت إنه كبير.",
        },
    )
    assert texts("was_headline_changed") == [False, False, False]


def test_chunks_and_runs_make_no_difference(importer, write_json, write, monkeypatch):
    lines = [
        json.dumps(
            record(
                number % 7, title=f"{TITLE} {number % 5}", body=f"قتل {number % 3} أمس في المدينة.", id=number
            ),
            ensure_ascii=False,
        )
        for number in range(60)
    ]
    outcomes = []
    for chunk in (500, 1, 7):
        monkeypatch.setattr(run_module, "CHUNK_ITEMS", chunk)
        importer(write("a.jsonl", "\n".join(lines)))
        outcomes.append(told())
        clear()
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert len(outcomes[0]) > 7


def clear():
    ArticleVersion.objects.all().delete()
    for article in Article.objects.all():
        article.captures.all().delete()
        article.delete()


def test_the_number_of_queries_does_not_grow_with_the_items(
    importer, write_json, django_assert_max_num_queries
):
    importer(write_json("a.json", [record(number) for number in range(100)]))
    with django_assert_max_num_queries(45):
        importer(write_json("b.json", [record(number, title=f"آخر {number}") for number in range(100)]))
    with django_assert_max_num_queries(45):
        importer(write_json("c.json", [record(number, title=f"ثالث {number}") for number in range(100)]))
    assert ArticleVersion.objects.count() == 300


# Curators


def correct(article, by, **values):
    for name, value in values.items():
        setattr(article, name, value)
    curation.save_correction(article, list(values), by=by)


def test_a_correction_is_a_version_of_its_curator(curator):
    article = make_article("خبر", "قتل 5 أمس.")
    capture = make_capture(article)
    correct(article, curator, body="قتل 7 أمس.")
    first, second = article.versions.order_by("number")
    assert (first.cause, first.capture, first.body) == (Cause.CAPTURE, capture, "قتل 5 أمس.")
    assert (second.cause, second.actor, second.body, second.base) == (Cause.CURATOR, curator, "قتل 7 أمس.", 1)
    assert (second.were_numbers_changed, second.is_silent) == (True, False)


def test_what_is_no_text_makes_no_version(curator):
    article = make_article("خبر", "متن")
    correct(article, curator, city="صيدا")
    assert article.versions.count() == 0


def test_an_article_that_a_curator_wrote_begins_with_the_curator(curator):
    article = Article(title="خبر", body="متن")
    curation.save_correction(article, ["title", "body"], by=curator)
    assert article.versions.count() == 0
    correct(article, curator, title="خبر آخر")
    assert list(article.versions.values_list("cause", "title")) == [
        ("curator", "خبر"),
        ("curator", "خبر آخر"),
    ]


def test_a_correction_is_never_taken_for_a_change_of_the_newspaper(importer, write_json, curator):
    importer(write_json("a.json", [record(1)]))
    correct(Article.objects.get(), curator, title="عنوان المحرر", author="هدى")
    importer(write_json("b.json", [record(1, x=1)]), on_duplicate="update")
    assert (Article.objects.get().title, texts()) == ("عنوان المحرر", [f"{TITLE} 1", "عنوان المحرر"])


def test_nor_does_it_hide_one(importer, write_json, curator):
    importer(write_json("a.json", [record(1)]))
    correct(Article.objects.get(), curator, body="متن المحرر.")
    importer(write_json("b.json", [record(1, body=EDITED)]), on_duplicate="update")
    latest = ArticleVersion.objects.latest("number")
    assert (Article.objects.get().body, latest.body, latest.base) == ("متن المحرر.", EDITED, 1)


def test_an_article_corrected_before_it_had_versions_is_known_again(importer, write_json, curator):
    importer(write_json("a.json", [record(1)]))
    correct(Article.objects.get(), curator, body="متن المحرر.", author="هدى")
    ArticleVersion.objects.all().delete()
    importer(write_json("b.json", [record(1, x=1)]))
    assert texts() == []


def test_a_curator_takes_a_version(importer, write_json, curator):
    importer(write_json("a.json", [record(1), record(1, title="عنوان آخر", body=EDITED)]))
    article = Article.objects.get()
    assert curation.take_version(article, article.versions.get(number=2), by=curator, reason="أصح")
    article.refresh_from_db()
    taken = article.versions.get(number=3)
    assert (article.title, article.body, article.stale_since is not None) == ("عنوان آخر", EDITED, True)
    assert (taken.cause, taken.base, taken.actor, taken.title) == (Cause.CURATOR, 2, curator, "عنوان آخر")
    assert LogEntry.objects.get().change_message == "أُخذ بالصيغة رقم 2. أصح"
    assert not curation.take_version(article, article.versions.get(number=2), by=curator)


def test_reviewed_edits_leave_the_queue(importer, write_json, curator):
    importer(write_json("a.json", [record(1), record(1, title="عنوان آخر")]))
    assert curation.review_edits(ArticleVersion.objects.all(), by=curator) == 1
    assert ArticleVersion.objects.get(number=2).reviewed_at is not None
    assert (ArticleVersion.objects.get(number=1).reviewed_at, LogEntry.objects.count()) == (None, 1)
    assert curation.review_edits(ArticleVersion.objects.all(), by=curator) == 0


# As the other verbs write them


def test_adding_writes_what_was_said_before_as_number_one():
    article = make_article("خبر", "متن", published_on="2016-03-12")
    before = said_by(article)
    article.body = "متن أصح"
    made = versions.add(article, before, said_by(article), cause=Cause.EXTRACTION)
    assert (made.number, made.base, made.is_silent) == (2, 1, False)
    first = article.versions.get(number=1)
    assert (first.body, first.published_on, first.text_digest != "") == ("متن", date(2016, 3, 12), True)


def test_adding_what_says_the_same_writes_nothing():
    article = make_article("خبر", "متن")
    assert versions.add(article, said_by(article), said_by(article), cause=Cause.EXTRACTION) is None
    assert article.versions.count() == 0


def test_a_version_is_based_on_the_one_it_changes_and_not_on_the_latest(importer, write_json, curator):
    importer(write_json("a.json", [record(1), record(1, title="عنوان آخر")]))
    correct(Article.objects.get(), curator, author="هدى")
    assert list(ArticleVersion.objects.values_list("number", "base")) == [(1, None), (2, 1), (3, 1)]
