"""The fields that a query may name, as one table: the lexer takes its spellings from here, the help page its rows."""

from dataclasses import dataclass

from articles.search.syntax import FieldName


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a query may name before a colon. `field` is None for the date, which is no text."""

    name: str
    field: FieldName | None
    spellings: tuple[str, ...]
    example: str
    explanation: str


FIELDS = (
    Field(
        "title",
        FieldName.TITLE,
        ("العنوان", "عنوان", "title"),
        "العنوان:(نفط أو غاز)",
        "في عنوان المقال وحده.",
    ),
    Field(
        "body",
        FieldName.BODY,
        ("المتن", "متن", "النص", "body"),
        "المتن:زلزال",
        "في نص المقال من غير عنوانه.",
    ),
    Field(
        "lead",
        FieldName.LEAD,
        ("المقدمة", "مقدمة", "الفقرة_الأولى", "lead", "intro"),
        "المقدمة:زلزال",
        "في الفقرة الأولى من النص.",
    ),
    Field(
        "source",
        FieldName.SOURCE,
        ("المصدر", "مصدر", "source"),
        'المصدر:"أخبار الآن"',
        "في اسم الصحيفة أو الموقع، بحروفه من غير مشتقاته.",
    ),
    Field(
        "author",
        FieldName.AUTHOR,
        ("الكاتب", "كاتب", "المؤلف", "مؤلف", "author"),
        "الكاتب:الحداد",
        "في اسم الكاتب، بحروفه من غير مشتقاته.",
    ),
    Field(
        "section",
        FieldName.SECTION,
        ("القسم", "قسم", "section"),
        "القسم:اقتصاد",
        "في اسم القسم الذي نُشر فيه المقال.",
    ),
    Field(
        "place",
        FieldName.PLACE,
        ("المكان", "مكان", "place"),
        "المكان:بيروت",
        "في المكان الذي كُتب منه المقال.",
    ),
    Field(
        "collection",
        FieldName.COLLECTION,
        ("المجموعة", "مجموعة", "collection"),
        'المجموعة:"ملف الطاقة"',
        "في أسماء المجموعات التي وُضع فيها المقال.",
    ),
    Field(
        "date",
        None,
        ("التاريخ", "تاريخ", "date"),
        "التاريخ:2015-07",
        "تاريخ النشر: سنة أو شهر أو يوم (21/7/2015، تموز 2015)، أو مدة بين تاريخين.",
    ),
)

DATE_FIELD = next(row for row in FIELDS if row.field is None)
