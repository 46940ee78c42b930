"""The examples in the docstrings of the citations are true."""

import doctest
import importlib
import pkgutil

import pytest

from articles import citations

MODULES = [f"articles.citations.{module.name}" for module in pkgutil.iter_modules(citations.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
