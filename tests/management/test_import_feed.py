"""The commands that fetch: from a server of the test's own, which only the test allows."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.importing.fetching.client import Client
from articles.importing.fetching.guard import Policy
from articles.management.commands import import_articles, import_feed
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.import_run import ImportRun
from tests.importing.crawls import page
from tests.importing.fetching.conftest import client, pauses, site  # noqa: F401 - fixtures
from tests.importing.samples import FIRST, TITLE

pytestmark = pytest.mark.django_db


def rss(*numbers):
    items = "".join(
        f"<item><title>{TITLE} {number}</title><link>https://example.org/{number}</link>"
        f"<description>{FIRST} {number}</description></item>"
        for number in numbers
    )
    return f'<rss version="2.0"><channel><title>جريدة الأفق</title>{items}</channel></rss>'.encode()


@pytest.fixture
def run(client):  # noqa: F811
    """`run(import_feed, url, ...)`: what the command printed, and how it ended."""

    def call(module, *arguments, by=client):
        command = module.Command()
        command.client = by
        out, err, status = io.StringIO(), io.StringIO(), 0
        try:
            call_command(command, *map(str, arguments), "--no-index", stdout=out, stderr=err)
        except CommandError as error:
            status = error.returncode
            err.write(str(error))
        return " ".join(out.getvalue().split()), err.getvalue(), status

    return call


def test_the_entries_of_a_feed_become_articles(site, run):  # noqa: F811
    site.pages["/rss"] = rss(1, 2)
    out, _err, status = run(import_feed, site.url("/rss"), "--collection", "خلاصات")
    assert ("new 2" in out, status) == (True, 0)
    article = Article.objects.get(url="https://example.org/1")
    assert (article.title, article.source.name) == (f"{TITLE} 1", "جريدة الأفق")
    assert article.collections.get().name == "خلاصات"
    assert ImportRun.objects.get().inputs == [site.url("/rss")]


def test_a_feed_that_grew_adds_what_is_new(site, run):  # noqa: F811
    site.pages["/rss"] = rss(1, 2)
    run(import_feed, site.url("/rss"))
    site.pages["/rss"] = rss(3, 1, 2)
    out, _err, _status = run(import_feed, site.url("/rss"))
    assert ("new 1" in out, "unchanged 2" in out, Capture.objects.count()) == (True, True, 3)


def test_a_feed_that_did_not_change_is_not_sent_again(site, run):  # noqa: F811
    site.pages["/rss"] = lambda headers: (
        (304, {}, b"") if headers.get("if-none-match") == "1" else (200, {"ETag": "1"}, rss(1))
    )
    assert "new 1" in run(import_feed, site.url("/rss"))[0]
    out, err, status = run(import_feed, site.url("/rss"))
    assert ("read 0" in out, "not changed since it was fetched last" in err, status) == (True, True, 0)


def test_a_dry_run_forgets_what_the_server_said(site, run):  # noqa: F811
    site.pages["/rss"] = lambda headers: (
        (304, {}, b"") if "if-none-match" in headers else (200, {"ETag": "1"}, rss(1))
    )
    run(import_feed, site.url("/rss"), "--dry-run")
    assert "new 1" in run(import_feed, site.url("/rss"))[0]


def test_a_page_is_fetched_as_an_article_and_again_adds_nothing(site, run, tmp_path):  # noqa: F811
    site.pages["/news/12"] = page(1).encode()
    report = tmp_path / "report.json"
    assert "new 1" in run(import_articles, "--url", site.url("/news/12"), "--report", report)[0]
    capture = Capture.objects.get()
    assert (capture.url, capture.origin, capture.details["status"]) == (
        site.url("/news/12"),
        site.url("/news/12"),
        200,
    )
    assert capture.captured_at is not None
    assert json.loads(report.read_text("utf-8"))["items"][0]["locator"].startswith("fetched 2")
    assert "unchanged 1" in run(import_articles, "--url", site.url("/news/12"))[0]


def test_files_and_addresses_go_into_one_run(site, run, tmp_path):  # noqa: F811
    site.pages["/news/12"] = page(1).encode()
    (tmp_path / "b.html").write_text(page(2), "utf-8")
    assert "new 2" in run(import_articles, tmp_path / "b.html", "--url", site.url("/news/12"))[0]
    assert ImportRun.objects.get().inputs == [str(tmp_path / "b.html"), site.url("/news/12")]


def test_the_inside_of_a_network_is_not_fetched_from(site, run):  # noqa: F811
    _out, err, status = run(
        import_articles, "--url", site.url("/news/12"), by=Client(policy=Policy(any_port=True))
    )
    assert ("rejected (unsafe_address)" in err, status, site.asked) == (True, 2, [])


def test_a_command_without_anything_to_import_is_refused(run):
    _out, err, status = run(import_articles)
    assert ("give at least one PATH or --url" in err, status) == (True, 1)
