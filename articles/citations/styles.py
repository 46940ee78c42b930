"""Citations to copy, in the four styles that readers of the archive write in.

Arabic: the rules for authors of the Arab Center for Research and Policy Studies (articles of newspapers, with the words
for what is read online: «شوهد في»، «في»). APA: Publication Manual, 7th edition, 10.1 example 16, with 9.17 for no date
and 9.22 for a title supplied in brackets. MLA: Handbook, 9th edition, the template of core elements with the archive as
second container. Chicago: Manual of Style, 17th edition, 14.191 to 14.200 (newspapers) and 14.12 (date of access).

These styles fix the English names of months themselves; the reader's choice of names bears on the Arabic style alone.
A name stands as it is signed: to invert an Arabic name, or «Al Jazeera Staff», would make another name of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from articles.citations.record import CitedArticle, plain

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip
NO_DATE = "n.d."
ENDS = (".", "?", "!", "؟", "…", "۔")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a citation: a value of the article's own, with its own direction, or the words of the style.

    `is_work` says that the style sets the value in italics.
    """

    text: str
    is_value: bool = False
    is_work: bool = False


Citation = tuple[Run, ...]


def text_of(citation: Citation) -> str:
    return "".join(run.text for run in citation)


def arabic(cited: CitedArticle) -> Citation:
    """الكاتب، «العنوان»، الصحيفة، التاريخ، محفوظ في: الأرشيف، شوهد في ...، في: الرابط."""
    parts = [
        *([_value(" و".join(cited.authors))] if cited.authors else []),
        [Run("«"), *_title(cited, "[عنوان مستخرج من أول النص]"), Run("»")],
        *([_value(cited.source)] if plain(cited.source) else []),
        _arabic_date(cited),
        *([[Run(f"الفقرة {cited.paragraph}")]] if cited.paragraph else []),
        [Run("محفوظ في: "), *_value(cited.archive)],
        [Run(f"شوهد في {cited.written_access}")],
        [Run("في: "), *_value(cited.url)],
    ]
    return _joined(parts, "، ", "")


def apa(cited: CitedArticle) -> Citation:
    """Author. (Year, Month Day). Title. Newspaper. URL"""
    year, *rest = cited.issued or (0,)
    date = f"{year}, {_month_day(rest)}" if rest else str(year or NO_DATE)
    runs = [*_ending(_listed(cited.authors, ", & ")), Run(f" ({date}). ")] if cited.authors else []
    runs += _ending(_title(cited, "[title supplied by the archive]"))
    if not cited.authors:
        runs += [Run(f" ({date}).")]
    source = [Run(" "), *_work(cited.source or cited.archive)]
    runs += _ending([*source, Run(f", para. {cited.paragraph}")] if cited.paragraph else source)
    if cited.captured:
        runs += [Run(f" Captured {_american(cited.captured)}.")]
    link = "" if cited.issued else f"Retrieved {_american(_accessed(cited))}, from "
    return _tidied([*runs, Run(f" {link}"), *_value(cited.url)])


def mla(cited: CitedArticle) -> Citation:
    """Author. “Title.” Newspaper, Day Month Year, Archive, URL. Accessed Day Month Year."""
    runs: list[Run] = []
    if cited.authors:
        several = len(cited.authors) > 2
        names = [*_value(cited.authors[0]), Run(", et al.")] if several else _listed(cited.authors, ", and ")
        runs += [*_ending(names), Run(" ")]
    title = _title(cited, "[title supplied by the archive]")
    runs += [Run("“"), *_ending(title), Run("” ")]
    date = _british(cited.issued) or NO_DATE
    parts = [
        *([_work(cited.source)] if plain(cited.source) else []),
        [Run(f"{date}, captured {_british(cited.captured)}" if cited.captured else date)],
        *([[Run(f"par. {cited.paragraph}")]] if cited.paragraph else []),
        _work(cited.archive),
        _value(cited.url),
    ]
    return _tidied([*runs, *_joined(parts, ", ", "."), Run(f" Accessed {_british(_accessed(cited))}.")])


