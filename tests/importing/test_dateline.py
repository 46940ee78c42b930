"""Datelines, and lines that only look like them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import byline, dateline, places


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (
            "مرفأ نيوز | بيروت – لبنان – (هدى سالم)",
            {"source": "مرفأ نيوز", "city": "بيروت", "country": "لبنان", "author": "هدى سالم"},
        ),
        ("بيروت – لبنان – (هدى سالم)", {"city": "بيروت", "country": "لبنان", "author": "هدى سالم"}),
        ("صيدا – لبنان – (وكالة المرفأ)", {"city": "صيدا", "country": "لبنان", "source": "وكالة المرفأ"}),
        ("بيروت - رويترز", {"city": "بيروت", "source": "رويترز"}),
        ("بيروت-أ ف ب", {"city": "بيروت", "source": "أ ف ب"}),
        ("بيروت: «صحيفة المرفأ»", {"city": "بيروت", "source": "صحيفة المرفأ"}),
        ("وكالة المرفأ – بيروت:", {"city": "بيروت", "source": "وكالة المرفأ"}),
        (
            "تونس – جريدة المرفأ – 21 فيفري 2025",
            {"city": "تونس", "source": "جريدة المرفأ", "published": date(2025, 2, 21)},
        ),
        ("صفاقس – تونس – من مراسلتنا هدى سالم", {"city": "صفاقس", "country": "تونس", "author": "هدى سالم"}),
        (
            "عمّان 3 محرم 1437 هـ الموافق 16 تشرين الأول 2015 م بترا",
            {"city": "عمّان", "source": "بترا", "published": date(2015, 10, 16)},
        ),
        ("عمان - وكالات", {"city": "عمان"}),
    ],
)
def test_a_dateline_is_taken_apart(line, fields):
    found = dateline.parse(line)
    assert found is not None
    said = {name: getattr(found, name) for name in ("source", "city", "country", "author")}
    said["published"] = found.published.day
    assert {name: value for name, value in said.items() if value} == fields


@pytest.mark.parametrize(
    "line",
    [
        "بيروت", "بيروت – دمشق", "بيروت – الأسعار ترتفع", "بيروت: مدينة تنهض", "رياضة | كرة القدم", "هدى سالم – بيروت",
        "عاجل | انقطاع الكهرباء في بيروت", "عواصم - وكالات", "(هدى سالم)", "", "12 آذار 2017", "بيروت (هدى سالم)",
    ],
)  # fmt: skip
def test_a_line_that_is_not_wholly_understood_is_no_dateline(line):
    assert dateline.parse(line) is None


@pytest.mark.parametrize(
    ("opening", "city", "source"),
    [
        ("بيروت (رويترز) - ", "بيروت", "رويترز"),
        ("بيروت (مرفأ اليوم) – ", "بيروت", "مرفأ اليوم"),
        ("بيروت، لبنان (وكالة المرفأ) — ", "بيروت", "وكالة المرفأ"),
        ("بيروت - صحيفة المرفأ: ", "بيروت", "صحيفة المرفأ"),
        ("بيروت – أ ف ب – ", "بيروت", "أ ف ب"),
        ("بيروت 12 آذار/مارس 2017 (أ ف ب) - ", "بيروت", "أ ف ب"),
        ("بيروت (وكالات) - ", "بيروت", ""),
        ("بيروت ـ «المدار العربي»: ", "بيروت", "المدار العربي"),
        ("الكويت - 5 - 9 (كونا) -- ", "الكويت", "كونا"),
        ("بيروت – ", "بيروت", ""),
    ],
)
def test_a_dateline_before_the_first_sentence_is_found(opening, city, source):
    sentence = "فتحت السوق أبوابها صباح أمس."
    found, start = dateline.opening(opening + sentence)
    assert (found.city, found.source, (opening + sentence)[start:]) == (city, source, sentence)


@pytest.mark.parametrize(
    "paragraph",
    [
        "بيروت – المدينة التي لا تنام – تنهض من جديد.",
        "بيروت مدينة: هكذا بدأ حديثه.",
        "قال الوزير: لا جديد.",
        "المدينة – فتحت السوق أبوابها.",
        "",
    ],
)
def test_a_sentence_is_no_dateline(paragraph):
    assert dateline.opening(paragraph) is None


def test_a_quotation_is_no_newspaper():
    found, start = dateline.opening("بيروت - «لا نريد الحرب»: شعار رفعه المتظاهرون.")
    assert (found.city, found.source, start) == ("بيروت", "", 8)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("بقلم: هدى سالم", "هدى سالم"),
        ("بقلم د. هدى سالم", "د. هدى سالم"),
        ("كتب - سامر البنّا:", "سامر البنّا"),
        ("كتبت: هدى سالم – صيدا", "هدى سالم"),
        ("إعداد: هدى سالم", "هدى سالم"),
        ("الكاتب: هدى سالم", "هدى سالم"),
    ],
)
def test_a_byline_names_its_author(line, author):
    assert byline.parse(line).author == author


@pytest.mark.parametrize(
    "line",
    [
        "كتب هدى سالم في الصفحة الأولى", "كتب التاريخ صفحة جديدة", "بقلم رصاص كتب الطفل على الجدار: لن نرحل.",
        "بقلم: قُتل 14 شخصاً", "النص: كامل", "المصدر: قال مسؤول إن الأمر انتهى.", "الرابط: هنا", "التاريخ: قريباً",
    ],
)  # fmt: skip
def test_a_sentence_is_no_byline(line):
    assert byline.parse(line) is None


def test_labelled_lines_say_their_field():
    assert byline.parse("المصدر: صحيفة المرفأ").source == "صحيفة المرفأ"
    assert byline.parse("التاريخ: 12 آذار 2016").published.day == date(2016, 3, 12)
    assert byline.parse("الرابط: https://example.org/1").url == "https://example.org/1"


def test_a_signature_in_brackets_needs_an_outlet_we_know():
    signed = byline.parse_signature("(هدى سالم – وكالة المرفأ)")
    assert (signed.author, signed.source) == ("هدى سالم", "وكالة المرفأ")
    assert byline.parse_signature("(رويترز)").source == "رويترز"
    assert byline.parse_signature("(هدى سالم)") is None
    assert byline.parse_signature("(انظر الصورة – أعلاه)") is None


@given(st.text(max_size=150) | st.text("بيروت لن–-|():،رويتز 12", max_size=60))
def test_any_line_is_understood_or_let_be(line):
    dateline.parse(line)
    byline.parse(line)
    byline.parse_signature(line)
    opened = dateline.opening(line)
    assert opened is None or 0 < opened[1] <= len(line)


def test_places_are_known_in_any_spelling():
    assert places.is_city("أبو ظبى") and places.is_city("القاهره")
    assert places.is_country("الامارات العربيه المتحده")
