"""What an item remembers of an article names its source by a key of the database, which does not travel."""

import pytest

from articles.exporting.store.reading import _name_sources
from articles.exporting.store.rows_back import _key_sources
from tests.factories import make_source

pytestmark = pytest.mark.django_db


def test_a_source_in_what_was_before_leaves_by_its_own_name_and_comes_back_by_the_key_it_has_here():
    first, other = make_source("جريدة الأفق"), make_source("وكالة الساحل")
    rows = [
        {"before": {"title": "عنوان", "source": first.pk}},
        {"before": {"source": None}},
        {"before": {}},
        {"outcome": "new"},
    ]
    _name_sources(rows)
    assert rows[0]["before"] == {"title": "عنوان", "source": first.name_key}
    first.delete()
    again = make_source("جريدة الأفق")
    _key_sources(rows)
    assert rows[0]["before"] == {"title": "عنوان", "source": again.pk}
    assert rows[1:] == [{"before": {"source": None}}, {"before": {}}, {"outcome": "new"}]
    assert again.pk != other.pk


def test_a_source_that_is_not_here_is_nobodys():
    rows = [{"before": {"source": "جريده بعيده"}}]
    _key_sources(rows)
    assert rows == [{"before": {"source": None}}]