def chicago(cited: CitedArticle) -> Citation:
    """Author. “Title.” Newspaper, Month Day, Year. Archive. Accessed Month Day, Year. URL."""
    runs = [*_ending(_listed(cited.authors, ", and ")), Run(" ")] if cited.authors else []
    title = _title(cited, "[title supplied by the archive]")
    runs += [Run("“"), *_ending(title), Run("” ")]
    date = _american(cited.issued) or NO_DATE
    parts = [
        *([_work(cited.source)] if plain(cited.source) else []),
        [Run(f"{date}, captured {_american(cited.captured)}" if cited.captured else date)],
        *([[Run(f"para. {cited.paragraph}")]] if cited.paragraph else []),
    ]
    runs += _ending(list(_joined(parts, ", ", "")))
    runs += [Run(" "), *_ending(_value(cited.archive))]
    return _tidied([*runs, Run(f" Accessed {_american(_accessed(cited))}. "), *_value(cited.url), Run(".")])


STYLES: dict[str, Callable[[CitedArticle], Citation]] = {
    "arabic": arabic,
    "apa": apa,
    "mla": mla,
    "chicago": chicago,
}


# Values


def _value(text: str) -> list[Run]:
    return [Run(plain(text), is_value=True)]


def _work(text: str) -> list[Run]:
    return [Run(plain(text), is_value=True, is_work=True)]


def _title(cited: CitedArticle, derived: str) -> list[Run]:
    """The title, followed by a word where it is not the newspaper's own."""
    title = _value(cited.title)
    return [*title, Run(f" {derived}")] if cited.title_is_derived else title


def _listed(names: Sequence[str], last: str) -> list[Run]:
    """Names beside each other: «A», «A, & B», «A, B, & C»."""
    runs: list[Run] = []
    for number, name in enumerate(names):
        if number:
            runs.append(Run(last if number == len(names) - 1 else ", "))
        runs += _value(name)
    return runs


# Dates


def _arabic_date(cited: CitedArticle) -> list[Run]:
    if cited.captured:
        return [Run(f"بلا تاريخ (التُقط في {cited.written_date})")]
    return [Run(cited.written_date)]


def _accessed(cited: CitedArticle) -> tuple[int, ...]:
    return cited.accessed.year, cited.accessed.month, cited.accessed.day


def _month_day(parts: Sequence[int]) -> str:
    """«February 14», «February»."""
    return " ".join([MONTHS[parts[0] - 1], *map(str, parts[1:])])


def _american(parts: tuple[int, ...]) -> str:
    """A date as far as it is known.

    >>> _american((2017, 2, 14)), _american((2017, 2)), _american((2017,)), _american(())
    ('February 14, 2017', 'February 2017', '2017', '')
    """
    if not parts:
        return ""
    year, *rest = parts
    return f"{_month_day(rest)}{',' if len(rest) == 2 else ''} {year}" if rest else str(year)


def _british(parts: tuple[int, ...]) -> str:
    """A date as far as it is known.

    >>> _british((2017, 2, 14)), _british((2017, 2)), _british((2017,))
    ('14 Feb. 2017', 'Feb. 2017', '2017')
    """
    year, *rest = parts or (0,)
    month = [SHORT_MONTHS[rest[0] - 1]] if rest else []
    return " ".join([*map(str, rest[1:]), *month, str(year)]) if parts else ""


# Punctuation


def _joined(parts: Sequence[Sequence[Run]], between: str, end: str) -> Citation:
    runs: list[Run] = []
    for number, part in enumerate(parts):
        runs += [Run(between)] if number else []
        runs += part
    return tuple([*runs, Run(end)] if end else runs)


def _ending(runs: list[Run]) -> list[Run]:
    """The runs closed by a full stop where they do not end in a mark of their own."""
    return runs if runs[-1].text.endswith(ENDS) else [*runs, Run(".")]


def _tidied(runs: Sequence[Run]) -> Citation:
    return tuple(run for run in runs if run.text)
