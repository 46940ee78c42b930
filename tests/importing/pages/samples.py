"""Invented pages of invented newspapers: folders of whole ones in newsrooms/, and small ones made here."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from articles.importing.folding import fold
from articles.importing.pages.extraction import extract_html
from articles.importing.records import ExtractedArticle, Rejected

NEWSROOMS = Path(__file__).parent / "newsrooms"
WORD = re.compile(r"\w+")

HEADLINE = "البلدية ترمم السوق المسقوف قبل الشتاء"
FIRST = (
    "أعلنت بلدية المدينة القديمة أن أعمال ترميم السوق المسقوف ستبدأ مطلع الشهر المقبل، بعد أن تأخرت ثلاثة أعوام "
    "بسبب نقص التمويل."
)
SECOND = (
    "وقالت رئيسة البلدية إن العمل سيشمل السقف الخشبي والأرضية الحجرية، وإن أربعين متجراً ستنتقل مؤقتاً إلى ساحة "
    "المرفأ حتى نهاية العام."
)
THIRD = "ورحب تجار السوق بالخطوة، غير أنهم طالبوا بضمانات مكتوبة للعودة إلى متاجرهم في الموعد المحدد."
TEXT = (FIRST, SECOND, THIRD)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A whole page, what it is to be read with, and what must come out of it."""

    name: str
    content: bytes
    expected: dict[str, Any]

    @property
    def body(self) -> str:
        return "\n\n".join(self.expected["body"])

    def extract(self) -> ExtractedArticle | Rejected:
        captured = self.expected.get("captured_at")
        return extract_html(
            self.content,
            address=self.expected.get("address", ""),
            captured_at=datetime.fromisoformat(captured) if captured else None,
        )


def newsrooms() -> Iterator[Newsroom]:
    for path in sorted(NEWSROOMS.glob("*.html")):
        yield Newsroom(path.stem, path.read_bytes(), json.loads(path.with_suffix(".json").read_text("utf-8")))


def page(
    *paragraphs: str, title: str = HEADLINE, head: str = "", above: str = "", below: str = "", body: str = ""
) -> str:
    """A small page of plain elements: a headline and paragraphs, and whatever is put between and around them."""
    text = body or "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or TEXT)
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><main><h1>{title}</h1>{above}<div>{text}</div>{below}</main></body></html>"
    )


def article(html: str | bytes, **options: Any) -> ExtractedArticle:
    """The article of a page that holds one."""
    found = extract_html(html, **options)
    assert isinstance(found, ExtractedArticle), found
    return found


def refusal(html: str | bytes, **options: Any) -> str:
    """The code a page is refused with."""
    found = extract_html(html, **options)
    assert isinstance(found, Rejected), found
    return found.code


def token_f1(found: str, expected: str) -> float:
    """How well two texts agree, word for word whatever the spelling: 1 is wholly."""
    ours, theirs = Counter(WORD.findall(fold(found))), Counter(WORD.findall(fold(expected)))
    common = sum((ours & theirs).values())
    return 2 * common / (sum(ours.values()) + sum(theirs.values())) if common else 0.0
