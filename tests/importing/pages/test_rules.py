"""Selectors that curators write: what is wrong with them is said, and what they mean is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from articles.importing.pages.rules import SourceRules, problem_of, select
from tests.importing.pages.samples import HEADLINE, article, page

ROOT = etree.fromstring('<div><p class="a">1<b class="a">2</b></p><p>3</p></div>', parser=etree.HTMLParser())


@pytest.mark.parametrize(
    "selector", ["h1", "div.text > p", "#main .body", "", "td:nth-child(2)", "a[href^='/w/']"]
)
def test_a_selector_that_can_be_used_has_no_problem(selector):
    assert problem_of(selector) == ""


@pytest.mark.parametrize("selector", ["div[", "p::text", ">", "h1:hover(", "div:has-text(x)", "p" * 400])
def test_a_selector_that_cannot_be_used_is_named_with_the_reason(selector):
    problem = problem_of(selector)
    assert problem
    assert selector in problem or "أطول" in problem


def test_problems_are_told_by_field():
    rules = SourceRules(title="h1", body="div[", drop=(".ad", "p::before"))
    assert set(rules.problems()) == {"body", "drop"}


@pytest.mark.parametrize("selector", ["*", "body", "html", ".ad, body"])
def test_nobody_drops_the_whole_page(selector):
    assert "drop" in SourceRules(drop=(selector,)).problems()


def test_a_wrong_selector_finds_nothing_and_breaks_nothing():
    assert article(page(), rules=SourceRules(title="h1[", body=">", drop=("div[",))).title == HEADLINE


def test_of_elements_in_one_another_the_outer_one_is_meant():
    assert [element.tag for element in select(ROOT, ".a")] == ["p"]


@given(st.text(max_size=30) | st.text("abp.#>[]()*:= ,'\"1", max_size=30))
def test_any_selector_is_used_or_refused_with_a_reason(selector):
    problem = problem_of(selector)
    assert problem == "" or select(ROOT, selector) == []
