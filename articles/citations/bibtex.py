"""BibTeX, with the fields of biblatex beside the classic ones.

BibTeX knows no newspapers: an entry is an `article` whose `entrysubtype` says so, as biblatex has it. Braces count in
BibTeX even behind a backslash, so a brace in a text is written by its name.
"""

from urllib.parse import quote

from articles.citations.record import CitedArticle, date_parts, iso, plain

MEDIA_TYPE = "application/x-bibtex"
LANGUAGES = {
    "ar": "arabic",
    "en": "english",
    "fr": "french",
    "fa": "persian",
    "de": "german",
    "es": "spanish",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "$&#_%"},
    }
)


def bibtex(cited: CitedArticle) -> str:
    """The article as one entry, in UTF-8. A name in braces of its own is never taken apart."""
    lines = [f"  {name} = {value}," for name, value in _fields(cited) if value]
    return "\n".join([f"@article{{{cited.key},", *lines, "}", ""])


def _fields(cited: CitedArticle) -> list[tuple[str, str]]:
    year, *rest = map(str, cited.issued or ("",))
    return [
        ("author", _braced(" and ".join(f"{{{escaped(name)}}}" for name in cited.authors))),
        ("title", _braced(f"{{{escaped(cited.title)}}}")),
        ("journal", _braced(escaped(cited.source))),
        ("entrysubtype", "{newspaper}"),
        ("date", _braced(iso(cited.issued))),
        ("year", _braced(year)),
        ("month", MONTHS[int(rest[0]) - 1] if rest else ""),
        ("langid", _braced(LANGUAGES.get(cited.language.partition("-")[0], ""))),
        ("url", _braced(address(cited.url))),
        ("urldate", _braced(iso(date_parts(cited.accessed)))),
        ("note", _braced(" ".join(escaped(note) for note in (f"Archive: {cited.archive}.", *cited.notes)))),
    ]


def _braced(value: str) -> str:
    return f"{{{value}}}" if value else ""


def escaped(text: str) -> str:
    r"""A text that TeX prints as it is.

    >>> escaped("100% {a_b}")
    '100\\% \\textbraceleft{}a\\_b\\textbraceright{}'
    """
    return plain(text).translate(ESCAPED)


def address(url: str) -> str:
    """An address that cannot end its field: braces, blanks and what is not ASCII are encoded.

    >>> address("https://archive.example/a/{x}#p3")
    'https://archive.example/a/%7Bx%7D#p3'
    """
    return quote(plain(url), safe="%/:=&?~#+!$,;'@()*[]")
