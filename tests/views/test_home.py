from tests.conftest import Archive
from tests.views.conftest import Read


def test_the_search_box_comes_first_and_the_holdings_next(library: Archive, read: Read) -> None:
    text = read("/").text
    assert text.index("ابحث في أرشيف الأخبار العربية") < text.index("4 مقالات") < text.index("آخر ما أضيف")


def test_the_holdings_count_what_is_published(library: Archive, read: Read) -> None:
    text = read("/").text
    assert "4 مقالات" in text
    assert "مصدران" in text
    assert "من 2015 إلى 2017" in text


def test_one_year_is_not_a_span(archive: Archive, read: Read) -> None:
    archive.add("خبر", published_on="2015-07-21")
    assert "من عام 2015" in read("/").text


def test_the_latest_additions_lead_to_their_articles(library: Archive, read: Read) -> None:
    article = library.add("آخر خبر")
    assert article.get_absolute_url() in read("/").links


def test_an_empty_archive_says_how_to_fill_it(archive: Archive, read: Read) -> None:
    text = read("/").text
    assert "الأرشيف خالٍ بعد" in text
    assert "import_articles" in text


def test_an_archive_of_drafts_is_empty_for_readers(archive: Archive, read: Read) -> None:
    archive.add("مسودة", status="draft")
    assert "الأرشيف خالٍ بعد" in read("/").text
