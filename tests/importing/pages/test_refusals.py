"""Pages that are no article are refused with a code; articles that look like one of them are not."""

import pytest

from tests.importing.pages.samples import FIRST, HEADLINE, SECOND, TEXT, THIRD, article, page, refusal

ARTICLE = '<meta property="og:type" content="article">'
TEASERS = "".join(
    f'<article><h2><a href="/n/{number}">عنوان الخبر رقم {number} في القائمة الطويلة</a></h2>'
    "<p>ملخص قصير للخبر.</p></article>"
    for number in range(8)
)


def short(title, text="", *, classes="", head=""):
    return (
        f'<html lang="ar"><head><title>{title}</title>{head}</head><body class="{classes}">'
        f'<nav><a href="/">الرئيسية</a></nav><h1>{title}</h1><p>{text}</p></body></html>'
    )


@pytest.mark.parametrize(
    "title",
    [
        "الصفحة غير موجودة",
        "عذراً، الصفحة المطلوبة غير موجودة",
        "خطأ 404",
        "404 Not Found",
        "Page not found - المرفأ",
        "المرفأ | الصفحة غير موجودة",
        "Error 404",
        "500 Internal Server Error",
        "الموقع تحت الصيانة",
        "تم حذف هذا الخبر",
        "Access Denied",
        "حدث خطأ في الخادم",
    ],
)
def test_a_page_of_an_error_is_refused(title):
    assert (
        refusal(short(title, "ربما حُذفت الصفحة أو تغيّر عنوانها. يمكنك العودة إلى الصفحة الرئيسية."))
        == "error_page"
    )


@pytest.mark.parametrize(
    "title", ["Just a moment...", "Attention Required! | Cloudflare", "تحقق من أنك إنسان"]
)
def test_a_page_that_asks_for_a_human_is_refused(title):
    assert refusal(short(title, "Enable JavaScript and cookies to continue")) == "robot_check"


@pytest.mark.parametrize(
    ("address", "classes"),
    [
        ("https://almarfaa.example/", ""),
        ("https://almarfaa.example/index.php", ""),
        ("", "home page-template"),
    ],
)
def test_a_front_page_is_refused(address, classes):
    html = f'<html><head><title>المرفأ</title></head><body class="{classes}">{TEASERS}</body></html>'
    assert refusal(html, address=address) == "home_page"


@pytest.mark.parametrize(
    "address",
    [
        "https://almarfaa.example/?s=سوق",
        "https://almarfaa.example/search?q=سوق",
        "https://almarfaa.example/search/12",
    ],
)
def test_results_of_a_search_are_refused(address):
    assert (
        refusal(f"<html><head><title>سوق</title></head><body>{TEASERS}</body></html>", address=address)
        == "search_page"
    )


def test_results_of_a_search_are_told_by_their_title_too():
    html = f"<html><head><title>نتائج البحث عن: سوق</title></head><body>{TEASERS}</body></html>"
    assert refusal(html) == "search_page"


@pytest.mark.parametrize(
    ("address", "classes"),
    [
        ("https://almarfaa.example/tag/souq", ""),
        ("https://almarfaa.example/category/local", ""),
        ("", "archive tag tag-12"),
        ("", ""),
    ],
)
def test_a_list_of_articles_is_refused(address, classes):
    body = f'<body class="{classes}"><h1>السوق المسقوف</h1>{TEASERS}</body>'
    html = f"<html><head><title>السوق المسقوف</title></head>{body}</html>"
    assert refusal(html, address=address) == "listing"


def test_a_teaser_before_a_paywall_is_refused():
    html = page(
        FIRST,
        head=ARTICLE,
        below="<div><p>هذا المحتوى للمشتركين فقط</p><p>اشترك الآن لتقرأ المزيد.</p></div>",
    )
    assert refusal(html) == "paywall"


def test_an_article_that_says_it_is_not_free_and_shows_little_is_refused():
    data = '{"@type": "NewsArticle", "headline": "خبر", "isAccessibleForFree": false}'
    assert refusal(page(FIRST, head=f'<script type="application/ld+json">{data}</script>')) == "paywall"


def test_a_page_without_text_is_refused():
    assert (
        refusal("<html><head><title>المرفأ</title></head><body><div id='app'></div></body></html>") == "empty"
    )


def test_a_page_that_only_leads_elsewhere_is_refused():
    head = '<meta http-equiv="refresh" content="0; url=https://almarfaa.example/new">'
    assert refusal(f"<html><head>{head}<title>المرفأ</title></head><body></body></html>") == "redirect"


@pytest.mark.parametrize("content", [b'{"title": "a"}', b"just words, no markup"])
def test_what_holds_no_markup_is_refused(content):
    assert refusal(content) == "not_html"


@pytest.mark.parametrize(
    "title",
    [
        "الصفحة غير موجودة: كيف يتعامل القراء مع الروابط المكسورة",
        "خطأ طبي يكلف المستشفى مليون دولار",
        "نتائج البحث عن المفقودين في انهيار الجسر القديم",
        "404 أيام في البحر: يوميات صياد",
        "البحث عن ماء في صحراء التيه",
        "آخر الأخبار من الميناء بعد العاصفة",
        "اشترك في المظاهرة آلاف العمال",
    ],
)
def test_an_article_whose_headline_sounds_like_one_is_none_of_them(title):
    assert article(page(*TEXT * 3, title=title, head=ARTICLE)).title == title


def test_a_short_article_is_an_article():
    assert article(page(FIRST, head=ARTICLE)).body == FIRST


def test_an_article_with_a_list_of_others_below_is_an_article():
    assert article(
        page(*TEXT, below=f"<section>{TEASERS}</section>"), address="https://almarfaa.example/n/5"
    ).body == "\n\n".join(TEXT)


def test_an_article_that_speaks_of_subscribers_is_no_teaser():
    assert (
        article(page(FIRST, SECOND, THIRD, SECOND, "وقال: هذا المحتوى للمشتركين فقط.", *TEXT)).title
        == HEADLINE
    )


def test_a_headline_without_text_is_kept_when_the_page_says_it_is_an_article():
    found = article(page("عاجل: انتهت الأعمال في السوق.", head=ARTICLE))
    assert found.title == HEADLINE
