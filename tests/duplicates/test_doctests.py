"""The examples in the docstrings of the package are true."""

import doctest

import numpy as np
import pytest

from articles.duplicates import comparing, reading


@pytest.mark.parametrize("module", [comparing, reading], ids=lambda module: module.__name__)
def test_examples_in_docstrings(module: object) -> None:
    outcome = doctest.testmod(module, extraglobs={"np": np})  # type: ignore[arg-type]
    assert outcome.attempted > 0
    assert outcome.failed == 0
