"""The other ways to ask the same: what a page says they find is what they find."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict

from articles.forms import SearchForm
from articles.models.synonyms import SynonymGroup
from articles.search.request import Need, SearchRequest
from articles.search.results import SearchPage
from articles.search.searching import search
from articles.search.syntax import Level

pytestmark = pytest.mark.django_db


def found_by(query_string: str) -> SearchPage:
    return search(SearchForm(QueryDict(query_string)).as_request())


def titles(page: SearchPage) -> set[str]:
    return {hit.title_text for hit in page.hits}


@pytest.fixture
def oil(archive: Any) -> Any:
    """One article for each level at which «أسعار» may be met, and one that has another word for «النفط»."""
    SynonymGroup.objects.all().delete()
    group = SynonymGroup.objects.create(label="النفط", kind="words")
    group.terms.create(text="نفط")
    group.terms.create(text="بترول")
    archive.add(title="حرفي", body="قفزت أسعار النفط أمس.")
    archive.add(title="مطبع", body="قفزت اسعار النفط أمس.")
    archive.add(title="جذع", body="قفز سعر نفط الشمال أمس.")
    archive.add(title="مرادف", body="قفزت أسعار البترول أمس.")
    archive.add(title="سواه", body="قفز الحصان فوق السور.")
    archive.index()
    return archive


def test_each_level_finds_more_than_the_one_before(oil: Any) -> None:
    page = search(SearchRequest("أسعار النفط"))
    assert [(step.level, step.total) for step in page.ladder] == [
        (Level.LITERAL, 1), (Level.NORMALISED, 2), (Level.STEM, 3), (Level.SYNONYMS, 4),
    ]  # fmt: skip
    assert [step.chosen for step in page.ladder] == [False, False, False, True]


def test_a_step_leads_to_what_it_counted(oil: Any) -> None:
    for step in search(SearchRequest("أسعار النفط", level=Level.STEM)).ladder:
        assert found_by(step.query_string).total == step.total


def test_another_name_is_told_and_can_be_dropped_and_picked_up(oil: Any) -> None:
    page = search(SearchRequest("النفط"))
    assert [(name.name, name.dropped) for name in page.other_names] == [("بترول", False)]
    without = found_by(page.other_names[0].query_string)
    assert "مرادف" not in titles(without)
    assert [(name.name, name.dropped) for name in without.other_names] == [("بترول", True)]
    assert titles(found_by(without.other_names[0].query_string)) == titles(page)


def test_the_forms_of_a_word_are_told_with_their_counts_and_can_be_dropped(oil: Any) -> None:
    page = search(SearchRequest("سعر", level=Level.STEM))
    (forms,) = page.forms
    assert {form.text: form.count for form in forms.forms} == {"أسعار": 3, "سعر": 1}
    dropped = next(form for form in forms.forms if form.text == "أسعار")
    without = found_by(dropped.query_string)
    assert titles(without) == {"جذع"}
    (shown,) = without.forms
    assert {form.text: form.dropped for form in shown.forms} == {"أسعار": True, "سعر": False}


def test_what_a_pattern_became_is_told_and_not_dropped(oil: Any) -> None:
    (forms,) = search(SearchRequest("*سعار")).forms
    assert {form.text for form in forms.forms} >= {"أسعار"}
    assert not any(form.query_string for form in forms.forms)


def test_any_of_the_words_is_offered_where_no_article_has_them_all(oil: Any) -> None:
    page = search(SearchRequest("الحصان البترول"))
    (offered,) = [other for other in page.alternatives if other.reason == "any"]
    assert (page.total, offered.total) == (0, 5)
    assert found_by(offered.query_string).total == 5


def test_any_of_the_words_ranks_what_has_more_of_them_first(oil: Any) -> None:
    page = search(SearchRequest("قفز الحصان", need=Need.ANY))
    assert page.hits[0].title_text == "سواه"
    assert page.total == 5


def test_an_address_keeps_what_was_dropped(oil: Any) -> None:
    page = search(SearchRequest("النفط", dropped=("بترول",)))
    assert ("drop", "بترول") in parse_qsl(page.ladder[0].query_string)
