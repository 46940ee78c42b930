"""The examples in the importer's docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import articles.importing

MODULES = [
    module.name for module in pkgutil.walk_packages(articles.importing.__path__, "articles.importing.")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
