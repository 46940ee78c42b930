"""Every operator and field of the query language does on an index what its row says, by its own example.

For each row: an article that its example must find, and one beside it that the example must not find.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from articles.search.fields import FIELDS, Field
from articles.search.operators import OPERATORS, Operator
from articles.search.request import SearchRequest
from articles.search.searching import search
from tests.conftest import Archive

pytestmark = pytest.mark.django_db

FAR_APART = "انفجار في مصنع بعيد لا يسمع صوته أحد من سكان العاصمة البعيدة بغداد."

ROWS = {row.name: row for row in (*OPERATORS, *FIELDS)}


@dataclass(frozen=True)
class Case:
    """What an example finds and what it does not: bodies, or the fields of articles."""

    found: str | dict[str, Any]
    other: str | dict[str, Any]


CASES = {
    "all": Case("ارتفع سعر النفط وزاد إنتاج الغاز.", "ارتفع سعر النفط وحده."),
    "any": Case("فازت أميركا بالمباراة.", "فازت البرازيل بالمباراة."),
    "without": Case("أمطار في العراق.", "أمطار في العراق وفي كردستان."),
    "group": Case("اكتشف العراق حقل غاز جديداً.", "اكتشفت مصر حقل غاز جديداً."),
    "everything": Case("أي خبر كان.", {"body": "خبر لم يُنشر.", "status": "draft"}),
    "literal": Case("التقى علي أصدقاءه في المقهى.", "جلس الأصدقاء على المقعد."),
    "any_letters": Case("تعلّم الأطفال كتابة القصص.", "تعلّم الأطفال قراءة القصص."),
    "one_letter": Case("أضاف إلى كتيب الرحلة صورة.", "أضاف إلى كتالوغ الرحلة صورة."),
    "fuzzy": Case("زار الوفد باراغواي.", "زار الوفد الأوروغواي."),
    "root": Case("فُتحت المكتبة للزوار.", "فُتح المتحف للزوار."),
    "phrase": Case("انسحب تنظيم الدولة من القرية.", "تولّت الدولة تنظيم المعرض."),
    "near_quoted": Case(
        "هزّ انفجار عنيف أمس بغداد.", FAR_APART
    ),
    "ordered_quoted": Case("أُعلن وقف إطلاق النار.", "أشعل الحارس النار بعد وقف العمل."),
    "near": Case("وقعت في بغداد انفجارات متتالية.", FAR_APART),
    "before": Case("رحّب الوسيط بإعلان الطرفين هدنة.", "انتهت هدنة الأيام الثلاثة بعد إعلان مفاجئ."),
    "sentence": Case("قدّم الوزير صباح أمس الاستقالة. عاد البرلمان.", "عاد الوزير من رحلته. طُلبت الاستقالة من المدير."),
    "paragraph": Case("ارتفعت الأسعار كثيراً. شحّ القمح.\n\nتوقفت المطاحن.", "ارتفعت الأسعار كثيراً.\n\nحُصد القمح باكراً."),
    "at_least": Case("بدأ الفيضان ليلاً. بلغ الفيضان السوق. انحسر الفيضان.", "بدأ الفيضان ليلاً. انحسر الفيضان فجراً."),
    "period": Case({"published_on": "2014-11-03"}, {"published_on": "2015-03-01"}),
    "boundary": Case({"published_on": "2015-07-01"}, {"published_on": "2015-06-30"}),
    "relative": Case(
        {"published_on": date.today() - timedelta(days=20)}, {"published_on": date.today() - timedelta(days=200)}
    ),
    "hijri": Case({"published_on": "2017-06-10"}, {"published_on": "2017-07-10"}),
    "title": Case({"title": "اكتشاف نفط"}, {"title": "اكتشاف", "body": "اكتُشف نفط أمس."}),
    "body": Case({"title": "هزة", "body": "ضرب زلزال القرية."}, {"title": "زلزال في القرية", "body": "لم يُصب أحد."}),
    "lead": Case("ضرب زلزال القرية.\n\nلم يُصب أحد.", "لم يُصب أحد.\n\nضرب زلزال القرية."),
    "source": Case({"source": "أخبار الآن"}, {"source": "أخبار الغد"}),
    "author": Case({"author": "ليلى الحداد"}, {"author": "سامر القيسي", "body": "قابلنا ليلى الحداد."}),
    "section": Case({"section": "اقتصاد"}, {"section": "رياضة", "body": "اقتصاد الأندية."}),
    "place": Case({"city": "بيروت"}, {"city": "دمشق", "body": "سافر إلى بيروت."}),
    "collection": Case({"collections": ["ملف الطاقة"]}, {"collections": ["ملف المياه"], "body": "ملف الطاقة."}),
    "date": Case({"published_on": "2015-07-21"}, {"published_on": "2015-08-01"}),
}  # fmt: skip


def test_every_operator_and_field_has_its_articles() -> None:
    assert sorted(CASES) == sorted(ROWS)


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.name)
def test_the_example_finds_what_it_means_and_nothing_beside_it(
    row: Operator | Field, archive: Archive
) -> None:
    case = CASES[row.name]
    archive.add(**{"title": "المقصود", **_fields(case.found)})
    archive.add(**{"title": "سواه", **_fields(case.other)})
    archive.index()
    page = search(SearchRequest(text=row.example))
    assert page.problem is None
    assert [hit.title_text for hit in page.hits] == [_fields(case.found).get("title", "المقصود")]
    assert page.total == 1


def _fields(article: str | dict[str, Any]) -> dict[str, Any]:
    return {"body": article} if isinstance(article, str) else article


# What rows do together


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("العنوان:(انفجار قرب/3 بغداد)", ["انفجار عنيف في بغداد"]),
        ("انفجار قرب/3 بغداد ليس سوق", ["انفجار عنيف في بغداد"]),
        ('="بغداد" مرات2:انفجار', ["حصيلة الأسبوع"]),
        ("المقدمة:جملة:(انفجار سوق)", ["حصيلة الأسبوع"]),
        ("(انفجار أو حريق) قبل/2 سوق", ["حصيلة الأسبوع"]),
        ("-انفجار", ["هدوء"]),
        ("-(انفجار قرب/3 بغداد)", ["حصيلة الأسبوع", "هدوء"]),
    ],
)
def test_operators_work_together(text: str, found: list[str], archive: Archive) -> None:
    archive.add(title="انفجار عنيف في بغداد", body="لم تُعرف الأسباب.")
    archive.add(
        title="حصيلة الأسبوع",
        body="وقع انفجار سوق البلدة أمس.\n\nوقع انفجار ثان بعد يومين كاملين على أطراف البلدة، بحسب بغداد.",
    )
    archive.add(title="هدوء", body="لا جديد في بغداد.")
    archive.index()
    page = search(SearchRequest(text=text))
    assert sorted(hit.title_text for hit in page.hits) == sorted(found)
