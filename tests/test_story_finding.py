"""A search for copies: what it finds, what it leaves alone, and what the next one still has to do."""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles import story_review
from articles.models.article import Article
from articles.models.story import Story, StoryMember
from articles.story_finding import Search, find_duplicates
from tests.conftest import Archive
from tests.duplicates.texts import sentences, text
from tests.factories import make_article

pytestmark = pytest.mark.django_db
DAY = "2015-07-21"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "duplicates"


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("ليلى")


def add(title: str, body: str, **values: Any) -> Article:
    return make_article(title, body, **{"published_on": DAY, **values})


def wire(seed: int = 1, *, without: int = 0) -> str:
    """The text of an agency, without its last sentences."""
    return " ".join(sentences(seed)[: 12 - without])


def stories() -> set[frozenset[str]]:
    """The titles of each story."""
    return {
        frozenset(story.members.values_list("article__title", flat=True)) for story in Story.objects.all()
    }


def waiting() -> set[str]:
    return set(Article.objects.needing_index().values_list("title", flat=True))


def done(search: Search) -> tuple[int, int, int, int]:
    """Articles read, and stories new, changed and gone."""
    return search.read, search.written.new, search.written.changed, search.written.gone


def test_copies_become_a_story_around_the_longest(folder: Path) -> None:
    add("أ", wire(without=2), source="الأفق")
    longest = add("ب", wire(), source="المدار")
    add("ج", text(2))
    assert done(find_duplicates(folder)) == (3, 1, 0, 0)
    assert stories() == {frozenset({"أ", "ب"})}
    assert Story.objects.get().lead == longest
    assert StoryMember.objects.get(article__title="أ").similarity == pytest.approx(10 * 2 / 22)
    assert StoryMember.objects.get(article=longest).words == 121


def test_a_second_search_reads_and_writes_nothing(folder: Path) -> None:
    add("أ", wire()), add("ب", wire(without=1)), add("ج", text(2))
    find_duplicates(folder)
    Article.objects.update(stale_since=None)
    assert done(find_duplicates(folder)) == (0, 0, 0, 0)
    assert not waiting()


def test_a_new_copy_joins_the_story_that_stands(folder: Path) -> None:
    add("أ", wire()), add("ب", wire(without=1))
    find_duplicates(folder)
    number = Story.objects.get().pk
    add("ج", wire() + " زيادة في آخر النص")
    assert done(find_duplicates(folder)) == (1, 0, 1, 0)
    assert stories() == {frozenset({"أ", "ب", "ج"})}
    assert (Story.objects.get().pk, Story.objects.get().lead.title) == (number, "ج")


def test_a_changed_text_leaves_its_story_and_a_story_of_one_is_none(folder: Path) -> None:
    add("أ", wire())
    other = add("ب", wire(without=1))
    find_duplicates(folder)
    other.body = text(7)
    other.save()
    Article.objects.update(stale_since=None)
    assert done(find_duplicates(folder)) == (1, 0, 0, 1)
    assert stories() == set()
    assert waiting() == {"أ", "ب"}


def test_a_deleted_lead_leaves_the_story_to_the_longest_copy(folder: Path) -> None:
    lead = add("أ", wire(), status="draft")
    add("ب", wire(without=1)), add("ج", wire(without=2))
    find_duplicates(folder)
    Article.objects.update(stale_since=None)
    lead.delete()
    assert (Story.objects.get().lead.title, waiting()) == ("ب", {"ب"})
    assert done(find_duplicates(folder)) == (0, 0, 1, 0)  # the likeness to the new lead
    Article.objects.filter(title="ج").delete()
    assert not Story.objects.exists()


def test_only_articles_whose_story_changed_wait_for_the_index(folder: Path, archive: Archive) -> None:
    add("أ", wire()), add("ب", wire(without=1)), add("وحيد", text(3))
    archive.index()
    find_duplicates(folder)
    assert waiting() == {"أ", "ب"}


def test_a_dry_run_writes_no_story_and_tells_of_each(folder: Path) -> None:
    add("أ", wire()), add("ب", wire(without=1))
    found: list[Any] = []
    assert find_duplicates(folder, dry_run=True, found=found.append).written.new == 1
    assert not Story.objects.exists()
    assert len(found[0].copies) == 2


