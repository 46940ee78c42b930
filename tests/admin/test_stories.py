"""The desk of stories: the list, the page of one, and what its buttons do."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models.article import Article
from articles.models.story import NotCopies, Story
from tests.admin.conftest import Desk, address_of, said
from tests.factories import make_article, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return make_story(
        make_article("<b>الأول</b>", "نص الخبر كامل", source="الأفق", published_on="2015-07-22"),
        make_article("الثاني", "نص الخبر", source="المدار", published_on="2015-07-21"),
        make_article("الثالث", "نص", source="الساحل", status="draft"),
    )


def test_the_list_shows_leads_outlets_and_how_many_copies(desk: Desk, story: Story) -> None:
    page = desk.get(reverse("admin:articles_story_changelist")).content.decode()
    assert "&lt;b&gt;الأول&lt;/b&gt;" in page
    assert "الأفق، المدار، الساحل" in page
    assert "وُجدت آلياً" in page


def test_the_list_can_be_narrowed_to_what_waits_for_review(desk: Desk, story: Story) -> None:
    confirmed = make_story(make_article("أ"), make_article("ب"), state="confirmed")
    grown = make_story(make_article("ج"), make_article("د"), state="confirmed")
    grown.members.filter(article__title="د").update(is_reviewed=False)
    assert set(desk.listed("story").result_list) == {story, confirmed, grown}
    assert set(desk.listed("story", review="waiting").result_list) == {story, grown}
    assert set(desk.listed("story", state__exact="confirmed").result_list) == {confirmed, grown}
    assert list(desk.listed("story", q="الأول").result_list) == [story]


def test_the_list_costs_as_many_queries_however_long_it_is(desk: Desk, story: Story) -> None:
    address = reverse("admin:articles_story_changelist")
    desk.get(address)
    with CaptureQueriesContext(connection) as few:
        desk.get(address)
    for number in range(9):
        make_story(*(make_article(f"خبر {number}", source=f"مصدر {copy}") for copy in range(5)))
    with CaptureQueriesContext(connection) as many:
        desk.get(address)
    assert len(many) == len(few)


def test_copies_stand_in_order_of_time_with_what_is_known_of_them(desk: Desk, story: Story) -> None:
    page = desk.open(story)
    assert [copy.member.article.title for copy in page.context["copies"]] == [
        "الثاني",
        "<b>الأول</b>",
        "الثالث",
    ]
    html = page.content.decode()
    assert "المقال الأول" in html and "مسودة" in html and "لم تُراجع" in html
    assert "<b>الأول" not in html


def test_a_copy_shows_word_by_word_what_it_says_otherwise_than_the_lead(desk: Desk, story: Story) -> None:
    copies = {copy.member.article.title: copy.changes for copy in desk.open(story).context["copies"]}
    assert copies["<b>الأول</b>"] == []
    assert "".join(change.before for change in copies["الثاني"]) == "نص الخبر كامل"
    assert "".join(change.after for change in copies["الثاني"]) == "نص الخبر"
    assert "<del>" in desk.open(story).content.decode()


def test_confirming(desk: Desk, story: Story) -> None:
    page = desk.post(address_of(story), {"_confirm": "1"})
    assert said(page) == ["حُفظ ما قلته في هذا الخبر."]
    story.refresh_from_db()
    assert (story.state, story.decided_by.username) == ("confirmed", "admin")


def test_dismissing_goes_back_to_the_list(desk: Desk, story: Story) -> None:
    page = desk.post(address_of(story), {"_dismiss": "1"})
    assert page.redirect_chain[-1][0] == reverse("admin:articles_story_changelist")
    assert not Story.objects.exists()
    assert NotCopies.objects.count() == 3
    assert not Article.objects.needing_index().exists()  # indexed at once


def test_another_lead_and_a_copy_taken_out(desk: Desk, story: Story) -> None:
    second, third = Article.objects.get(title="الثاني"), Article.objects.get(title="الثالث")
    desk.post(address_of(story), {"_lead": str(second.pk)})
    desk.post(address_of(story), {"_remove": str(third.pk)})
    story.refresh_from_db()
    assert story.lead == second
    assert set(story.members.values_list("article__title", flat=True)) == {"<b>الأول</b>", "الثاني"}


@pytest.mark.parametrize("value", ["", "x", "999999", "٣"])
def test_a_button_for_an_article_that_is_no_copy_does_nothing(desk: Desk, story: Story, value: str) -> None:
    page = desk.post(address_of(story), {"_remove": value})
    assert said(page) == ["لم يعد المقال من نسخ هذا الخبر."]
    assert story.members.count() == 3


def test_chosen_stories_are_confirmed_together(desk: Desk, story: Story) -> None:
    other = make_story(make_article("أ"), make_article("ب"))
    chosen = {"action": "confirm_chosen", "_selected_action": [story.pk, other.pk]}
    desk.post(reverse("admin:articles_story_changelist"), chosen)
    assert set(Story.objects.values_list("state", flat=True)) == {"confirmed"}


def test_who_may_only_look_finds_no_buttons_and_changes_nothing(looker: Desk, story: Story) -> None:
    user = User.objects.get(username="زائر")
    user.user_permissions.add(Permission.objects.get(codename="view_story"))
    assert "_confirm" not in looker.open(story).content.decode()
    assert looker.client.post(address_of(story), {"_confirm": "1"}).status_code == 403
    story.refresh_from_db()
    assert story.state == "found"


def test_a_story_is_neither_added_nor_deleted_by_hand(desk: Desk, story: Story) -> None:
    assert desk.client.get(reverse("admin:articles_story_add")).status_code == 403
    assert (
        desk.client.post(reverse("admin:articles_story_delete", args=[story.pk]), {"post": "yes"}).status_code
        == 403
    )


def test_what_was_parted_can_be_taken_back(desk: Desk, story: Story) -> None:
    desk.post(address_of(story), {"_remove": str(Article.objects.get(title="الثالث").pk)})
    parted = NotCopies.objects.first()
    assert len(desk.listed("notcopies").result_list) == 2
    desk.post(reverse("admin:articles_notcopies_delete", args=[parted.pk]), {"post": "yes"})
    assert NotCopies.objects.count() == 1
