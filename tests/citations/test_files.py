"""Whatever an article says, its citation files stay files that a strict reader takes."""

import json
import re
from datetime import date

import pytest
from hypothesis import given

from articles.citations.bibtex import ESCAPED, bibtex
from articles.citations.csl import csl
from articles.citations.record import CitedArticle, plain
from articles.citations.ris import ris
from tests.citations.strategies import CITED, known

RIS_LINE = re.compile(r"[A-Z][A-Z0-9]  - [^\r\n]*")
BIBTEX_KEY = re.compile(r"@article\{([a-z0-9]+),")
UNESCAPED = {written: chr(sign) for sign, written in ESCAPED.items()}


def fields_of(entry: str) -> dict[str, str]:
    """Reads one BibTeX entry as BibTeX does: fields end where their braces close, backslash or not."""
    key = BIBTEX_KEY.match(entry)
    assert key, entry
    rest, fields = entry[key.end() :].strip(), {}
    while rest != "}":
        name, _equals, rest = rest.partition(" = ")
        value, rest = braced(rest) if rest.startswith("{") else rest.split(",", 1)
        assert name.strip() not in fields
        fields[name.strip()] = value
        rest = rest.lstrip(",").strip()
    return fields


def braced(text: str) -> tuple[str, str]:
    depth = 0
    for place, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth == 0:
            return text[1:place], text[place + 1 :]
    raise AssertionError(f"a brace is open: {text}")


def unescaped(value: str) -> str:
    """What TeX prints for a value."""
    known_signs = "|".join(re.escape(written) for written in UNESCAPED)
    return re.sub(known_signs, lambda found: UNESCAPED[found.group()], value)


def test_bibtex_of_a_known_article() -> None:
    assert bibtex(known()) == (
        "@article{warraq0123456789,\n"
        "  author = {{ليلى الحداد}},\n"
        "  title = {{دفاتر المقاتلين}},\n"
        "  journal = {جريدة الأفق},\n"
        "  entrysubtype = {newspaper},\n"
        "  date = {2017-02-14},\n"
        "  year = {2017},\n"
        "  month = feb,\n"
        "  langid = {arabic},\n"
        "  url = {https://archive.example/a/0123456789/},\n"
        "  urldate = {2024-03-05},\n"
        "  note = {Archive: ورّاق.},\n"
        "}\n"
    )


@given(CITED)
def test_bibtex_gives_every_text_back(cited: CitedArticle) -> None:
    fields = fields_of(bibtex(cited))
    assert unescaped(braced(fields["title"])[0]) == plain(cited.title)
    assert unescaped(fields.get("journal", "")) == plain(cited.source)
    assert fields["url"] == cited.url


@given(CITED)
def test_bibtex_keeps_each_author_whole(cited: CitedArticle) -> None:
    value, names = fields_of(bibtex(cited)).get("author", ""), []
    while value:
        name, value = braced(value)
        names.append(unescaped(name))
        assert value == "" or value.startswith(" and {")
        value = value.removeprefix(" and ")
    assert tuple(names) == cited.authors


def test_ris_of_a_known_article() -> None:
    assert ris(known()).split("\r\n") == [
        "TY  - NEWS",
        "ID  - warraq0123456789",
        "TI  - دفاتر المقاتلين",
        "AU  - ليلى الحداد",
        "T2  - جريدة الأفق",
        "PY  - 2017",
        "DA  - 2017/02/14/",
        "SE  - سياسة",
        "LA  - ar",
        "DB  - ورّاق",
        "UR  - https://archive.example/a/0123456789/",
        "Y2  - 2024/03/05/",
        "ER  - ",
        "",
    ]


@given(CITED)
def test_ris_is_one_record_of_tagged_lines_that_give_every_text_back(cited: CitedArticle) -> None:
    *lines, after = ris(cited).split("\r\n")
    assert after == ""
    assert all(RIS_LINE.fullmatch(line) for line in lines)
    tags = [line[:2] for line in lines]
    assert (tags[0], tags[-1]) == ("TY", "ER")
    assert tags.count("TY") == tags.count("ER") == 1
    values = [(line[:2], line[6:]) for line in lines]
    assert ("TI", plain(cited.title)) in values
    assert tuple(value for tag, value in values if tag == "AU") == cited.authors


@pytest.mark.parametrize(
    "day, precision, in_ris, in_bibtex, in_csl",
    [
        (date(2017, 2, 14), "day", "2017/02/14/", "2017-02-14", [2017, 2, 14]),
        (date(2017, 2, 1), "month", "2017/02//", "2017-02", [2017, 2]),
        (date(2017, 1, 1), "year", "2017///", "2017", [2017]),
        (date(800, 1, 1), "year", "0800///", "0800", [800]),
    ],
)
def test_every_format_says_as_much_of_a_date_as_is_known(
    day: date, precision: str, in_ris: str, in_bibtex: str, in_csl: list[int]
) -> None:
    cited = known(day=day, precision=precision)
    assert f"DA  - {in_ris}\r\n" in ris(cited)
    assert fields_of(bibtex(cited))["date"] == in_bibtex
    assert json.loads(csl(cited))[0]["issued"] == {"date-parts": [in_csl]}


@pytest.mark.parametrize("values", [{"day": None, "precision": "unknown"}, {"date_is_from_crawl": True}])
def test_no_format_makes_up_a_date(values: dict[str, object]) -> None:
    cited = known(**values)
    assert "DA  -" not in ris(cited)
    assert not {"date", "year", "month"} & fields_of(bibtex(cited)).keys()
    assert "issued" not in json.loads(csl(cited))[0]


@given(CITED)
def test_csl_is_json_with_whole_names(cited: CitedArticle) -> None:
    (item,) = json.loads(csl(cited))
    assert item["type"] == "article-newspaper"
    assert item.get("title", "") == plain(cited.title)
    assert [author["literal"] for author in item.get("author", [])] == list(cited.authors)
    assert item["URL"] == cited.url


def test_what_a_reader_must_know_is_noted() -> None:
    notes = known(
        title_is_derived=True, date_is_from_crawl=True, paragraph=3, original_url="https://a.example/1"
    ).notes
    assert [note.split()[0] for note in notes] == ["Title", "Publication", "Paragraph", "Original"]
