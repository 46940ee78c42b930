"""The examples in the docstrings of the search are true."""

import doctest
import importlib
import pkgutil

import pytest

import articles.search

MODULES = [module.name for module in pkgutil.iter_modules(articles.search.__path__, "articles.search.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
