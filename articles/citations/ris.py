"""RIS, the tagged lines of reference managers (specification of 2011, type NEWS)."""

from collections.abc import Iterator

from articles.citations.record import CitedArticle, date_parts, plain

MEDIA_TYPE = "application/x-research-info-systems"
LINE_END = "\r\n"


def ris(cited: CitedArticle) -> str:
    """The article as one record. A value is one line, so no text can begin another tag."""
    return "".join(f"{tag}  - {plain(value)}{LINE_END}" for tag, value in _lines(cited))


def _lines(cited: CitedArticle) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", cited.key
    yield "TI", cited.title
    yield from (("AU", name) for name in cited.authors)
    yield from _if("T2", cited.source)
    yield from _if("PY", f"{cited.issued[0]:04}" if cited.issued else "")
    yield from _if("DA", slashed(cited.issued))
    yield from _if("SE", cited.section)
    yield from _if("LA", cited.language)
    yield from _if("DB", cited.archive)
    yield "UR", cited.url
    yield "Y2", slashed(date_parts(cited.accessed))
    yield from (("N1", note) for note in cited.notes)
    yield "ER", ""


def _if(tag: str, value: str) -> Iterator[tuple[str, str]]:
    if plain(value):
        yield tag, value


def slashed(parts: tuple[int, ...]) -> str:
    """A date in the four places that RIS gives it, as far as it is known.

    >>> slashed((2017, 2, 14)), slashed((2017,)), slashed(())
    ('2017/02/14/', '2017///', '')
    """
    if not parts:
        return ""
    year, *rest = parts
    return "/".join([f"{year:04}", *[f"{part:02}" for part in rest], *[""] * (2 - len(rest)), ""])
