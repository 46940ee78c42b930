"""Feeds: every entry is an item, however broken the feed around it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import charsets
from articles.importing.charsets import TextFile
from articles.importing.columns import Plan
from articles.importing.mapping import extract_record
from articles.importing.readers import feed, feed_entries
from articles.importing.readers.feed_entries import Entries
from articles.importing.records import RawDocument, Unreadable
from tests.importing.samples import FIRST, SECOND, TITLE, text_file

RSS_TAG = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
)
ENTRY = f"""<item><title>{TITLE}</title><link>https://example.org/1</link><guid isPermaLink="false">77</guid>
<dc:creator>هدى سالم</dc:creator><pubDate>Sat, 12 Mar 2016 23:30:00 +0300</pubDate><category>ثقافة</category>
<description>{FIRST}</description><content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}</p>]]></content:encoded></item>"""


def rss(*entries, head=""):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{RSS_TAG}<channel><title>جريدة الأفق</title>'
        f"<link>https://example.org/</link><lastBuildDate>x</lastBuildDate>{''.join(entries)}</channel></rss>"
    )


ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>مجلة الميناء</title>
<link href="https://example.net/"/><entry><title type="html">{TITLE}</title><link href="/a/2"/>
<id>tag:example.net,2016:2</id><author><name>سالم</name></author><published>2016-03-12T23:30:00+03:00</published>
<content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;</content>
</entry></feed>"""


def read(content, **options):
    return list(feed.read(text_file(content, **options)))


def article(item):
    return extract_record(item.fields, Plan({}))


def test_an_entry_of_rss_becomes_an_article():
    (item,) = read(rss(ENTRY))
    found = article(item)
    assert (found.title, found.author, found.source, found.section) == (
        TITLE,
        "هدى سالم",
        "جريدة الأفق",
        "ثقافة",
    )
    assert (found.body, found.url, found.external_id) == (
        f"{FIRST}\n\n{SECOND}",
        "https://example.org/1",
        "77",
    )
    assert (str(found.published.day), item.locator, item.notes) == ("2016-03-12", "entry 1", ())


def test_an_entry_of_atom_becomes_an_article_with_its_whole_address():
    (item,) = read(ATOM)
    found = article(item)
    assert (found.title, found.author, found.source, found.body) == (TITLE, "سالم", "مجلة الميناء", FIRST)
    assert (found.url, str(found.published.day), item.media_type) == (
        "https://example.net/a/2", "2016-03-12", "application/atom+xml",
    )  # fmt: skip


def test_a_summary_stands_in_for_a_text_that_the_feed_does_not_hold_and_says_so():
    (item,) = read(rss(f"<item><title>{TITLE}</title><description>{FIRST}</description></item>"))
    assert (article(item).body, [note.code for note in item.notes]) == (FIRST, ["feed_summary"])


def test_a_capture_is_a_feed_of_one_entry_that_is_read_alike():
    (item,) = read(rss(ENTRY))
    (again,) = read(item.content)
    assert (again.fields, again.content) == (item.fields, item.content)


def test_a_capture_stays_the_same_while_the_feed_around_it_changes():
    (first,) = read(rss(ENTRY))
    _new, again = read(
        rss("<item><title>أحدث</title></item>", ENTRY).replace("<lastBuildDate>x", "<lastBuildDate>y")
    )
    assert again.content == first.content


def test_a_broken_entry_costs_itself_only():
    items = read(rss("<item><title>مكسور<b></item>", ENTRY, "<item>", "<item/>"))
    assert (article(items[1]).title, len(items)) == (TITLE, 3)


def test_a_feed_cut_short_gives_the_entries_before():
    items = read(rss(ENTRY, ENTRY)[:-200])
    assert article(items[0]).title == TITLE


def test_tags_in_a_text_are_no_entries():
    hidden = f"<item><title>{TITLE}</title><description><![CDATA[<item>س</item>]]></description><!-- </item> --></item>"
    assert [item.locator for item in read(rss(hidden, ENTRY))] == ["entry 1", "entry 2"]


def test_entities_of_a_doctype_are_never_followed():
    doctype = (
        '<!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    )
    (item,) = read(
        rss(f"<item><title>{TITLE} &b;</title><description>&f; {FIRST}</description></item>", head=doctype)
    )
    assert "boom" not in str(item.fields)
    assert "&f;" in item.fields["content"]


@pytest.mark.parametrize("name", ["windows-1256", "iso-8859-6", "utf-16"])
def test_a_feed_in_another_charset_is_read(name):
    content = rss(f"<item><title>{TITLE}</title><description>{FIRST.replace('،', '')}</description></item>")
    raw = content.replace("UTF-8", name).encode(name)
    (item,) = feed.read(TextFile("f", lambda: io.BytesIO(raw), charsets.tell(lambda: io.BytesIO(raw))))
    assert article(item).title == TITLE


def test_a_date_that_only_programs_write_is_read():
    (item,) = read(
        rss(f"<item><title>{TITLE}</title><pubDate>Sat, 12 Mar 2016 10:00:00 EST</pubDate></item>")
    )
    assert item.fields["published"] == "2016-03-12"


@pytest.mark.parametrize(
    "text", ["<opml><body/></opml>", "<urlset><url/></urlset>", "كلام", "<item>بلا رأس</item>"]
)
def test_what_is_no_feed_is_told(text):
    assert [item.code for item in read(text)] == ["bad_feed"]


def test_a_feed_without_entries_has_no_items():
    assert read(rss()) == []


def test_an_entry_that_never_ends_is_too_large_and_the_next_is_read(monkeypatch):
    monkeypatch.setattr(feed_entries, "MAX_ITEM", 5_000)
    large, fine = read(rss(f"<item><title>{'س' * 20_000}</title></item>", ENTRY), pieces=1_000)
    assert (large.code, article(fine).title) == ("too_large", TITLE)


@given(st.integers(1, 40))
def test_an_entry_is_the_same_however_few_characters_are_read_at_a_time(pieces):
    whole = rss(ENTRY, "<!-- <item> -->", ENTRY)
    assert [item.content for item in read(whole, pieces=pieces)] == [item.content for item in read(whole)]


TOKENS = ("<item>", "</item>", "<item/>", "<![CDATA[", "]]>", "<!--", "-->", "<rss>", "نص", "<")


@given(st.lists(st.sampled_from(TOKENS)))
def test_entries_never_lose_their_way(tokens):
    entries = list(Entries(iter(tokens)))
    assert all(entry is None or entry.startswith("<item") for entry in entries)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=200))
def test_any_text_is_a_feed_or_told(text):
    for content in (f"<rss>{text}", f"<rss><item>{text}</item></rss>"):
        assert all(isinstance(item, RawDocument | Unreadable) for item in read(content))
