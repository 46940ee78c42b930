"""The query language as one table: the lexer takes its spellings from here, the help page its rows.

Explanations are Arabic sentences for readers; a view translates them. Every example is tried on an index by a test.
"""

from dataclasses import dataclass
from enum import StrEnum

from articles.arabic.normalization import literal, normalize
from articles.search.fields import FIELDS, Field
from articles.search.syntax import Unit


class OperatorName(StrEnum):
    """What an operator does, by a name that programs know."""

    ALL = "all"
    ANY = "any"
    WITHOUT = "without"
    GROUP = "group"
    EVERYTHING = "everything"
    LITERAL = "literal"
    ANY_LETTERS = "any_letters"
    ONE_LETTER = "one_letter"
    FUZZY = "fuzzy"
    ROOT = "root"
    PHRASE = "phrase"
    NEAR_QUOTED = "near_quoted"
    ORDERED_QUOTED = "ordered_quoted"
    NEAR = "near"
    BEFORE = "before"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    AT_LEAST = "at_least"
    PERIOD = "period"
    BOUNDARY = "boundary"
    RELATIVE = "relative"
    HIJRI = "hijri"


class Section(StrEnum):
    """The parts of the help page that explain operators."""

    WORDS = "words"
    LETTERS = "letters"
    NEARNESS = "nearness"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class Operator:
    """One row of the help page. The spellings of phrases and groups are pairs: what opens, what closes.

    `before` and `after` stand around a spelling where it is shown by itself.
    """

    name: OperatorName
    section: Section
    title: str
    spellings: tuple[str, ...]
    example: str
    explanation: str
    before: str = ""
    after: str = ""

    @property
    def is_sign(self) -> bool:
        """Whether it is spelled without letters, which would tell the direction in which it is written."""
        return not self.spellings[0][0].isalpha()


