"""The history page of what curators keep, the page that gives fields back, and two curators at one article."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles import curation
from articles.models.article import Article
from articles.models.change import Change
from articles.models.extraction import ExtractionRules
from tests.admin.conftest import Desk, address_of
from tests.factories import make_article, make_collection, make_group, make_source


def history_of(shown: Any) -> str:
    return reverse(f"admin:articles_{shown._meta.model_name}_history", args=[shown.pk])


def test_a_source_a_collection_rules_and_a_group_have_their_saves_noted(desk: Desk) -> None:
    source = make_source("الأفق")
    rules = ExtractionRules.objects.create(source=source, hosts="a.example.org")
    group = make_group("داعش", "تنظيم الدولة")
    desk.save(source, country="العراق")
    desk.save(make_collection("ملفات"), description="وصف")
    desk.save(rules, body="div.text")
    desk.post(address_of(group), desk.typed(desk.open(group)) | terms_of(group, "تنظيم الدولة الإسلامية"))
    told = dict(Change.objects.values_list("kind", "fields"))
    assert told["source"] == {"country": ["", "العراق"]}
    assert told["collection"] == {"description": ["", "وصف"]}
    assert told["rules"] == {"body": ["", "div.text"]}
    assert told["synonyms"]["terms"][1] == [["داعش", False], ["تنظيم الدولة الإسلامية", False]]


def terms_of(group: Any, second: str) -> dict[str, Any]:
    terms = list(group.terms.order_by("order"))
    data: dict[str, Any] = {"terms-TOTAL_FORMS": 2, "terms-INITIAL_FORMS": 2}
    for number, (term, text) in enumerate(zip(terms, (terms[0].text, second), strict=True)):
        data |= {f"terms-{number}-id": term.pk, f"terms-{number}-group": group.pk}
        data |= {f"terms-{number}-text": text, f"terms-{number}-order": number}
    return data


def test_the_history_page_tells_fields_in_arabic_and_who_changed_them(desk: Desk) -> None:
    article = make_article("خبر", "متن", author="ديما")
    desk.save(article, author="ليلى", body="متن آخر", source=make_source("الأفق").pk)
    page = desk.get(history_of(article)).content.decode()
    for told in (
        "الكاتب",
        '<del dir="auto">ديما</del>',
        '<ins dir="auto">ليلى</ins>',
        "الأفق",
        "الصيغة 2",
        "admin",
    ):
        assert told in page, told


def test_the_history_of_many_changes_asks_no_more_than_that_of_few(
    desk: Desk, django_assert_max_num_queries: Any
) -> None:
    article = make_article("خبر")
    for number in range(12):
        source = make_source(f"مصدر {number}")
        article.source = source
        curation.save_correction(article, ["source"], by=User.objects.get())
    with django_assert_max_num_queries(14):
        assert "مصدر 11" in desk.get(history_of(article)).content.decode()


def test_fields_are_given_back_after_a_page_that_asks(desk: Desk) -> None:
    article = make_article("خبر", author="ديما")
    desk.save(article, author="ليلى")
    address = reverse("admin:articles_article_give_back", args=[Change.objects.get().pk])
    page = desk.get(address).content.decode()
    assert "ديما" in page and "ليلى" in page
    assert Article.objects.get().author == "ليلى", "nothing is given back before it is asked for"
    desk.post(address, {"reason": "خطأ"})
    assert Article.objects.get().author == "ديما"


def test_who_may_not_change_an_article_gives_nothing_back(looker: Desk) -> None:
    article = make_article("خبر", author="ديما")
    article.author = "ليلى"
    curation.save_correction(article, ["author"], by=User.objects.get())
    address = reverse("admin:articles_article_give_back", args=[Change.objects.get().pk])
    assert looker.client.get(address).status_code == 403
    assert looker.client.post(address).status_code == 403


# Two curators at one article


def other_saves(article: Article, **values: Any) -> None:
    held = Article.objects.get(pk=article.pk)
    for name, value in values.items():
        setattr(held, name, value)
    curation.save_correction(held, list(values), by=User.objects.create_user("سلمى"))


def test_the_second_is_told_what_the_first_changed_and_loses_nothing(desk: Desk) -> None:
    article = make_article("العنوان القديم", "متن", author="ديما")
    typed = desk.typed(desk.open(article))
    other_saves(article, title="عنوان سلمى", section="ثقافة")
    page = desk.post(address_of(article), typed | {"title": "عنوان ليلى", "author": "ليلى"})
    form = page.context["adminform"].form
    assert Article.objects.get().title == "عنوان سلمى", "nothing was saved"
    told = {met.label: (met.now, met.typed, met.is_kept) for met in form.meanwhile}
    assert told == {"العنوان": ("عنوان سلمى", "عنوان ليلى", True), "القسم": ("ثقافة", "", False)}
    assert (form["title"].value(), form["author"].value()) == ("عنوان ليلى", "ليلى")
    assert form["section"].value() == "ثقافة", "what was not touched is taken over"
    assert "عنوان سلمى" in page.content.decode()
    desk.post(address_of(article), typed | desk.typed(page))
    saved = Article.objects.get()
    assert (saved.title, saved.author, saved.section) == ("عنوان ليلى", "ليلى", "ثقافة")


def test_dates_sources_and_collections_are_taken_over_too(desk: Desk) -> None:
    article = make_article("خبر", published_on="2015-07-21", collections=["أ"])
    typed = desk.typed(desk.open(article))
    other_saves(article, published_on="2016-01-02", source=make_source("الأفق"))
    article.collections.add(make_collection("ب"))
    page = desk.post(address_of(article), typed | {"author": "ليلى"})
    assert len(page.context["adminform"].form.meanwhile) == 3
    desk.post(address_of(article), typed | desk.typed(page))
    saved = Article.objects.get()
    assert (str(saved.published_on), str(saved.source), saved.author) == ("2016-01-02", "الأفق", "ليلى")
    assert saved.collections.count() == 2


def test_two_who_typed_the_same_do_not_hear_of_it(desk: Desk) -> None:
    article = make_article("خبر")
    typed = desk.typed(desk.open(article))
    other_saves(article, author="ديما")
    desk.post(address_of(article), typed | {"author": "ديما", "section": "رأي"})
    assert Article.objects.get().section == "رأي"


@pytest.mark.parametrize("stamp", ["", "x", "[]", '{"title": 3}'])
def test_a_form_without_its_stamp_saves_nothing_over_what_it_may_not_have_seen(
    stamp: str, desk: Desk
) -> None:
    article = make_article("خبر")
    page = desk.save(article, title="آخر", seen=stamp)
    assert page.context["adminform"].form.meanwhile
    assert Article.objects.get().title == "خبر"
