"""A batch taken in field by field leaves the files that Whoosh's way leaves, document by document."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.fields import BOOLEAN, DATETIME, ID, KEYWORD, NUMERIC, Schema, UnknownFieldError

from articles.search.engines.whoosh import batch_writing
from articles.search.engines.whoosh.analysing import BatchAnalyser
from articles.search.engines.whoosh.batch_writing import number_terms
from articles.search.engines.whoosh.columnar.arrays import open_arrays
from articles.search.engines.whoosh.columnar.contents import new_index
from articles.search.engines.whoosh.documents import build_schema
from articles.search.engines.whoosh.documents import document as whoosh_document
from articles.search.engines.whoosh.writing import write_segment
from articles.search_indexes import ArticleIndex
from tests.search.engines.shelf import article

LONG = NUMERIC(int, bits=64, sortable=True)
ARTICLES = [
    article(1, "نفط", "أعلن رئيس الوزراء", source="ufuq", published_on="2015-07-21", collections=["a", "b"]),
    article(2, "غاز", "", author="ديما", status="draft", city="حلب", country="سوريا"),
    article(7, "", "كتاب\nكتب", source="ufuq", published_on="2015", story=3, is_lead=True),
]  # fmt: skip
OTHERS: list[dict[str, Any]] = [
    {"id": "1", "size": 5, "words": "b a b", "is_new": True},
    {"id": "2", "_stored_id": "two"},
    {"id": "3", "size": -4, "words": "c"},
]


def arrays(folder: Path, schema: Schema, documents: list[dict[str, Any]]) -> dict[str, Any]:
    """Every array of the segment of the documents, by file and name, and the facts."""
    folder.mkdir()
    segment = write_segment(new_index(folder, schema), BatchAnalyser(schema).analyse(documents))
    opened = open_arrays(folder, segment)
    files = {"docs": opened.documents, "terms": opened.terms}
    held = {(kind, name): np.array(file[name]).tolist() for kind, file in files.items() for name in file}
    return {**held, **{("facts", kind): file.facts for kind, file in files.items()}}


@pytest.mark.parametrize(
    ("schema", "documents"),
    [
        (
            build_schema(ArticleIndex().fields.values())[1],
            [whoosh_document(ArticleIndex(), each) for each in ARTICLES],
        ),
        (
            Schema(
                id=ID(stored=True, sortable=True), size=NUMERIC(stored=True, sortable=True),
                words=KEYWORD(scorable=True), is_new=BOOLEAN(stored=True), day=DATETIME(),
            ),
            OTHERS,
        ),
    ],
    ids=["articles", "other fields"],
)  # fmt: skip
def test_field_by_field_is_as_document_by_document(
    schema: Schema, documents: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_field = arrays(tmp_path / "ours", schema, documents)
    monkeypatch.setattr(batch_writing, "_is_plain", lambda *_given: False)
    assert by_field == arrays(tmp_path / "whoosh", schema, documents)


@given(st.integers(-(2**63), 2**63 - 1))
def test_the_terms_of_a_number_are_those_of_its_field(number: int) -> None:
    assert number_terms(LONG, number) == [term for term, *_rest in LONG.index(number)]


def test_an_unknown_field_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownFieldError, match="colour"):
        arrays(tmp_path / "index", Schema(id=ID()), [{"id": "1", "colour": "red"}])
