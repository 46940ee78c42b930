"""The examples in the docstrings of the engines are true."""

import doctest
import importlib
import pkgutil

import pytest

import articles.search.engines

MODULES = [
    module.name
    for module in pkgutil.walk_packages(articles.search.engines.__path__, "articles.search.engines.")
    if not module.ispkg
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
