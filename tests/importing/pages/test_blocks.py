"""Lines of a page as a reader sees them: paragraphs, headings, lists, quotes, captions, verses, tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.pages.blocks import as_text, read
from articles.importing.pages.tree import parse


def lines(markup):
    return read(parse(f"<html><body>{markup}</body></html>").find("body"))


def text(markup):
    return as_text(lines(markup))


LONG = "سطر طويل من نص الخبر الذي يمتد على ما يزيد عن ستين حرفاً حتى يُعد فقرة قائمة بنفسها"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>أول</p><p>ثان</p>", "أول\n\nثان"),
        ("<div>أول<div>ثان</div>ثالث</div>", "أول\n\nثان\n\nثالث"),
        ("أول<br><br>ثان", "أول\n\nثان"),
        ("أول<br> <br/>\n<br>ثان", "أول\n\nثان"),
        ("<p>بيت<br>بيت</p><p>بعده</p>", "بيت\nبيت\n\nبعده"),
        (f"{LONG}<br>{LONG}<br>{LONG}", f"{LONG}\n\n{LONG}\n\n{LONG}"),
        ("<ul><li>أول</li><li>ثان</li></ul><p>بعد</p>", "أول\nثان\n\nبعد"),
        ("<h3>عنوان</h3><blockquote>قول</blockquote>", "عنوان\n\nقول"),
        ("<figure><img alt='لا'><figcaption>شرح</figcaption></figure>", "شرح"),
        ("<p>كلمة<b>متصلة</b> و<i>مائلة</i></p>", "كلمةمتصلة ومائلة"),
        ("<p> كثير   من\n\tالفراغ </p>", "كثير من الفراغ"),
        ("<p>&nbsp;</p><p>\u200f</p><p>نص</p>", "نص"),
        ("<p>نص<script>var a</script> بعده<style>p{}</style></p>", "نص بعده"),
        ("<table><tr><td>أ</td><td>1</td></tr><tr><td>ب</td><td>2</td></tr></table>", "أ | 1\nب | 2"),
        ("<table><tr><td><p>نص</p></td><td><p>آخر</p></td></tr></table>", "نص\n\nآخر"),
    ],
)
def test_lines_are_those_a_reader_sees(markup, expected):
    assert text(markup) == expected


def test_a_line_knows_how_much_of_it_is_linked():
    (block,) = lines('<p>قبل <a href="/x">رابط</a></p>')
    assert [(run.text, run.href) for run in block.runs] == [("قبل ", ""), ("رابط", "/x")]
    assert block.link_share == 0.5


def test_a_line_knows_its_pieces():
    (block,) = lines("<div><span>هدى سالم</span><span>12 آذار</span></div>")
    assert (block.text, block.pieces) == ("هدى سالم12 آذار", ("هدى سالم", "12 آذار"))


@given(
    st.lists(
        st.sampled_from(
            ("<p>", "</p>", "<br>", "<div>", "</div>", "<li>", "<b>", "</b>", "<td>", "كلمة", " ", "أخرى")
        ),
        max_size=30,
    )
)
def test_no_word_is_lost_or_doubled(pieces):
    joined = text("".join(pieces))
    for word in ("كلمة", "أخرى"):
        assert joined.count(word) == pieces.count(word)
    assert all(line == line.strip() for line in joined.split("\n"))
