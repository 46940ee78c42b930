"""What a citation says of an article, before it is written in any style."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

# What separates authors beyond doubt. A comma may stand inside an office («وزارة الصحة، قسم الإعلام»), a hyphen before
# a city, and «و» begins names (وليد): none of these is taken for a border between two people.
BETWEEN_AUTHORS = re.compile(r"[;؛|]")
LEFT_OUT = {"Cc", "Cs", "Co", "Cn"}  # control characters, lone surrogates, and what Unicode gave no meaning
KNOWN_PARTS = {"day": 3, "month": 2, "year": 1}


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """One article as it is cited.

    `day` is known as far as `precision` says («day», «month», «year», «unknown»); where `date_is_from_crawl`, it is
    the day of capture and no date of publication. `url` is the permanent link, of one paragraph where `paragraph` is
    not 0. `written_date` and `written_access` are the two dates as Arabic prose writes them.
    """

    public_id: str
    title: str
    url: str
    archive: str
    accessed: date
    written_access: str
    written_date: str
    title_is_derived: bool = False
    author: str = ""
    source: str = ""
    section: str = ""
    language: str = "ar"
    day: date | None = None
    precision: str = "unknown"
    date_is_from_crawl: bool = False
    original_url: str = ""
    paragraph: int = 0

    @property
    def authors(self) -> tuple[str, ...]:
        return split_authors(self.author)

    @property
    def issued(self) -> tuple[int, ...]:
        """Year, month and day of publication as far as they are known; empty where they are not."""
        if self.day is None or self.date_is_from_crawl:
            return ()
        return date_parts(self.day)[: KNOWN_PARTS.get(self.precision, 0)]

    @property
    def captured(self) -> tuple[int, ...]:
        """Year, month and day of the capture, where no better date is known."""
        return date_parts(self.day) if self.day and self.date_is_from_crawl else ()

    @property
    def key(self) -> str:
        """What a bibliography calls the entry: letters and digits of ASCII."""
        return f"warraq{self.public_id}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of an entry must know, in English, the language of the formats."""
        said = [
            "Title supplied by the archive: the first sentence of the text." if self.title_is_derived else "",
            f"Publication date unknown; captured {iso(self.captured)}." if self.captured else "",
            f"Paragraph {self.paragraph}." if self.paragraph else "",
            f"Original address: {plain(self.original_url)}" if self.original_url else "",
        ]
        return tuple(note for note in said if note)


def split_authors(author: str) -> tuple[str, ...]:
    """The authors named, each as it is written; a name is never taken apart.

    >>> split_authors("ليلى الحداد؛ سامر القيسي")
    ('ليلى الحداد', 'سامر القيسي')
    >>> split_authors("رنا سالم ووليد عمر، بيروت")
    ('رنا سالم ووليد عمر، بيروت',)
    """
    names = (plain(name) for name in BETWEEN_AUTHORS.split(author))
    return tuple(dict.fromkeys(name for name in names if name))


def plain(text: str) -> str:
    """The text on one line, without characters that no format can carry.

    >>> plain(" خبر\\n عاجل\\x00 ")
    'خبر عاجل'
    """
    kept = (letter for letter in text if letter.isspace() or unicodedata.category(letter) not in LEFT_OUT)
    return " ".join("".join(kept).split())


def date_parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def iso(parts: tuple[int, ...]) -> str:
    """A date as ISO 8601 writes it, as far as it is known.

    >>> iso((2017, 2)), iso(())
    ('2017-02', '')
    """
    return "-".join(f"{part:02}" if place else f"{part:04}" for place, part in enumerate(parts))
