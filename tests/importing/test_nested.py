"""Archives in archives, crawls in archives, and formats that only their first bytes tell."""

import gzip
import io
import json
import tarfile
import zipfile

import pytest

from articles.importing import reading
from articles.importing.inputs import InputFile
from articles.importing.reading import ReadOptions
from articles.importing.records import RawDocument
from tests.importing.crawls import Crawl, arc, good, http, packed, page, wacz
from tests.importing.samples import FIRST, PAGE, TITLE

RECORDS = b'[{"title": "x"}]'
RSS = f"<rss><channel><item><title>{TITLE}</title></item></channel></rss>".encode()
CRAWL = packed(good(1), good(2))
ARC = arc(("https://news.example.org/1", http(page().encode())))


def zipped(name, content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def tarred(name, content):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


def gzipped(name, content):
    return gzip.compress(content, mtime=0)


def read(raw, name="x", **options):
    return list(reading._read_file(InputFile(name, name, lambda: io.BytesIO(raw)), ReadOptions(**options)))


def told(raw, name="x", **options):
    """Where each item stood, or what kept it from being one."""
    return [
        f"{item.origin} {item.locator}".strip()
        if isinstance(item, RawDocument)
        else getattr(item, "code", "") or item.reason
        for item in read(raw, name, **options)
    ]


@pytest.mark.parametrize(
    ("content", "items"),
    [
        (page().encode(), ["x"]),
        (b"\xef\xbb\xbf\n<!-- saved from url=(0023)http://example.org/ -->\n<HTML>", ["x"]),
        ("<html>".encode("utf-16"), ["x"]),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC ""><html/>', ["x"]),
        (RSS, ["x entry 1"]),
        (b'<?xml version="1.0"?><!-- c --><feed><entry><title>a</title></entry></feed>', ["x entry 1"]),
        (b"".join((good(1), good(2))), ["x offset 0", f"x offset {len(good(1))}"]),
        (CRAWL, ["x offset 0", f"x offset {len(packed(good(1)))}"]),
        (ARC, ["warcinfo record", f"x offset {ARC.index(b'https:')}"]),
        (gzipped("", RECORDS), ["x item 1"]),
        (gzipped("", page().encode()), ["x"]),
        (tarred("a.json", RECORDS), ["x!a.json item 1"]),
        (gzipped("", tarred("a.json", RECORDS)), ["x!a.json item 1"]),
    ],
)
@pytest.mark.parametrize("name", ["x", "x.txt", "x.json"])
def test_the_first_bytes_tell_the_format_whatever_the_name(content, items, name):
    assert told(content, name) == [item.replace("x", name, 1) if item[0] == "x" else item for item in items]


@pytest.mark.parametrize(
    ("name", "content", "items"),
    [
        ("a.json.gz", gzipped("", RECORDS), ["a.json.gz item 1"]),
        ("a.tgz", gzipped("", tarred("b.txt", PAGE.encode())), ["a.tgz!b.txt"]),
        ("a.tar.gz", gzipped("", tarred("b.warc.gz", CRAWL)), None),
        ("a.zip", zipped("b.warc.gz", CRAWL), None),
        ("a.zip", zipped("b.warc", b"".join((good(1), good(2)))), None),
        ("a.zip", zipped("b.html", page().encode()), ["a.zip!b.html"]),
        ("a.zip", zipped("b.php", page().encode()), ["a.zip!b.php"]),
        ("a.zip", zipped("b.rss", RSS), ["a.zip!b.rss entry 1"]),
        ("a.zip", zipped("b.zip", zipped("c.json", RECORDS)), ["a.zip!b.zip!c.json item 1"]),
        ("a.zip", zipped("b.tar", tarred("c.json", RECORDS)), ["a.zip!b.tar!c.json item 1"]),
        ("a.tar", tarred("b.zip", zipped("c.json", RECORDS)), ["a.tar!b.zip!c.json item 1"]),
        ("a.gz", gzipped("", gzipped("", RECORDS)), ["a.gz item 1"]),
        ("a.zip.gz", gzipped("", zipped("c.json", RECORDS)), ["a.zip.gz!c.json item 1"]),
    ],
)
def test_archives_of_archives_and_of_crawls_are_read(name, content, items):
    if items is None:
        inner = "b.warc.gz" if b"b.warc.gz" in content or name == "a.tar.gz" else "b.warc"
        offset = len(packed(good(1)) if inner.endswith("gz") else good(1))
        items = [f"{name}!{inner} offset 0", f"{name}!{inner} offset {offset}"]
    assert told(content, name) == items


@pytest.mark.parametrize("pack", [zipped, tarred, gzipped])
def test_archives_in_archives_are_opened_to_a_depth(pack):
    content = RECORDS
    for depth in range(3):
        content = pack(f"{depth}.bin", content)
    assert len(told(content)) == 1
    assert told(pack("4.bin", content)) == ["nested_archives"]


def test_all_members_of_nested_archives_count_together(monkeypatch):
    monkeypatch.setattr(reading, "MAX_MEMBERS", 3)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.zip", zipped("a.json", RECORDS))
    assert told(file.getvalue()) == ["x!0.zip!a.json item 1", "unsafe_archive", "unsafe_archive"]


def test_a_nested_archive_larger_than_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_NESTED", 10)
    assert told(zipped("a.zip", zipped("a.json", RECORDS))) == ["unreadable_file"]


def test_a_gzip_bomb_is_left_before_it_has_grown():
    assert told(gzip.compress(b"a" * 60_000_000)) == ["unsafe_member"]


def test_a_gzip_file_cut_short_is_told():
    assert told(gzipped("", PAGE.encode() * 9)[:-9]) == ["damaged_archive"]


def test_a_format_given_by_the_operator_is_that_of_the_files_in_archives():
    assert told(zipped("a.dat", b"title,body\nx,y\n"), format="csv") == ["x!a.dat row 2"]


def test_an_option_for_text_leaves_archives_archives():
    assert told(gzipped("", f"title,body\n{TITLE},{FIRST}\n".encode()), format="csv") == ["x row 2"]


def test_an_archive_by_its_name_that_is_none_is_damaged_whatever_format_is_given():
    assert told(b"title,body\nx,y\n", "a.zip", format="csv") == ["damaged_archive"]


# Saved pages.


def test_the_parts_of_a_saved_page_are_passed_over(write, tmp_path):
    write("خبر.html", page())
    write("خبر_files/ad.html", page(2))
    write("other_files/kept.html", page(3))
    options = ReadOptions()
    items = reading.read([str(tmp_path / "inputs")], options, stdin=io.BytesIO())
    assert sorted(getattr(item, "reason", "page") for item in items) == [
        "a part of a saved page",
        "page",
        "page",
    ]


def test_the_parts_of_a_saved_page_in_an_archive_are_passed_over():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("خبر.html", page())
        archive.writestr("خبر_files/ad.html", page(2))
    assert told(file.getvalue()) == ["x!خبر.html", "a part of a saved page"]


def test_a_page_larger_than_the_limit_is_refused():
    assert told(b"<html>" + b"a" * (50 * 1024 * 1024)) == ["too_large"]


# WACZ.


def test_the_crawls_of_a_wacz_are_read_when_they_are_those_of_its_package():
    assert told(wacz(CRAWL), "a.wacz") == [
        "a.wacz!archive/a.warc.gz offset 0",
        f"a.wacz!archive/a.warc.gz offset {len(packed(good(1)))}",
        "a part of a WACZ",
        "a part of a WACZ",
    ]


def test_a_crawl_that_is_not_the_one_of_the_package_is_not_read():
    refused, *_parts = read(wacz(CRAWL, listed=b"another"), "a.wacz")
    assert (refused.code, refused.origin) == ("digest_mismatch", "a.wacz!archive/a.warc.gz")
    assert "unpack it and import" in refused.message


def test_a_package_that_is_not_the_one_of_its_digest_is_not_believed():
    digest = json.dumps({"path": "datapackage.json", "hash": "sha256:" + "0" * 64}).encode()
    assert told(wacz(CRAWL, **{"datapackage__digest.json": digest}), "a.wacz") == ["digest_mismatch"]


@pytest.mark.parametrize("package", [b"{", b"[]", b'{"resources": 3}', b'{"resources": []}', b"[" * 100_000])
def test_a_package_that_cannot_be_relied_on_is_told(package):
    content = wacz(CRAWL).replace(b"datapackage.json", b"datapackage.jsno")
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("datapackage.json", package)
    assert told(file.getvalue(), "a.wacz")[0] == "bad_wacz"


def test_a_crawl_by_a_crawler_is_read_from_a_wacz():
    crawl = Crawl().with_info().with_page(1).content
    assert told(wacz(crawl), "a.wacz")[:2] == ["warcinfo record", "a.wacz!archive/a.warc.gz offset " + str(
        crawl.index(b"\x1f\x8b\x08", 10)
    )]  # fmt: skip
