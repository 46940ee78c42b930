"""Which charset a page is written in, whatever it says, and letters that were read wrong, read right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.pages.decoding import Decoded, decode_page
from articles.importing.pages.mojibake import repaired
from articles.importing.records import Rejected
from tests.importing.pages.samples import FIRST, HEADLINE, SECOND, TEXT, article, page, refusal

ARABIC = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ، .؟", min_size=8, max_size=60)


def decoded(content, **options):
    found = decode_page(content, **options)
    assert isinstance(found, Decoded)
    return found


def labelled(charset, text=FIRST):
    return f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize(
    "charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-8", "windows-1256", "iso-8859-6"]
)
def test_the_text_comes_right_from_every_charset(charset):
    name = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16"}.get(charset, charset)
    assert FIRST in decoded(labelled(name).encode(charset)).text


def test_strict_utf_8_comes_before_any_label():
    found = decoded(labelled("windows-1256").encode(), declared="iso-8859-6")
    assert (found.charset, found.evidence) == ("utf-8", "utf-8")


def test_the_label_of_the_server_comes_before_that_of_the_page():
    found = decoded(labelled("iso-8859-6").encode("windows-1256"), declared="windows-1256")
    assert (found.charset, found.evidence) == ("windows-1256", "declared")


@pytest.mark.parametrize("label", ["windows-1256", "cp1256", "WINDOWS-1256", "x-cp1256"])
def test_a_label_counts_in_any_of_its_names(label):
    found = decoded(labelled(label).encode("windows-1256"))
    assert (found.charset, found.evidence) == ("windows-1256", "declared")


@pytest.mark.parametrize("markup", ["<p>", '<meta charset="big5"><p>', '<meta charset=""><p>'])
def test_without_a_label_that_is_read_the_charset_is_guessed(markup):
    found = decoded((markup + FIRST).encode("windows-1256"))
    assert (found.charset, found.evidence) == ("windows-1256", "guessed")
    assert FIRST in found.text


def test_a_label_that_the_bytes_contradict_is_told():
    found = decoded(labelled("utf-8").encode("windows-1256"))
    assert FIRST in found.text
    assert [(note.code, note.text) for note in found.notes] == [("charset_label_wrong", "utf-8")]


def test_a_page_cut_within_a_letter_is_still_utf_8():
    found = decoded(labelled("windows-1256").encode()[:-20])
    cut = decoded(FIRST.encode()[:-1] + b"</p>", declared="windows-1256")
    assert found.charset == cut.charset == "utf-8"


def test_bytes_that_are_no_text_are_refused():
    assert isinstance(decode_page(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9), Rejected)


def test_arabic_labelled_as_western_european_is_read_right():
    found = decoded(labelled("iso-8859-1").encode("windows-1256"))
    assert FIRST in found.text
    assert "mojibake_repaired" in [note.code for note in found.notes]


def test_a_page_that_was_saved_with_wrong_letters_gives_its_article():
    found = article(page().encode().decode("windows-1256").encode())
    assert (found.title, found.body) == (HEADLINE, "\n\n".join(TEXT))
    assert "mojibake_repaired" in [note.code for note in found.notes]


@pytest.mark.parametrize(
    ("written", "read"), [("utf-8", "windows-1256"), ("utf-8", "latin-1"), ("windows-1256", "windows-1252")]
)
@given(text=ARABIC)
def test_letters_read_in_a_wrong_charset_are_never_made_worse(written, read, text):
    slipped = (
        f"{SECOND} ".encode(written).decode(read, "ignore")
        if written == "utf-8" and read != "windows-1252"
        else ""
    )
    try:
        wrong = text.encode(written).decode(read)
    except UnicodeDecodeError:
        return
    found, _changed = repaired(wrong)
    assert found in (text, wrong)
    assert not slipped or repaired(slipped)[1]


@pytest.mark.parametrize(
    "text",
    [FIRST, "Déjà vu à Beyrouth", "«الوسط» قالت: «لا»", "طظطظ", "Øresund", "", "ASCII only", "£ § © ®"],
)
def test_text_that_is_right_stays(text):
    assert repaired(text) == (text, False)


def test_text_that_slipped_twice_is_mended_twice():
    once = FIRST.encode().decode("windows-1256")
    twice = once.encode().decode("windows-1256")
    assert repaired(twice)[0] == FIRST


def test_only_the_lines_that_slipped_are_mended():
    wrong = SECOND.encode().decode("windows-1256")
    assert repaired(f"{FIRST}\n{wrong}\n")[0] == f"{FIRST}\n{SECOND}\n"


def test_a_loss_that_cannot_be_mended_stays_as_it_is():
    lost = FIRST.encode("ascii", "replace").decode()
    assert repaired(lost) == (lost, False)


def test_an_empty_page_is_refused():
    assert (refusal(b""), refusal(b" \n")) == ("empty_file", "empty")
