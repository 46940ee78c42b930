"""The examples in the docstrings of the export are true."""

import doctest
import importlib
import pkgutil

import pytest

import articles.exporting

MODULES = [
    module.name for module in pkgutil.walk_packages(articles.exporting.__path__, "articles.exporting.")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
