"""Which charset bytes are written in, by the rule: a mark, UTF-8, UTF-16, then a guess among three."""

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import charsets
from articles.importing.charsets import DECLARABLE, NotText, TextFile, declarable, tell
from tests.importing.samples import BODY, PAGE

ARABIC_WORDS = st.lists(
    st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإؤئ", min_size=2, max_size=8), min_size=8, max_size=40
)


def charset_of(raw, **options):
    return tell(lambda: io.BytesIO(raw), **options)


@pytest.mark.parametrize(
    ("encoding", "name", "evidence"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("utf-8-sig", "utf-8", "bom"),
        ("utf-16", "utf-16-le", "bom"),
        ("utf-32", "utf-32-le", "bom"),
        ("utf-16-le", "utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16-be", "utf-16"),
        ("windows-1256", "windows-1256", "guessed"),
        ("iso-8859-6", "iso-8859-6", "guessed"),
    ],
)
def test_a_charset_is_told_and_how_it_is_known_is_recorded(encoding, name, evidence):
    raw = PAGE.replace("ٍ", "").encode(encoding)
    found = charset_of(raw)
    assert (found.name, found.evidence) == (name, evidence)
    text = "".join(TextFile("f", lambda: io.BytesIO(raw), found).characters())
    assert text == PAGE.replace("ٍ", "")


def test_the_mark_of_big_endian_utf_16_is_read():
    assert charset_of(codecs.BOM_UTF16_BE + PAGE.encode("utf-16-be")).name == "utf-16-be"


def test_a_character_cut_by_the_size_of_a_reading_is_no_error(monkeypatch):
    monkeypatch.setattr(charsets, "READ_SIZE", 3)
    raw = BODY.encode()
    found = charset_of(raw)
    assert (found.name, found.damaged) == ("utf-8", False)
    assert "".join(TextFile("f", lambda: io.BytesIO(raw), found).characters()) == BODY


@given(ARABIC_WORDS)
def test_arabic_words_in_windows_1256_are_never_taken_for_another_charset(words):
    # Random letters are no Arabic: a few of the commonest words make them one.
    text = "من في على إلى التي الذي قال اليوم " * 2 + " ".join(words)
    assert charset_of(text.encode("windows-1256")).name == "windows-1256"


def test_utf_8_with_a_few_wrong_bytes_stays_utf_8_and_is_marked_as_damaged():
    raw = BODY.encode()
    found = charset_of(raw[:50] + b"\xff" + raw[50:])
    assert (found.name, found.evidence, found.damaged) == ("utf-8", "guessed", True)


def test_a_text_cut_in_the_middle_of_a_letter_stays_utf_8():
    assert charset_of(BODY.encode()[:-2] + b"\xd8").name == "utf-8"


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00" * 5000,
        bytes(range(256)) * 40,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x01" * 400,
        b"PK\x03\x04\x14\x00\x00\x00",
    ],
    ids=["zeros", "every byte", "an image", "an archive"],
)
def test_bytes_that_are_no_text_are_refused(raw):
    with pytest.raises(NotText) as refusal:
        charset_of(raw)
    assert refusal.value.code == "binary"


def test_a_stray_control_character_does_not_make_a_page_binary():
    assert charset_of((PAGE + "\x01").encode()).name == "utf-8"


def test_the_operators_word_comes_first():
    found = charset_of(PAGE.encode("iso-8859-6", "ignore"), declared="windows-1256")
    assert (found.name, found.evidence) == ("windows-1256", "declared")


def test_bytes_wrong_in_the_declared_charset_are_refused_with_their_place():
    with pytest.raises(NotText, match="offset 0 is wrong in utf-8") as refusal:
        charset_of(PAGE.encode("windows-1256"), declared="utf-8")
    assert refusal.value.code == "wrong_encoding"


def test_a_declared_utf_16_takes_its_byte_order_from_the_mark():
    assert charset_of(codecs.BOM_UTF16_BE + PAGE.encode("utf-16-be"), declared="utf-16").name == "utf-16-be"
    assert charset_of(PAGE.encode("utf-16-le"), declared="utf-16").name == "utf-16-le"


def test_a_mark_that_lies_is_refused():
    with pytest.raises(NotText, match="begins with the mark of utf-16-le") as refusal:
        charset_of(codecs.BOM_UTF16_LE + PAGE.encode("utf-16-le") + b"\x00")
    assert refusal.value.code == "undecodable"


@pytest.mark.parametrize("name", DECLARABLE)
def test_every_charset_that_may_be_declared_gives_its_bytes_back(name):
    wide = 4 if "32" in name else 2 if "16" in name else 1
    for byte in range(256):
        raw = bytes([byte]) + b"\x00" * (wide - 1)
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        assert name == "utf-16" or text.encode(name) == raw


def test_a_charset_goes_by_any_of_its_names():
    assert (declarable("CP1256"), declarable("latin-1")) == ("windows-1256", "iso-8859-1")


@pytest.mark.parametrize("name", ["klingon", "rot13", "mac_arabic", ""])
def test_a_charset_that_is_not_read_is_refused_with_those_that_are(name):
    with pytest.raises(ValueError, match="windows-1256"):
        declarable(name)


@given(st.binary(max_size=400))
def test_any_bytes_are_told_or_refused(raw):
    try:
        found = charset_of(raw)
    except NotText:
        return
    text = "".join(TextFile("f", lambda: io.BytesIO(raw), found).characters())
    assert found.mark + TextFile("f", io.BytesIO, found).encode(text) == raw