def test_since_compares_only_what_changed_later_with_everything(folder: Path) -> None:
    add("أ", wire()), add("ب", wire(without=1)), add("ج", wire(2))
    Article.objects.update(updated_at=timezone.now() - timedelta(days=9))
    add("د", wire(2, without=1))
    find_duplicates(folder, since=timezone.now() - timedelta(days=1))
    assert stories() == {frozenset({"ج", "د"})}
    find_duplicates(folder)
    assert stories() == {frozenset({"أ", "ب"}), frozenset({"ج", "د"})}


def test_afresh_forgets_what_was_known(folder: Path) -> None:
    add("أ", wire()), add("ب", wire(without=1))
    find_duplicates(folder)
    assert done(find_duplicates(folder, afresh=True)) == (2, 0, 0, 0)


def test_a_search_killed_while_comparing_goes_on_where_it_was(folder: Path) -> None:
    class Killed(Exception):
        pass

    def kill(step: str, _done: int, _total: int) -> None:
        if step == "comparing":
            raise Killed

    add("أ", wire()), add("ب", wire(without=1))
    with pytest.raises(Killed):
        find_duplicates(folder, tell=kill)
    assert done(find_duplicates(folder)) == (0, 1, 0, 0)


def test_the_same_archive_in_any_order_of_import_gives_the_same_stories(tmp_path: Path) -> None:
    bodies = [wire(seed, without=cut) for seed in range(4) for cut in range(4)] + [text(50), text(51)]
    expected: set[frozenset[str]] = set()
    for attempt in range(3):
        Article.objects.all().delete()
        order = list(enumerate(bodies))
        random.Random(attempt).shuffle(order)
        folder = tmp_path / str(attempt)
        for number, body in order[:9]:
            add(str(number), body)
        find_duplicates(folder)
        for number, body in order[9:]:
            add(str(number), body)
        find_duplicates(folder)
        expected = expected or stories()
        assert stories() == expected
    assert len(expected) == 4


def test_what_a_curator_dismissed_is_not_proposed_again(folder: Path, curator: User) -> None:
    add("أ", wire()), add("ب", wire(without=1)), add("ج", wire(without=2))
    find_duplicates(folder)
    story_review.remove(Story.objects.get(), Article.objects.get(title="ب"), by=curator)
    find_duplicates(folder)
    assert stories() == {frozenset({"أ", "ج"})}
    story_review.dismiss(Story.objects.get(), by=curator)
    assert done(find_duplicates(folder, afresh=True)) == (3, 0, 0, 0)
    assert stories() == set()


def test_a_confirmed_story_is_left_alone_but_offered_new_copies(folder: Path, curator: User) -> None:
    add("أ", wire()), add("ب", wire(without=1))
    find_duplicates(folder)
    story_review.set_lead(Story.objects.get(), Article.objects.get(title="ب"), by=curator)
    Article.objects.filter(title="أ").update(body=text(9), updated_at=timezone.now())
    add("ج", wire(without=2))
    find_duplicates(folder)
    story = Story.objects.get()
    assert (story.state, story.lead.title) == ("confirmed", "ب")
    reviewed = dict(story.members.values_list("article__title", "is_reviewed"))
    assert reviewed == {"أ": True, "ب": True, "ج": False}
    assert list(Story.objects.reviewable()) == [story]
    Article.objects.filter(title="ج").update(body=text(8), updated_at=timezone.now())
    find_duplicates(folder)
    assert set(story.members.values_list("article__title", flat=True)) == {"أ", "ب"}


def test_a_weekly_form_with_other_names_is_no_story(folder: Path) -> None:
    form = [" ".join([*sentence.split()[:8], "{0}", "{1}"]) for sentence in sentences(1)]
    for week, names in enumerate([("سعيد", "كريم"), ("ليلى", "هند"), ("نبيل", "وداد")]):
        add(f"أسبوع {week}", " ".join(form).format(*names), published_on=f"2015-07-{1 + 7 * week:02d}")
    find_duplicates(folder)
    assert stories() == set()
