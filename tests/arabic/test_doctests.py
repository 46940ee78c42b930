"""The examples in the package's docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import articles.arabic

MODULES = [module.name for module in pkgutil.iter_modules(articles.arabic.__path__, "articles.arabic.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_every_rule_has_an_example():
    from_module = importlib.import_module("articles.arabic.normalization")
    rules = (*from_module.ALL_RULES, from_module.literal, from_module.normalize)
    assert [rule.__name__ for rule in rules if ">>>" not in (rule.__doc__ or "")] == []
