"""The examples in the package's docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import articles.arabic

MODULES = [
    module.name
    for module in pkgutil.walk_packages(articles.arabic.__path__, "articles.arabic.")
    if not module.name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize(
    ("module", "names"),
    [
        ("normalization", ("literal", "normalize")),
        ("unseen_words", ("stem_unseen",)),
        ("light_stemming", ("strip_prefix", "strip_suffixes", "light10")),
    ],
)
def test_every_rule_has_an_example(module, names):
    found = importlib.import_module(f"articles.arabic.{module}")
    listed = [*getattr(found, "ALL_RULES", ()), *getattr(found, "RULES", ())]
    rules = [*listed, *(getattr(found, name) for name in names)]
    assert [rule.__name__ for rule in rules if ">>>" not in (rule.__doc__ or "")] == []
