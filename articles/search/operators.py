"""The query language as one table: the lexer takes its spellings from here, the help page its rows.

Explanations are Arabic sentences for readers; a view translates them. Every example is parsed by a test.
"""

from dataclasses import dataclass
from enum import StrEnum

from articles.arabic.normalization import literal, normalize
from articles.search.syntax import FieldName


class OperatorName(StrEnum):
    """What an operator does, by a name that programs know."""

    ALL = "all"
    ANY = "any"
    WITHOUT = "without"
    PHRASE = "phrase"
    GROUP = "group"
    ANY_LETTERS = "any_letters"
    ONE_LETTER = "one_letter"
    EVERYTHING = "everything"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Operator:
    """One row of the help page. The spellings of phrases and groups are pairs: what opens, what closes."""

    name: OperatorName
    title: str
    spellings: tuple[str, ...]
    example: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a query may name before a colon. `field` is None for the date, which is no text."""

    name: str
    field: FieldName | None
    spellings: tuple[str, ...]
    example: str
    explanation: str


OPERATORS = (
    Operator(
        OperatorName.ALL,
        "كل الكلمات",
        ("و", "AND", "&", "&&"),
        "النفط و الغاز",
        "تُطلب كل الكلمات من غير أن تكتب شيئاً بينها، و«و» وحدها بين كلمتين تقول ذلك صراحةً.",
    ),
    Operator(
        OperatorName.ANY,
        "أيّ الكلمات",
        ("أو", "او", "OR", "|", "||"),
        "أمريكا أو أميركا",
        "يكفي أن يرد أحد الطرفين، وهما الكلمتان (أو العبارتان أو القوسان) حول «أو».",
    ),
    Operator(
        OperatorName.WITHOUT,
        "من دون",
        ("ليس", "NOT", "-", "\N{MINUS SIGN}"),
        "العراق ليس كردستان",
        "تُستبعد المقالات التي فيها ما بعد «ليس»، أو ما بعد الشَّرطة ملتصقةً به: -كردستان",
    ),
    Operator(
        OperatorName.PHRASE,
        "عبارة",
        (
            '""',
            "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}",
            "\N{DOUBLE LOW-9 QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}",
            "\N{DOUBLE HIGH-REVERSED-9 QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}",
            "\N{DOUBLE PRIME}\N{DOUBLE PRIME}",
            "\N{FULLWIDTH QUOTATION MARK}\N{FULLWIDTH QUOTATION MARK}",
            "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
            "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
            "\N{LEFT DOUBLE ANGLE BRACKET}\N{RIGHT DOUBLE ANGLE BRACKET}",
            "''",
            "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}",
        ),
        '"تنظيم الدولة"',
        "تُطلب الكلمات متتابعةً كما كُتبت، من غير مشتقاتها؛ ولكلمة واحدة بين علامتين المعنى نفسه.",
    ),
    Operator(
        OperatorName.GROUP,
        "قوسان",
        (
            "()",
            "\N{FULLWIDTH LEFT PARENTHESIS}\N{FULLWIDTH RIGHT PARENTHESIS}",
            "\N{ORNATE RIGHT PARENTHESIS}\N{ORNATE LEFT PARENTHESIS}",
        ),
        "(نفط أو غاز) العراق",
        "يُقرأ ما بين القوسين معاً قبل ما حوله.",
    ),
    Operator(
        OperatorName.ANY_LETTERS,
        "أيّ حروف",
        ("*",),
        "كتا*",
        "تنوب النجمة عن أي عدد من الحروف بعد حرفين على الأقل: كتاب، كتابة، كتابات.",
    ),
    Operator(
        OperatorName.ONE_LETTER,
        "حرف واحد",
        ("?",),
        "كت?ب",
        "تنوب علامة الاستفهام اللاتينية داخل الكلمة عن حرف واحد؛ وهي في آخر الكلمة علامة استفهام لا غير.",
    ),
    Operator(
        OperatorName.EVERYTHING,
        "كل شيء",
        ("*", "*:*"),
        "*",
        "كل المقالات؛ وتنفع مع الاستبعاد: * ليس رياضة",
    ),
    Operator(
        OperatorName.PERIOD,
        "مدة",
        ("..", "\N{HORIZONTAL ELLIPSIS}", "إلى", "حتى", "to"),
        "التاريخ:2014-06..2015-02",
        "من تاريخ إلى تاريخ، وكلاهما داخل فيها؛ ومن غير أحدهما تبقى المدة مفتوحة: 2014.. أو ..2016",
    ),
)

FIELDS = (
    Field(
        "title",
        FieldName.TITLE,
        ("العنوان", "عنوان", "title"),
        "العنوان:(نفط أو غاز)",
        "في عنوان المقال وحده.",
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
        "date",
        None,
        ("التاريخ", "تاريخ", "date"),
        "التاريخ:2015-07",
        "تاريخ النشر: سنة أو شهر أو يوم (21/7/2015، تموز 2015)، أو مدة بين تاريخين.",
    ),
)

BLANKS = r"\s\x00-\x1f\x7f-\x9f"  # the inside of a [...]: what parts words, control characters among it

BY_NAME = {operator.name: operator for operator in OPERATORS}
DATE_FIELD = next(row for row in FIELDS if row.field is None)


def spellings(name: OperatorName) -> tuple[str, ...]:
    return BY_NAME[name].spellings


def operator_key(word: str) -> str:
    """What the spellings of one operator share. Latin ones keep their capitals: «or» is a word, «OR» is not.

    >>> operator_key("أَوْ") == operator_key("او"), operator_key("ＯＲ"), operator_key("or")
    (True, 'OR', 'or')
    """
    plain = literal(word)
    return plain if plain.isascii() else normalize(plain)


JOINERS = {
    operator_key(spelling): name
    for name in (OperatorName.ALL, OperatorName.ANY, OperatorName.WITHOUT)
    for spelling in spellings(name)
    if spelling not in spellings(OperatorName.WITHOUT)[2:]  # a dash works only where it touches its operand
}
FIELDS_BY_SPELLING = {normalize(spelling): row for row in FIELDS for spelling in row.spellings}


def is_operator(word: str) -> bool:
    """Whether a word alone between spaces is read as an operator.

    >>> is_operator("أو"), is_operator("AND"), is_operator("and"), is_operator("أوروبا")
    (True, True, False, False)
    """
    return operator_key(word) in JOINERS