OPERATORS = (
    Operator(
        OperatorName.ALL,
        Section.WORDS,
        "كل الكلمات",
        ("و", "AND", "&", "&&"),
        "النفط و الغاز",
        "تُطلب كل الكلمات من غير أن تكتب شيئاً بينها، و«و» وحدها بين كلمتين تقول ذلك صراحةً.",
    ),
    Operator(
        OperatorName.ANY,
        Section.WORDS,
        "أيّ الكلمات",
        ("أو", "او", "OR", "|", "||"),
        "أمريكا أو أميركا",
        "يكفي أن يرد أحد الطرفين، وهما الكلمتان (أو العبارتان أو القوسان) حول «أو».",
    ),
    Operator(
        OperatorName.WITHOUT,
        Section.WORDS,
        "من دون",
        ("ليس", "NOT", "-", "\N{MINUS SIGN}"),
        "العراق ليس كردستان",
        "تُستبعد المقالات التي فيها ما بعد «ليس»، أو ما بعد الشَّرطة ملتصقةً به: -كردستان",
    ),
    Operator(
        OperatorName.GROUP,
        Section.WORDS,
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
        OperatorName.EVERYTHING,
        Section.WORDS,
        "كل شيء",
        ("*", "*:*"),
        "*",
        "كل المقالات؛ وتنفع مع الاستبعاد: * ليس رياضة",
    ),
    Operator(
        OperatorName.LITERAL,
        Section.LETTERS,
        "بحروفها",
        ("=", "\N{FULLWIDTH EQUALS SIGN}", "\N{SMALL EQUALS SIGN}"),
        "=علي",
        "الكلمة أو العبارة بعد علامة المساواة بحروفها كما كُتبت: =علي لا تجد «على»، ولا تجد =فأر «فار».",
        after="…",
    ),
    Operator(
        OperatorName.ANY_LETTERS,
        Section.LETTERS,
        "أيّ حروف",
        ("*",),
        "كتا*",
        "تنوب النجمة عن أي حروف: كتا* تجد كتابة، و*اتيج* تجد استراتيجية. يلزم حرفان متتاليان، وثلاثة إن سبقتها.",
    ),
    Operator(
        OperatorName.ONE_LETTER,
        Section.LETTERS,
        "حرف واحد",
        ("?",),
        "كت?ب",
        "تنوب علامة الاستفهام اللاتينية داخل الكلمة عن حرف واحد؛ وهي في آخر الكلمة علامة استفهام لا غير.",
    ),
    Operator(
        OperatorName.FUZZY,
        Section.LETTERS,
        "كلمة تقاربها",
        ("~", "\N{FULLWIDTH TILDE}"),
        "باراجواي~",
        "الكلمة وما يخالفها بحرف واحد زائد أو ناقص أو مبدّل، من أربعة حروف فأكثر؛ و~2 بحرفين، من ستة حروف فأكثر.",
        before="…",
    ),
    Operator(
        OperatorName.ROOT,
        Section.LETTERS,
        "جذر",
        ("الجذر", "جذر", "root"),
        "الجذر:كتب",
        "كل كلمة من الجذر: كاتب ومكتبة وكتابة. اكتب ثلاثة حروف أو أربعة: كتب، أو ك-ت-ب",
        after=":",
    ),
    Operator(
        OperatorName.PHRASE,
        Section.NEARNESS,
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
        OperatorName.NEAR_QUOTED,
        Section.NEARNESS,
        "عبارة متفرقة",
        ("~", "\N{FULLWIDTH TILDE}"),
        '"انفجار بغداد"~5',
        "كلمات العبارة قريبة بعضها من بعض بأي ترتيب، وبينها خمس كلمات أخرى على الأكثر. من غير رقم: عشر، والحد خمسون.",
        before='"…"',
        after="5",
    ),
    Operator(
        OperatorName.ORDERED_QUOTED,
        Section.NEARNESS,
        "عبارة متفرقة مرتبة",
        ("~>", "~<"),
        '"وقف النار"~>3',
        "كالسابقة، والكلمات بترتيبها في العبارة.",
        before='"…"',
        after="5",
    ),
    Operator(
        OperatorName.NEAR,
        Section.NEARNESS,
        "قرب",
        ("قرب", "NEAR", "W"),
        "انفجار قرب/5 بغداد",
        "الطرفان بكل صيغهما، بأي ترتيب، والرقم عدد الكلمات بينهما على الأكثر. الطرف كلمة أو عبارة أو قوسان فيهما «أو».",
        after="/5",
    ),
    Operator(
        OperatorName.BEFORE,
        Section.NEARNESS,
        "قبل",
        ("قبل", "PRE"),
        "إعلان قبل/5 هدنة",
        "كالقرب، والطرف الأول قبل الثاني.",
        after="/5",
    ),
    Operator(
        OperatorName.SENTENCE,
        Section.NEARNESS,
        "في جملة واحدة",
        ("جملة", "الجملة", "sentence"),
        "جملة:(الوزير الاستقالة)",
        "ما بين القوسين، أو كلمات العبارة بعد النقطتين، في جملة واحدة.",
        after=":",
    ),
    Operator(
        OperatorName.PARAGRAPH,
        Section.NEARNESS,
        "في فقرة واحدة",
        ("فقرة", "الفقرة", "paragraph"),
        "فقرة:(الأسعار القمح)",
        "كالسابقة، في فقرة واحدة.",
        after=":",
    ),
    Operator(
        OperatorName.AT_LEAST,
        Section.NEARNESS,
        "مرات على الأقل",
        ("مرات", "على_الأقل", "atleast"),
        "مرات3:الفيضان",
        "ما بعد النقطتين ثلاث مرات على الأقل في المقال. الرقم بعد «مرات» من 2 إلى 100.",
        after="3:",
    ),
    Operator(
        OperatorName.PERIOD,
        Section.DATES,
        "مدة",
        ("..", "\N{HORIZONTAL ELLIPSIS}", "إلى", "حتى", "to"),
        "التاريخ:2014-06..2015-02",
        "من تاريخ إلى تاريخ، وكلاهما داخل فيها؛ ومن غير أحدهما تبقى المدة مفتوحة: 2014.. أو ..2016",
    ),
    Operator(
        OperatorName.BOUNDARY,
        Section.DATES,
        "قبل تاريخ أو بعده",
        ("قبل", "بعد", "منذ", "حتى", "before", "after", "since", "until"),
        "التاريخ:بعد 2015-06",
        "«قبل» و«بعد» من غير التاريخ نفسه، و«منذ» و«حتى» معه.",
    ),
    Operator(
        OperatorName.RELATIVE,
        Section.DATES,
        "تاريخ من اليوم",
        ("اليوم", "أمس", "آخر", "هذا", "الماضي", "today", "yesterday", "past", "this", "last"),
        "التاريخ:آخر 3 أشهر",
        "آخر أسبوع، آخر ٧ أيام، هذا العام، الشهر الماضي. يصير في الرابط تاريخاً ثابتاً، فيبقى معناه كما هو.",
    ),
    Operator(
        OperatorName.HIJRI,
        Section.DATES,
        "تاريخ هجري",
        ("هـ", "هجري", "AH"),
        "التاريخ:رمضان 1438",
        "سنة أو شهر أو يوم بتقويم أم القرى: 1436هـ، رمضان 1438، 12 محرم 1437، من 1343 إلى 1500.",
    ),
)

BLANKS = r"\s\x00-\x1f\x7f-\x9f"  # the inside of a [...]: what parts words, control characters among it

BY_NAME = {operator.name: operator for operator in OPERATORS}
ROOT = BY_NAME[OperatorName.ROOT]
UNITS = {OperatorName.SENTENCE: Unit.SENTENCE, OperatorName.PARAGRAPH: Unit.PARAGRAPH}


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
# What may stand before a colon, besides a number of times.
NAMED: tuple[Field | Operator, ...] = (*FIELDS, ROOT, *(BY_NAME[name] for name in UNITS))
PREFIXES = {normalize(spelling): row for row in NAMED for spelling in row.spellings}


def is_operator(word: str) -> bool:
    """Whether a word alone between spaces is read as an operator.

    >>> is_operator("أو"), is_operator("AND"), is_operator("and"), is_operator("أوروبا")
    (True, True, False, False)
    """
    return operator_key(word) in JOINERS
