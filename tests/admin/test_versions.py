"""The desk of versions: the queue of silent edits, and taking a version."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from articles.importing.store import versions
from articles.importing.store.versions import SAID, Said, said_by
from articles.models.article import Article
from articles.models.version import ArticleVersion, Cause
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def edited(title="خبر", **values):
    """A version that changes the headline without a word."""
    article = make_article(title, "متن الخبر.")
    before = said_by(article)
    fields = {name: getattr(before, name) for name in SAID} | {"title": f"{title} آخر"} | values
    return versions.add(article, before, Said(**fields), cause=Cause.CAPTURE)


def queue(desk, **query):
    return [version.title for version in desk.listed("articleversion", **query).result_list]


def address(verb, version):
    return reverse(f"admin:articles_articleversion_{verb}", args=[version.pk])


def test_the_queue_lists_silent_edits_that_nobody_reviewed(desk):
    first, second = edited("أول"), edited("ثان")
    edited("ثالث", body="تصحيح: كان العنوان خطأ.")
    ArticleVersion.objects.filter(pk=first.pk).update(reviewed_at="2020-01-01T00:00Z")
    assert queue(desk) == [second.title]
    assert queue(desk, edits="reviewed") == [first.title]
    assert len(queue(desk, edits="all")) == 6
    page = desk.get(reverse("admin:articles_articleversion_changelist"))
    assert "التعديلات الصامتة" in page.content.decode()


def test_chosen_edits_are_reviewed_together(desk):
    keys = [edited(title).pk for title in ("أول", "ثان", "ثالث")]
    desk.post(
        reverse("admin:articles_articleversion_changelist"),
        {"action": "review", "_selected_action": keys[:2]},
    )
    assert (queue(desk), LogEntry.objects.count()) == (["ثالث آخر"], 2)


def test_one_edit_is_reviewed_on_its_page_which_shows_what_changed(desk):
    version = edited("أول")
    page = desk.get(address("change", version)).content.decode()
    assert "<ins>" in page and "روجعت" in page
    response = desk.post(address("review", version), {})
    assert "رُوجع تعديل واحد." in response.content.decode()
    assert queue(desk) == []


def test_a_version_is_taken_with_its_reason_in_the_history(desk):
    version = edited("أول")
    response = desk.post(address("take", version), {"reason": "العنوان الأخير أصح"})
    article = Article.objects.get()
    assert (article.title, response.redirect_chain[-1][0]) == (
        "أول آخر",
        reverse("admin:articles_article_change", args=[article.pk]),
    )
    assert LogEntry.objects.get().change_message.endswith("العنوان الأخير أصح")
    assert article.versions.latest("number").actor is not None


def test_taking_what_the_article_says_already_changes_nothing(desk):
    version = edited("أول")
    desk.post(address("take", version), {})
    assert "كما هو" in desk.post(address("take", version), {}).content.decode()
    assert ArticleVersion.objects.count() == 3


def test_the_article_leads_to_its_versions(desk):
    version = edited("أول")
    page = desk.get(reverse("admin:articles_article_change", args=[version.article_id])).content.decode()
    assert address("change", version) in page and "تعديل صامت" in page


def test_saving_an_article_keeps_what_it_said_before(desk):
    article = make_article("خبر", "متن")
    desk.save(article, body="متن أصح")
    assert list(article.versions.values_list("cause", "body")) == [("curator", "متن"), ("curator", "متن أصح")]


def test_a_draft_is_deleted_with_its_versions(desk):
    article = make_article("خبر", "متن", status="draft")
    desk.save(article, body="متن أصح")
    desk.post(reverse("admin:articles_article_delete", args=[article.pk]), {"post": "yes"})
    assert (Article.objects.count(), ArticleVersion.objects.count()) == (0, 0)


@pytest.mark.parametrize("verb", ["take", "review"])
def test_deciding_takes_the_right_to_change_articles_and_a_post(client, verb):
    version = edited("أول")
    reader = User.objects.create_user("reader", password="x", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_articleversion"))
    client.force_login(reader)
    assert client.post(address(verb, version)).status_code == 403
    assert client.get(address(verb, version)).status_code == 405
    assert "خذ بهذه" not in client.get(address("change", version)).content.decode()
    assert Article.objects.get().title == "أول"


def test_the_number_of_queries_does_not_grow_with_the_queue(desk, django_assert_max_num_queries):
    for number in range(20):
        edited(f"خبر {number}")
    with django_assert_max_num_queries(15):
        assert len(queue(desk)) == 20
