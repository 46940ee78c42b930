"""Which column of a record holds which field: guessed from its name, in English and Arabic, or told by --map."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from articles.importing.folding import key

# In the order of trust: where two columns of a record hold the same field, the first that is not empty counts.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "head line", "العنوان", "عنوان", "عنوان الخبر", "عنوان المقال"),
    "body": (
        *("body", "content", "text", "article", "article body", "full text", "article text", "story"),
        *("المتن", "النص", "نص الخبر", "نص المقال", "المحتوى", "المقال", "الخبر", "متن", "نص"),
    ),
    "author": (
        *("author", "authors", "byline", "writer", "reporter", "journalist", "author name", "creator"),
        *("الكاتب", "المؤلف", "المحرر", "الصحفي", "كاتب", "اسم الكاتب", "بقلم"),
    ),
    "source": (
        *("source", "outlet", "publisher", "newspaper", "paper", "source name", "publication", "site name"),
        *("المصدر", "الصحيفة", "الجريدة", "الوكالة", "الناشر", "مصدر", "صحيفة", "جريدة"),
    ),
    "section": ("section", "category", "categories", "topic", "القسم", "التصنيف", "الباب", "قسم", "تصنيف"),
    "language": ("language", "lang", "in language", "اللغة", "لغة"),
    "city": ("city", "المدينة", "مدينة"),
    "country": ("country", "البلد", "الدولة", "بلد"),
    "published_on": (
        *("published on", "publication date", "date published", "published at", "published", "publish date"),
        *("pub date", "publish time", "date", "datetime"),
        *("تاريخ النشر", "التاريخ", "تاريخ", "تاريخ الخبر", "تاريخ المقال", "نشر في"),
    ),
    "url": (
        *("url", "link", "article url", "source url", "web url", "canonical url", "permalink", "address"),
        *("الرابط", "رابط", "رابط الخبر", "رابط المقال"),
    ),
    "external_id": (
        "id",
        "article id",
        "external id",
        "uid",
        "uuid",
        "guid",
        "الرقم",
        "المعرف",
        "رقم",
        "معرف",
    ),
    "captured_at": (
        *(
            "captured at",
            "date extracted",
            "crawled at",
            "scraped at",
            "extracted at",
            "fetched at",
            "retrieved at",
        ),
        *("crawl date", "date crawled", "date scraped", "date download", "access date", "downloaded at"),
        *("تاريخ الالتقاط", "تاريخ الجمع", "تاريخ الاستخراج", "تاريخ الزيارة"),
    ),
}
FIELDS = tuple(NAMES)
IGNORED = ""
BY_KEY = {key(name): field for field, names in NAMES.items() for name in names}
RANKS = {key(name): rank for names in NAMES.values() for rank, name in enumerate(names)}
GUESSED_FROM = -1  # a column named by --map comes before every guess


class WrongMap(ValueError):
    """A --map that cannot be followed; the message says why."""


@lru_cache(maxsize=10_000)
def _guess(name: str) -> str:
    spaced = key(name)
    return BY_KEY.get(spaced) or BY_KEY.get(key(_words_of_camel_case(name)), "")


def guess(name: str) -> str:
    """The field a column of this name holds; empty when its name tells none.

    >>> guess("Publication_Date"), guess("datePublished"), guess("العنوان"), guess("colour")
    ('published_on', 'published_on', 'title', '')
    """
    return _guess(name[:100])


def _words_of_camel_case(name: str) -> str:
    return "".join(f" {letter}" if letter.isupper() else letter for letter in name)


def parse_map(pairs: Iterable[str]) -> dict[str, str]:
    """Columns and their fields from COLUMN=FIELD; an empty field lets the column go. Raises WrongMap.

    >>> parse_map(["النص الكامل=body", "article="])
    {'النص الكامل': 'body', 'article': ''}
    """
    told: dict[str, str] = {}
    for pair in pairs:
        column, equals, field = pair.rpartition("=")
        column, field = column.strip(), field.strip().casefold()
        if not equals or not column:
            raise WrongMap(f"--map {pair}: write COLUMN=FIELD, such as headline=title")
        if field and field not in FIELDS:
            raise WrongMap(f"--map {pair}: there is no field '{field}'; use one of {', '.join(FIELDS)}")
        told[column] = field
    return told


class Plan:
    """Which columns hold which fields, for records that have the same names: worked out once for each set."""

    def __init__(self, told: Mapping[str, str]) -> None:
        self.told = dict(told)
        self.seen: set[str] = set()
        self.plans: dict[tuple[str, ...], dict[str, list[str]]] = {}

    def columns(self, names: Sequence[str]) -> dict[str, list[str]]:
        """The columns of each field, the most trusted first."""
        names = tuple(names)
        plan = self.plans.get(names)
        if plan is None:
            if len(self.plans) > 1000:  # records that all look different must not fill the memory
                self.plans.clear()
            plan = self.plans[names] = self._plan(names)
        return plan

    def unused(self) -> list[str]:
        """Columns named by --map that no record had: a slip worth telling the operator."""
        return [column for column in self.told if column not in self.seen]

    def _plan(self, names: Sequence[str]) -> dict[str, list[str]]:
        ranked: dict[str, list[tuple[int, str]]] = {}
        for name in names:
            told = self._told(name)
            field = guess(name) if told is None else told
            rank = RANKS.get(key(name), len(RANKS)) if told is None else GUESSED_FROM
            if field:
                ranked.setdefault(field, []).append((rank, name))
        return {field: [name for _rank, name in sorted(columns)] for field, columns in ranked.items()}

    def _told(self, name: str) -> str | None:
        """The field --map gives a column, letter for letter or in another spelling; None when it says nothing."""
        for column, field in self.told.items():
            if column == name or key(column) == key(name):
                self.seen.add(column)
                return field
        return None
