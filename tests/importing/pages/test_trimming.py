"""Furniture between and around the paragraphs: it goes, headlines in it become links, and the text stays."""

import pytest

from articles.importing.pages import blocks
from articles.importing.pages.tree import parse
from articles.importing.pages.trimming import trim
from tests.importing.pages.samples import FIRST, HEADLINE, SECOND, TEXT, THIRD, article, page

OTHER = "حرفيو السوق يعودون بعد غياب طويل"
LINK = f'<a href="https://almarfaa.example/9">{OTHER}</a>'
BODY = "\n\n".join(TEXT)


def trimmed(markup):
    lines = blocks.read(parse(f"<div>{markup}</div>"))
    return trim(lines, titles=[HEADLINE], address="", drops=lambda line: False, arabic=True)


def links(found):
    return [(link.title, link.url) for link in found.related_links]


@pytest.mark.parametrize(
    "phrase",
    [
        "اقرأ أيضاً:",
        "إقرأ أيضاً :",
        "أقرأ ايضا",
        "اقــرأ أيضًا:",
        "اِقرأ أيضاً -",
        "إقرأ أيضا..",
        "طالع أيضاً:",
        "شاهد أيضاً |",
        "قد يهمك أيضاً:",
        "مواضيع ذات صلة:",
        "اقرأ المزيد:",
        "للمزيد:",
        "(اقرأ أيضاً:",
        "• اقرأ أيضاً:",
        "Read more:",
        "Read also :",
    ],
)
def test_read_also_goes_in_any_spelling_with_its_link(phrase):
    alone = article(page(FIRST, f"{phrase} {LINK}", SECOND, THIRD))
    inline = article(page(f"{FIRST} {phrase} {LINK}", SECOND, THIRD))
    assert alone.body == inline.body == BODY
    assert links(alone) == links(inline) == [(OTHER, "https://almarfaa.example/9")]


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{LINK}</p>",
        f"<p><strong>اقرأ أيضاً:</strong> {LINK}</p>",
        f"<p><b>{LINK}</b></p>",
        f"<h4>اقرأ أيضاً</h4><ul><li>{LINK}</li></ul>",
        f"<div>موضوع يهمك</div><div>{LINK}</div>",
        f'<p><a href="https://almarfaa.example/9">اقرأ أيضاً: {OTHER}</a></p>',
        f"<blockquote>اقرأ أيضاً:<br>{LINK}</blockquote>",
        f'<div class="related-inline">{LINK}<p>ملخص الخبر الآخر هنا.</p></div>',
    ],
)
def test_headlines_of_others_between_paragraphs_become_links(markup):
    found = article(page(body=f"<p>{FIRST}</p>{markup}<p>{SECOND}</p><p>{THIRD}</p>"))
    assert found.body == BODY
    assert links(found) == [(OTHER, "https://almarfaa.example/9")]


def test_a_headline_without_a_link_is_kept_beside_the_text():
    found = article(page(FIRST, f"اقرأ أيضاً: {OTHER}", SECOND, THIRD))
    assert (found.body, links(found)) == (BODY, [(OTHER, "")])


@pytest.mark.parametrize(
    "paragraph",
    [
        f"قال الوزير إن {LINK} في السوق منذ أسبوع، وإن الأعمال مستمرة.",
        "اقرأ هذا الكتاب، قال المعلم لتلامذته قبل أن يغادر الصف.",
        "ونصحهم قائلاً: اقرأ أيضاً ما كتبه الأقدمون عن بناء الأسواق.",
        f"{LINK}، هكذا عنونت صحيفة الأفق عددها الصادر أمس في العاصمة.",
    ],
)
def test_links_and_words_within_sentences_stay(paragraph):
    assert len(article(page(FIRST, paragraph, SECOND, THIRD)).body.split("\n\n")) == 4


@pytest.mark.parametrize(
    "line",
    [
        "شارك الخبر",
        "طباعة",
        "اطبع | أرسل إلى صديق",
        "تابعونا على تويتر",
        "جميع الحقوق محفوظة © صحيفة المرفأ",
        "إعلان",
        "Advertisement",
        "عدد القراءات: 1432",
        "أرسل لصديق",
        "Share this",
        "للمزيد من الأخبار تابعونا على تلغرام",
        "* * *",
        "نسخ الرابط",
        "صورة أرشيفية",
    ],
)
def test_furniture_goes_from_anywhere_in_the_text(line):
    assert article(page(FIRST, line, SECOND, THIRD)).body == BODY
    assert article(page(*TEXT, line)).body == BODY


@pytest.mark.parametrize("label", ["الكلمات المفتاحية:", "الوسوم", "كلمات دالة :", "وسوم:"])
def test_tags_below_the_text_go(label):
    assert article(page(*TEXT, f'{label} <a href="/t/1">السوق</a> <a href="/t/2">الترميم</a>')).body == BODY


@pytest.mark.parametrize(
    "heading", ["التعليقات", "التعليقات (12)", "3 تعليقات", "أضف تعليقك", "تعليقات الزوار", "شارك برأيك"]
)
def test_what_readers_wrote_below_the_text_goes(heading):
    remark = "أتمنى أن يعود السوق كما عرفناه صغاراً، فقد طال الانتظار كثيراً على أهل المدينة."
    assert article(page(*TEXT, heading, remark)).body == BODY


def test_what_says_who_and_when_above_the_text_is_told_apart_from_it():
    found = trimmed(f"<h1>{HEADLINE}</h1><p>بقلم: هدى سالم</p><p>12 آذار 2017</p><p>{FIRST}</p>")
    assert found.head == ["بقلم: هدى سالم", "12 آذار 2017"]
    assert [block.text for block in found.blocks] == [FIRST]


def test_what_is_dropped_leaves_a_note():
    notes = [
        (note.code, note.text)
        for note in article(page(FIRST, "طباعة", f"اقرأ أيضاً: {LINK}", SECOND, THIRD)).notes
    ]
    assert ("furniture_print", "طباعة") in notes
    assert ("related", f"اقرأ أيضاً: {OTHER}") in notes


def test_a_link_to_the_article_itself_is_no_other_article():
    found = article(
        page(*TEXT, f'<a href="https://almarfaa.example/1">{HEADLINE} كما نشر</a>'),
        address="https://almarfaa.example/1",
    )
    assert links(found) == []
