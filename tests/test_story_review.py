"""What a curator says of a story: the rows, the index marks and the history."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from articles import story_review
from articles.models.article import Article
from articles.models.story import NotCopies, Story
from tests.duplicates.texts import sentences
from tests.factories import make_article, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("ليلى")


@pytest.fixture
def story() -> Story:
    """A story of three copies, the second and third each two sentences shorter than the one before."""
    bodies = [" ".join(sentences(1)[: 12 - 2 * number]) for number in range(3)]
    made = make_story(*(make_article(f"خبر {number}", body) for number, body in enumerate(bodies)))
    Article.objects.update(stale_since=None)
    return made


def titles(story: Story) -> set[str]:
    return set(story.members.values_list("article__title", flat=True))


def waiting() -> set[str]:
    return set(Article.objects.needing_index().values_list("title", flat=True))


def test_a_confirmed_story_says_who_and_has_no_copy_to_review(story: Story, curator: User) -> None:
    story_review.confirm(story, by=curator)
    story.refresh_from_db()
    assert (story.state, story.decided_by) == ("confirmed", curator)
    assert not Story.objects.reviewable().exists()
    assert not waiting()  # nothing that the index holds has changed


def test_dismissed_copies_are_apart_each_from_each(story: Story, curator: User) -> None:
    story_review.dismiss(story, by=curator)
    assert not Story.objects.exists()
    assert NotCopies.objects.count() == 3
    assert waiting() == {"خبر 0", "خبر 1", "خبر 2"}


def test_a_removed_lead_leaves_the_story_to_the_longest(story: Story, curator: User) -> None:
    assert story_review.remove(story, story.lead, by=curator)
    story.refresh_from_db()
    assert (story.lead.title, titles(story)) == ("خبر 1", {"خبر 1", "خبر 2"})
    assert waiting() == {"خبر 0", "خبر 1"}
    assert NotCopies.objects.count() == 2


def test_the_story_goes_with_the_last_but_one(story: Story, curator: User) -> None:
    assert story_review.remove(story, Article.objects.get(title="خبر 2"), by=curator)
    assert not story_review.remove(story, Article.objects.get(title="خبر 1"), by=curator)
    assert not Story.objects.exists()


def test_another_lead_confirms_the_story_and_likeness_is_measured_anew(story: Story, curator: User) -> None:
    story_review.set_lead(story, Article.objects.get(title="خبر 1"), by=curator)
    story.refresh_from_db()
    assert (story.lead.title, story.state) == ("خبر 1", "confirmed")
    likeness = dict(story.members.values_list("article__title", "similarity"))
    assert likeness["خبر 1"] == 1
    assert likeness["خبر 2"] == pytest.approx(8 * 2 / 18)
    assert waiting() == {"خبر 0", "خبر 1"}


def test_an_article_of_no_story_is_refused(story: Story, curator: User) -> None:
    stranger = make_article("غريب")
    with pytest.raises(story_review.NotInStory):
        story_review.remove(story, stranger, by=curator)
    with pytest.raises(story_review.NotInStory):
        story_review.set_lead(story, stranger, by=curator)
    assert len(titles(story)) == 3


def test_everything_said_stands_in_the_history(story: Story, curator: User) -> None:
    story_review.remove(story, Article.objects.get(title="خبر 2"), by=curator)
    story_review.set_lead(story, Article.objects.get(title="خبر 1"), by=curator)
    story_review.dismiss(story, by=curator)
    said = LogEntry.objects.order_by("pk").values_list("user__username", "change_message")
    assert [message for _user, message in said] == [
        "أُخرج من الخبر: «خبر 2».",
        "أُقرّت نسخ الخبر: 2.",
        "صار المقال الأول: «خبر 1».",
        "ليست نسخاً من خبر واحد: 2.",
    ]
    assert {user for user, _message in said} == {"ليلى"}
