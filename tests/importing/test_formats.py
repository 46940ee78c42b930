"""Formats told by the name of a file, then by what is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import formats
from tests.importing.samples import PAGE


@pytest.mark.parametrize(
    ("beginning", "format"),
    [
        ('[{"title": "خبر"}', "json"),
        ("[]", "json"),
        ("\ufeff\n [ {", "json"),
        ('{"title": "خبر"}\n{"title":', "jsonl"),
        ('{"title": "خبر"}', "json"),
        ('{\n  "title": "خبر"\n}', "json"),
        ("title,body\nخبر,نص", "csv"),
        ("العنوان\tالنص\tالتاريخ\n", "csv"),
        (PAGE, "txt"),
        ("[عاجل] خبر", "txt"),
        ("قال، ثم عاد", "txt"),
        ("", "txt"),
    ],
)
def test_content_tells_the_format(beginning, format):
    assert formats.by_content(beginning) == format


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.txt", "txt"),
        ("a.ndjson", "jsonl"),
        ("a.TSV", "csv"),
        ("a.json.zip", "zip"),
        ("a.md", ""),
        ("txt", ""),
    ],
)
def test_the_name_tells_the_format(name, format):
    assert formats.by_name(name) == format


@given(st.text(max_size=80))
def test_any_beginning_is_told(beginning):
    assert formats.by_content(beginning) in ("txt", "json", "jsonl", "csv")
