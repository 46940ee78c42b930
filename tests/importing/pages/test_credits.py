"""Who wrote: persons and agencies in the words that Arabic newsrooms put around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.pages.credits import Credit, agency_at_end, of_line, read


@pytest.mark.parametrize(
    ("text", "author", "agency"),
    [
        ("هدى سالم", "هدى سالم", ""),
        ("بقلم هدى سالم", "هدى سالم", ""),
        ("بقلم: د. هدى سالم", "د. هدى سالم", ""),
        ("By Huda Salem", "Huda Salem", ""),
        ("كتبت - هدى سالم", "هدى سالم", ""),
        ("إعداد: هدى سالم", "هدى سالم", ""),
        ("مرسلة بواسطة هدى سالم", "هدى سالم", ""),
        ("بيروت - هدى سالم", "هدى سالم", ""),
        ("هدى سالم (رويترز)", "هدى سالم", "رويترز"),
        ("أ.ف.ب", "", "أ.ف.ب"),
        ("وكالة الأناضول", "", "وكالة الأناضول"),
        ("رويترز، أ ف ب", "", "رويترز، أ ف ب"),
        ("وكالات", "", ""),
        ("فريق التحرير", "", ""),
        ("admin", "", ""),
        ("موقع المرفأ", "", ""),
        ("@huda", "", ""),
        ("huda@almarfaa.example", "", ""),
        ("قُتل 14 شخصاً في الحادث", "", ""),
    ],
)
def test_persons_and_agencies_are_told_apart(text, author, agency):
    found = read(text)
    assert (found.author, found.agency) == (author, agency)


@pytest.mark.parametrize("name", ["المرفأ", "صحيفة المرفأ", "موقع المرفأ", "جريدة المرفأ اليوم"])
def test_the_newspaper_is_nobody(name):
    assert read(name, outlet="جريدة المرفأ اليوم" if "اليوم" in name else "المرفأ") == Credit()


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("بقلم: هدى سالم", "هدى سالم"),
        ("كتبت هدى سالم:", "هدى سالم"),
        ("العاصمة – إعداد: هدى سالم", "هدى سالم"),
        ("الجبيل - هدى سالم", "هدى سالم"),
        ("نشر يوم 3 يناير 2019 بواسطة هدى سالم في أسواق", "هدى سالم"),
    ],
)
def test_a_line_that_says_so_names_its_writer(line, author):
    found = of_line(line)
    assert found is not None
    assert found.author == author


@pytest.mark.parametrize(
    "line",
    [
        "كتب أحمد كتاباً جديداً عن السوق",
        "تقرير جديد عن السوق",
        "هدى سالم",
        "المصدر الأول للمياه في المدينة",
        "بيروت - عودة 14 لاعباً",
        "",
    ],
)
def test_a_sentence_names_no_writer(line):
    assert of_line(line) is None


@pytest.mark.parametrize("end", ["(رويترز)", "(رويترز).", "[رويترز]", "(هدى سالم - رويترز)", "«رويترز»"])
def test_an_agency_in_brackets_ends_a_text(end):
    assert agency_at_end(f"وعاد الصيادون إلى الميناء مساء {end}") == "رويترز"


@given(st.text(max_size=150), st.text(max_size=20))
def test_any_text_names_somebody_or_nobody(text, outlet):
    found = read(text, outlet=outlet)
    assert len(found.author) <= 150 + 10
    assert of_line(text, outlet=outlet) is None or text.strip()
