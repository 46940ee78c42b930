"""Authors: one under all spellings of the name, with the exact number of published articles."""

from urllib.parse import quote

from django.test import Client

from tests.conftest import Archive
from tests.views.conftest import Read


def test_spellings_of_one_name_are_one_author(archive: Archive, read: Read) -> None:
    for number in range(2):
        archive.add(f"خبر {number}", author="هدى أبو أحمد", source="الأفق", published_on="2015-07-21")
    archive.add("خبر 3", author="هدي ابو احمد", source="الساحل", published_on="2016-02-01")
    archive.add("مسودة", author="هدى أبو أحمد", status="draft")
    archive.index()
    assert "كاتب واحد" in read("/authors/").text
    for spelling in ("هدى أبو أحمد", "هدي ابو احمد", "هدى  أبو احمد"):
        text = read("/authors/" + quote(spelling) + "/").text
        assert "3 مقالات" in text
        assert "وكُتب الاسم أيضاً: هدي ابو احمد" in text
        assert "خبر 0" in text and "خبر 3" in text
        assert "مسودة" not in text


def test_an_author_page_shows_years_sources_and_sections(
    archive: Archive, read: Read, client: Client
) -> None:
    archive.add("خبر", author="ليلى", source="الأفق", section="سياسة", published_on="2014-07-21")
    archive.add("خبر", author="ليلى", source="الأفق", section="ثقافة", published_on="2016-02-01")
    archive.index()
    page = read("/authors/" + quote("ليلى") + "/")
    assert "2014–2016" in page.text
    assert "الأفق 2" in page.text
    section = next(link for link in page.links if "section=" + quote("سياسة") in link)
    assert client.get(section).context["found"].total == 1


def test_a_published_article_counts_before_it_is_indexed(archive: Archive, read: Read) -> None:
    archive.add("خبر قديم", author="ليلى")
    archive.index()
    archive.add("خبر جديد", author="ليلى")
    text = read("/authors/" + quote("ليلى") + "/").text
    assert "مقالان" in text
    assert "خبر جديد" in text and "خبر قديم" in text


def test_many_authors_stand_under_letters(archive: Archive, read: Read) -> None:
    for number in range(19):
        archive.add("خبر", author=f"سامر {number}")
    archive.add("خبر", author="الحداد")
    archive.add("خبر", author="أحمد")
    archive.add("خبر", author="إيمان")
    page = read("/authors/")
    assert "22 كاتبًا" in page.text
    assert "?letter=" + quote("ا") in page.links
    letter = read("/authors/?letter=" + quote("ا")).text
    assert letter.index("أحمد") < letter.index("إيمان")
    assert "سامر" not in letter
    assert "الحداد" in read("/authors/?letter=" + quote("ح")).text
    assert "22 كاتبًا" in read("/authors/?letter=xyz").text


def test_an_author_of_drafts_alone_is_nobody(archive: Archive, read: Read) -> None:
    archive.add("مسودة", author="ليلى", status="draft")
    archive.index()
    assert "لا مقالات تحمل اسم كاتب بعد" in read("/authors/").text
    assert read("/authors/" + quote("ليلى") + "/", status=404)


def test_a_name_with_signs_of_its_own_has_an_address(archive: Archive, read: Read) -> None:
    archive.add("خبر", author="أ ف ب / رويترز؟ 50% #1\nبغداد")
    link = next(link for link in read("/authors/").links if link.startswith("/authors/%D8%A3"))
    assert "مقال واحد" in read(link).text
