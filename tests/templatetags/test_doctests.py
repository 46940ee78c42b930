"""The examples in the docstrings of what templates and views are made of."""

import doctest
from types import ModuleType

import pytest

from articles.templatetags import addresses, counts, dates, facets, page_data, queries
from articles.views import paging


@pytest.mark.parametrize(
    "module",
    [addresses, counts, dates, facets, page_data, queries, paging],
    ids=lambda module: module.__name__,
)
def test_the_examples_hold(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed
