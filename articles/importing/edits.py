"""What a newspaper changed from one text of an article to the next: its headline, its numbers; and whether it says so.

Numbers are compared where the text was changed, in paragraphs that are still there: a number that stood there and
stands in no changed place of the newer text was changed. What is only added changes nothing that was said.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from articles.importing.diffing import Change, compare, paragraphs
from articles.importing.folding import fold, key

HEAD, FOOT = 3, 3  # lines of a text that may hold a notice
LONGEST_NOTICE = 600  # letters of a line among which a notice is looked for
LONGEST_CLOCK = 120  # letters of a line that tells when it was published, or how often it was read

# Lines that programs write, and change at any time: moments of publication and of change, counters.
CLOCK = re.compile(
    r"^\W*(?:(?:تاريخ|وقت|تم|جري)\s+)?(?:اخر\s+(?:تحديث|تعديل)|(?:ال)?(?:تحديث|نشر)\s*[:|\-–]?\s*(?:في|بتاريخ)?\s*[:|\-–]?\s*\d(?:[\d/:.\-]{2}|\d?\s+[^\W\d])"
    r"|(?:نشر|نشرت|حدث|حدثت|اضيف|اضيفت|كتب|حرر)\s+(?:في|بتاريخ|يوم|قبل|منذ)|منذ\s|قبل\s+\S+\s+(?:دقاي?ق|دقيقه|ساعه|ساعات|ايام|يوم)"
    r"|(?:عدد\s+)?(?:ال)?(?:قراءات|مشاهدات|زيارات|تعليقات|مشاركات)\b|\d+\s+(?:مشاهده|قراءه|تعليق|تعليقات|مشاركه)\s*$"
    r"|last\s+(?:updated|modified)|(?:updated|published|posted)\s+(?:on|at)\b)"
)
# Words with which a newspaper says that it changed a text: a label at the head of a line, or a sentence.
NOTICE = (
    r"(?:(?:ال)?(?:تصحيح|تصويب|تنويه|توضيح|استدراك|تحديث|تعديل|اعتذار)"
    r"|correction|corrected|update|updated|clarification|editor.?s\s+note)"
)
LABEL = re.compile(
    rf"^\W*(?:{NOTICE}|محدث|محدثه|مصحح|معدل|ملاحظه\s+(?:من\s+)?(?:المحرر|التحرير))"
    r"(?:\s+(?:هام|مهم|من\s+(?:المحرر|التحرير|الاداره)|خبر|واعتذار|وتوضيح|لقرائنا|\d+))?\s*(?:[:\-–—|)\]»*.]|$)"
)
SAYS = re.compile(
    r"(?:تم|جري|جرت|قمنا\s+ب|قامت\s+\S+\s+ب)\s*(?:ال)?(?:تصحيح|تعديل|تحديث|تصويب|تغيير|استبدال|حذف)\s(?:\S+\s){0,4}?"
    r"(?:هذا|هذه|الخبر|المقال|الماده|النص|العنوان|التقرير|القصه|الرقم|الحصيله|المعلومه|نسخه)"
    r"|(?:^|\s)(?:عدل|صحح|حدث|صوب)(?:ت)?\s+(?:هذا|هذه)\s"
    r"|(?:ورد|ذكر|نشر|جاء|اورد)\S*\s(?:\S+\s){0,6}?(?:خطا|بالخطا|سهوا|عن\s+طريق\s+الخطا)"
    r"|(?:نسخه|صيغه)\s+سابقه\s+من\s+(?:هذا|هذه|الخبر|المقال|التقرير)|(?:اقتضي|وجب|لزم)\s+(?:التنويه|التصحيح|التوضيح)"
)
IN_TITLE = re.compile(
    rf"^\W*(?:{NOTICE}|محدث)\s*\d*\s*[:\-–—|)\]»]|[(\[]\s*(?:محدث|تحديث|تصحيح|مصحح)\s*\d*\s*[)\]]"
)

PERCENT = re.compile(r"\s*(?:%|٪|(?:في|ب)\s*ال?م(?:ي|اي|ئ)ه)")
DIGITS = re.compile(r"\d+(?:[.,:/\u066b\u066c]\d+)*")
GROUPS = re.compile(r"(?<=\d)[,\u066c](?=\d{3}(?!\d))")
TEEN = r"(?:\s+(?:عشر|عشره))?"
# As `fold` writes them.
UNITS = {
    "واحد": 1, "واحده": 1, "احد": 1, "احدي": 1, "اثنان": 2, "اثنين": 2, "اثنا": 2, "اثني": 2, "اثنتان": 2, "اثنتين": 2,
    "ثلاث": 3, "ثلاثه": 3, "اربع": 4, "اربعه": 4, "خمس": 5, "خمسه": 5, "ست": 6, "سته": 6, "سبع": 7, "سبعه": 7,
    "ثماني": 8, "ثمانيه": 8, "ثمان": 8, "تسع": 9, "تسعه": 9, "عشر": 10, "عشره": 10,
}  # fmt: skip
SCALES = {
    "عشرات": "عشرات", "العشرات": "عشرات", "مايه": "100", "ميه": "100", "ميات": "مئات", "الميات": "مئات",
    "الف": "ألف", "الاف": "ألف", "الالاف": "آلاف", "مليون": "مليون", "مليونا": "مليون", "ملايين": "مليون",
    "مليار": "مليار", "مليارا": "مليار", "مليارات": "مليار",
}  # fmt: skip
WORD = re.compile(
    rf"{DIGITS.pattern}"
    rf"|(?<![^\W\d_])[وبفلك]?(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))}){TEEN}(?![^\W\d_])"
    rf"|(?<![^\W\d_])[وبفلك]?(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))})(?![^\W\d_])"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """What changed, and whether the newer text has a notice of it that the older one had not."""

    headline: bool = False
    numbers: bool = False
    declared: bool = False

    @property
    def is_silent(self) -> bool:
        return (self.headline or self.numbers) and not self.declared


def edit_between(title: str, body: str, newer_title: str, newer_body: str) -> Edit:
    """What the newer title and body change in the older ones."""
    return Edit(
        headline=is_reworded(title, newer_title),
        numbers=numbers_changed(body, newer_body),
        declared=is_declared(title, body, newer_title, newer_body),
    )


def is_reworded(title: str, newer: str) -> bool:
    """Whether a headline says something else: beyond spelling, punctuation, blanks, and a mark such as «محدث».

    >>> is_reworded("مقتل ٥ جنود", "محدث: مقتل 5 جنود!"), is_reworded("مقتل جنود", "مقتل جندي")
    (False, True)
    """
    return _headline(title) != _headline(newer)


def _headline(title: str) -> str:
    bare = IN_TITLE.sub(" ", fold(title))
    # A point within a number is no punctuation: 1.5 is not 15.
    numbers = " ".join(sorted(numbers_in(bare)))
    return f"{key(bare).replace(' ', '')} {numbers}"


def numbers_changed(body: str, newer: str) -> bool:
    """Whether a number of the older text was changed or taken out where the text around it stayed.

    >>> numbers_changed("قتل خمسة أشخاص أمس.", "قتل 5 أشخاص أمس.")
    False
    >>> numbers_changed("قتل 5 أشخاص أمس.", "قتل 7 أشخاص أمس.")
    True
    """
    gone: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for paragraph in paragraphs(compare(_without_clocks(body), _without_clocks(newer))):
        before, after = _text(paragraph, "before"), _text(paragraph, "after")
        if _are_exchanged(before, after):
            return True
        older, later = Counter(numbers_in(before)), Counter(numbers_in(after))
        said += later - older
        if any(change.kind == "same" and len(change.before.split()) > 1 for change in paragraph):
            gone += older - later
    return bool(gone - said)


def _are_exchanged(before: str, after: str) -> bool:
    """Whether the words are the same, and the numbers among them stand in another order."""
    return before != after and (
        list(numbers_in(before)) != list(numbers_in(after))
        and WORD.sub("#", fold(before)) == WORD.sub("#", fold(after))
    )


def _text(changes: list[Change], side: str) -> str:
    return "".join(getattr(change, side) for change in changes)


def numbers_in(text: str) -> Iterator[str]:
    """The numbers of a text in one spelling: digits, words up to ten, round words such as «عشرات»; percentages as such.

    >>> list(numbers_in("قُتل خمسة عشر وأصيب ١٬٥٠٠ بنسبة 2٫5 في المئة"))
    ['15', '1500', '2.5%']
    """
    folded = fold(text)
    for found in WORD.finditer(folded):
        if unit := found["unit"]:
            teen = found.group().endswith((" عشر", " عشره"))
            number = str(UNITS[unit] + 10 if teen else UNITS[unit])
        elif scale := found["scale"]:
            number = SCALES[scale]
        else:
            number = GROUPS.sub("", found.group()).replace("\u066b", ".").lstrip("0") or "0"
        yield number + ("%" if PERCENT.match(folded, found.end()) else "")


def _without_clocks(body: str) -> str:
    return "\n".join(line for line in body.split("\n") if not is_clock(line))


def is_clock(line: str) -> bool:
    """Whether a line tells when the page was published or changed, or counts its readers.

    >>> is_clock("آخر تحديث: 12:30 - 4 آذار 2016"), is_clock("قتل 5 أشخاص في آخر تحديث للحصيلة")
    (True, False)
    """
    return len(line) <= LONGEST_CLOCK and bool(CLOCK.search(fold(line).strip()))


def is_declared(title: str, body: str, newer_title: str, newer_body: str) -> bool:
    """Whether the newer text bears a notice of a change, in its headline or its first and last lines, that is new."""
    return bool(set(_notices(newer_title, newer_body)) - set(_notices(title, body)))


def _notices(title: str, body: str) -> Iterator[str]:
    if IN_TITLE.search(folded := fold(title)):
        yield key(folded)
    lines = [line for line in body.split("\n") if line.strip()]
    for line in lines if len(lines) <= HEAD + FOOT else [*lines[:HEAD], *lines[-FOOT:]]:
        folded = fold(line[:LONGEST_NOTICE])
        if not is_clock(line) and (LABEL.search(folded) or SAYS.search(folded)):
            yield key(folded)
