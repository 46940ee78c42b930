"""A page of text is one item: the whole file."""

import io

from articles.importing.charsets import Charset, TextFile
from articles.importing.readers import txt
from tests.importing.samples import PAGE, text_file


def test_a_page_is_one_item_with_all_its_bytes():
    raw = PAGE.encode("utf-8-sig")
    (item,) = txt.read(text_file(raw))
    assert (item.text, item.content, item.fields) == (PAGE, raw, None)


def test_a_page_with_damaged_bytes_is_refused_and_its_bytes_are_kept():
    raw = PAGE.encode()[:-30] + b"\xff" + PAGE.encode()[-30:]
    (item,) = txt.read(text_file(raw))
    assert (item.code, item.content) == ("undecodable", raw)


def test_a_page_larger_than_an_article_is_refused(monkeypatch):
    monkeypatch.setattr(txt, "MAX_PAGE", 100)
    (item,) = txt.read(TextFile("file", lambda: io.BytesIO(b"x" * 101), Charset("utf-8", "utf-8")))
    assert item.code == "too_large"
