"""The desk of extraction rules: wrong ones are told, and all can be tried on a page before they are saved."""

import pytest
from django.conf import settings

from articles.importing.options import ImportOptions
from articles.importing.run import import_paths
from articles.importing.store.captures import CaptureStore
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.extraction import ExtractionRules
from tests.admin.conftest import address_of, said
from tests.factories import make_source
from tests.importing.crawls import Crawl, page
from tests.importing.samples import FIRST, SECOND

LINE = "غرفة الأخبار في المرفأ تستقبل رسائل القراء مساءً"
TEXT = f'<p class="by">هدى سالم</p><p>{FIRST}</p><p>{LINE}</p><p>{SECOND}</p><script>alert(1)</script>'
HEAD = '<meta property="og:site_name" content="المرفأ">'
HTML = page(1, body=TEXT, head=HEAD)
ADD = "/admin/articles/extractionrules/add/"


@pytest.fixture
def paper(db):
    return make_source("صحيفة المرفأ", homepage="https://news.example.org/")


@pytest.fixture
def capture(paper, tmp_path, data_folder):
    """A stored page of the paper."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(Crawl().with_page(1, text=HTML).content)
    store = CaptureStore(settings.CAPTURES_DIR)
    import_paths([str(path)], options=ImportOptions(), store=store, stdin=None)
    Article.objects.update(source=paper)
    return Capture.objects.get()


@pytest.fixture
def rules(paper):
    return ExtractionRules.objects.create(source=paper, title="h1")


def errors(response):
    return {name: " ".join(told) for name, told in response.context["adminform"].form.errors.items()}


def tried(desk, rules, trial, **typed):
    """The page after the rules, typed but not saved, were tried."""
    data = desk.typed(desk.open(rules)) | typed | {f"trial-{name}": value for name, value in trial.items()}
    response = desk.post(address_of(rules), data | {"_try": "1"})
    assert response.status_code == 200
    return response


def row(response, name):
    rows = response.context["trial"].rows
    return next(found for found in rows if found.label == Article._meta.get_field(name).verbose_name)


# Writing them


def test_rules_are_written_for_a_source(desk, paper):
    desk.post(ADD, {"source": paper.pk, "hosts": "https://WWW.News.example.org/a\n", "body": "div.text"})
    rules = ExtractionRules.objects.get()
    assert (rules.source, rules.hosts, rules.body) == (paper, "news.example.org", "div.text")


def test_who_saves_rules_is_told_how_stored_articles_are_read_by_them(desk, rules):
    page = desk.save(rules, body="div.text")
    assert any("python manage.py reextract_articles --outdated" in message for message in said(page))


@pytest.mark.parametrize(
    "field, typed, told",
    [
        ("body", "div[", "غير صحيح"),
        ("drop", ".ok\n:::", "غير صحيح"),
        ("drop", "body", "يحذف الصفحة كلها"),
        ("hosts", "ليس نطاقاً", "ليس اسم نطاق"),
        ("drop_lines", "\n".join(map(str, range(1001))), "1000"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field(desk, rules, field, typed, told):
    assert told in errors(desk.save(rules, **{field: typed}))[field]
    rules.refresh_from_db()
    assert getattr(rules, field) == ""


def test_a_host_has_one_source(desk, rules):
    other = ExtractionRules.objects.create(source=make_source("وكالة الساحل"), hosts="sahil.example")
    assert "وكالة الساحل" in errors(desk.save(rules, hosts="sahil.example"))["hosts"]
    desk.save(rules, hosts="sport.sahil.example")
    rules.refresh_from_db()
    assert (rules.hosts, other.hosts) == ("sport.sahil.example", "sahil.example")


def test_the_page_of_a_source_leads_to_its_rules(desk, paper):
    assert f"{ADD}?source={paper.pk}" in desk.open(paper).content.decode()
    rules = ExtractionRules.objects.create(source=paper)
    assert address_of(rules) in desk.open(paper).content.decode()


def test_rules_are_found_by_the_name_of_their_source_in_any_spelling(desk, rules):
    ExtractionRules.objects.create(source=make_source("وكالة الساحل"), hosts="sahil.example")
    assert list(desk.listed("extractionrules", q="صحيفه المرفا").result_list) == [rules]
    assert desk.listed("extractionrules", q="sahil").result_count == 1


# Trying them


def test_rules_are_tried_on_a_pasted_page_beside_what_comes_out_without_them(desk, rules):
    response = tried(desk, rules, {"html": HTML}, author=".by", drop_lines=LINE)
    trial = response.context["trial"]
    assert (row(response, "author").ruled.text, row(response, "author").ruled.place) == (
        "هدى سالم",
        "قاعدة المصدر: \u2068.by\u2069",
    )
    assert [line.text for line in trial.plain.lines if line.is_alone] == [LINE]
    assert LINE not in [line.text for line in trial.ruled.lines]
    assert (trial.dropped, row(response, "source").ruled.text) == ([LINE], "صحيفة المرفأ")


def test_trying_saves_nothing_and_keeps_what_was_typed(desk, rules):
    response = tried(desk, rules, {"html": HTML}, author=".by")
    rules.refresh_from_db()
    assert (rules.author, ExtractionRules.objects.count()) == ("", 1)
    assert response.context["adminform"].form["author"].value() == ".by"


def test_rules_are_tried_on_a_stored_page_of_the_source(desk, rules, capture):
    response = tried(desk, rules, {"capture": capture.pk}, drop_lines=LINE)
    trial = response.context["trial"]
    assert (trial.dropped, trial.is_foreign) == ([LINE], False)
    assert f'<del dir="auto">{LINE}</del>' in response.content.decode()


def test_a_stored_page_of_another_host_is_told(desk, rules, capture):
    assert tried(desk, rules, {"capture": capture.pk}, hosts="other.example").context["trial"].is_foreign


def test_a_stored_page_whose_bytes_are_gone_is_told(desk, rules, capture):
    CaptureStore(settings.CAPTURES_DIR).path(capture.sha256).unlink()
    response = tried(desk, rules, {"capture": capture.pk})
    assert "verify_archive" in response.context["trial_problem"]


def test_rules_can_be_tried_before_they_are_ever_saved(desk, paper):
    response = desk.post(ADD, {"source": paper.pk, "title": "h1", "trial-html": HTML, "_try": "1"})
    assert (response.context["trial"].ruled_refused, ExtractionRules.objects.count()) == ("", 0)


def test_wrong_rules_are_told_instead_of_tried(desk, rules):
    response = tried(desk, rules, {"html": HTML}, body="div[")
    assert ("body" in errors(response), response.context["trial"]) == (True, None)


def test_a_page_without_an_article_says_why(desk, rules):
    assert tried(desk, rules, {"html": "نص بلا وسوم"}).context["trial"].ruled_refused.startswith("not_html")


def test_nothing_to_try_is_told(desk, rules):
    assert tried(desk, rules, {"html": "  "}).context["trial_form"].errors


def test_nothing_of_a_page_is_live_in_the_desk(desk, rules):
    html = HTML.replace(FIRST, f"{FIRST} &lt;img src=x onerror=alert(2)&gt;")
    shown = tried(desk, rules, {"html": html}, author=".by").content.decode()
    assert "<script>alert(1)" not in shown
    assert "<img src=x" not in shown


def test_a_capture_of_another_source_cannot_be_tried(desk, capture):
    other = ExtractionRules.objects.create(source=make_source("وكالة الساحل"))
    assert "capture" in tried(desk, other, {"capture": capture.pk}).context["trial_form"].errors


def test_who_may_only_look_may_not_try(looker, rules):
    assert looker.client.post(address_of(rules), {"_try": "1"}).status_code == 403
    assert looker.client.post(ADD, {"_try": "1"}).status_code == 403
