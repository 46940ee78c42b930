"""Articles as wild as a crawl can make them, for citations that must hold whatever they say."""

from datetime import date

from hypothesis import strategies as st

from articles.citations.record import CitedArticle

# Everything that a format gives a meaning, beside any text at all.
SIGNS = st.sampled_from(
    list("{}\\%$&#_^~\"'@,;؛|،<>[]()=-\r\n\t\u2028\u0085\x00\u202e ")
    + ["ER  - ", "TY  - ", "@article{", " and ", "ا", "ب"]
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(SIGNS, max_size=20).map("".join))
DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))

CITED = st.builds(
    CitedArticle,
    public_id=st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=10, max_size=10),
    title=TEXTS,
    url=st.just("https://archive.example/a/0123456789/"),
    archive=TEXTS,
    accessed=DAYS,
    written_access=st.just("1 كانون الثاني / يناير 2026"),
    written_date=st.just("بلا تاريخ"),
    title_is_derived=st.booleans(),
    author=TEXTS,
    source=TEXTS,
    section=TEXTS,
    language=st.sampled_from(["ar", "en", "", "ar-IQ"]),
    day=st.one_of(st.none(), DAYS),
    precision=st.sampled_from(["day", "month", "year", "unknown"]),
    date_is_from_crawl=st.booleans(),
    original_url=TEXTS,
    paragraph=st.integers(0, 99),
)


def known(**values: object) -> CitedArticle:
    """An article with everything known of it; `values` change that."""
    fields = {
        "public_id": "0123456789",
        "title": "دفاتر المقاتلين",
        "url": "https://archive.example/a/0123456789/",
        "archive": "ورّاق",
        "accessed": date(2024, 3, 5),
        "written_access": "5 آذار / مارس 2024",
        "written_date": "14 شباط / فبراير 2017",
        "author": "ليلى الحداد",
        "source": "جريدة الأفق",
        "section": "سياسة",
        "day": date(2017, 2, 14),
        "precision": "day",
        **values,
    }
    return CitedArticle(**fields)  # type: ignore[arg-type]
