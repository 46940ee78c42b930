"""Text out of the HTML that some records carry."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import html_text


def test_paragraphs_and_line_breaks_stay():
    markup = "<div><p>أول</p>\n <p>ثانٍ<br>سطر</p><ul><li>بند</li><li>آخر</li></ul></div>"
    assert html_text.to_text(markup) == "أول\n\nثانٍ\nسطر\n\nبند\nآخر"


def test_what_no_reader_sees_is_dropped():
    assert html_text.to_text("<style>p{}</style><p>نص</p><script>if (a < b) {}</script><!-- x -->") == "نص"


@pytest.mark.parametrize("text", ["نص بلا وسوم", "س < ص > ع", "<غير وسم>", "a <bc> d", "&quot;"])
def test_text_is_not_taken_for_markup(text):
    assert not html_text.has_markup(text)


@given(st.text(max_size=200) | st.text("<>p/b &;!-\"'=a", max_size=80))
def test_any_markup_becomes_text(markup):
    assert isinstance(html_text.to_text(markup), str)


@pytest.mark.parametrize("piece", ["<p ", "<", "<!--", "<![", "</", "&", "<p a='", "<?"])
def test_markup_that_never_ends_costs_no_more_than_its_length(piece):
    began = time.perf_counter()
    html_text.to_text(piece * 100_000)
    assert time.perf_counter() - began < 5
