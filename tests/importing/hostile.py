"""Inputs that are damaged, lie or mean harm, each with what becomes of it: `code` of each item, or «new».

Run alone (`python -m tests.importing.hostile FOLDER`) it writes them all to files, to try other programs with.
"""

import gzip
import io
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli

from tests.importing.crawls import Crawl, address, arc, good, http, packed, page, record, sha1, wacz
from tests.importing.samples import FIRST, PAGE, SECOND, TITLE

MIB = 1024 * 1024
BODY = page().encode()
BLANKS = b"<html>" + b" " * (60 * MIB)
WRONG_SHA1 = "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def tarred(*members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size, info.type, info.linkname = len(content), kind, "/etc/passwd"
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


def link_in_zip() -> bytes:
    info = zipfile.ZipInfo("a.html")
    info.external_attr = 0o120777 << 16
    return zipped((info, b"/etc/passwd"))


def encrypted_zip() -> bytes:
    raw = bytearray(zipped(("a.html", BODY)))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + offset] |= 1
    return bytes(raw)


def many_zips() -> bytes:
    """A .zip of 16 .zips of 16 .zips ...: small, and without an end worth reaching."""
    content = zipped(("0.txt", b"a" * MIB))
    for depth in range(5):
        content = zipped(*((f"{depth}{number}.zip", content) for number in range(4)))
    return content


def zip_of_too_many() -> bytes:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, 2**31, 0, 0)
    return b"PK\x03\x04" + end


def long_name_in_tar() -> bytes:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 10**10
    return info.tobuf(tarfile.GNU_FORMAT) + b"x" * 512


def flipped(content: bytes, place: int) -> bytes:
    raw = bytearray(content)
    raw[place] ^= 0xFF
    return bytes(raw)


def feed(*items: str, doctype: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel>{"".join(items)}</channel></rss>'.encode()
    )


LAUGHS = "<!DOCTYPE rss [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
) + "]>"  # fmt: skip
ITEM = f"<item><title>{TITLE}</title><description>{FIRST}</description></item>"
ENTITY = ITEM.replace("<description>", "<description>&x; ")

Case = tuple[str, Callable[[], bytes], list[str]]

# What it is: the file's name, its bytes, and what became of each of its items.
CASES: dict[str, Case] = {
    # Crawls whose records lie.
    "a length far beyond the file": (
        "a.warc", lambda: record(http(BODY), length=10**15) + good(2), ["wrong_length", "new"],
    ),
    "a length that swallows the next record": (
        "a.warc", lambda: record(http(BODY), length=2500) + good(2), ["wrong_length", "new"],
    ),
    "a length too short": ("a.warc", lambda: record(http(BODY), length=30) + good(2), ["wrong_length", "new"]),
    "a length below nothing": ("a.warc", lambda: record(http(BODY), length=-5) + good(2), ["wrong_length", "new"]),
    "a length of twenty digits": (
        "a.warc.gz", lambda: packed(record(http(BODY), length="9" * 20), good(2)), ["wrong_length", "new"],
    ),
    "a length that is a word": (
        "a.warc", lambda: record(http(BODY), length="many") + good(2), ["wrong_length", "new"],
    ),
    "a wrong length, and a digest that proves the bytes": (
        "a.warc", lambda: record(http(BODY), f"WARC-Payload-Digest: {sha1(BODY)}", length=30), ["new"],
    ),
    "a payload digest of other bytes": (
        "a.warc", lambda: record(http(BODY), f"WARC-Payload-Digest: {WRONG_SHA1}"), ["digest_mismatch"],
    ),
    "a block digest of other bytes": (
        "a.warc", lambda: record(http(BODY), f"WARC-Block-Digest: {WRONG_SHA1}"), ["digest_mismatch"],
    ),
    "a digest of an unheard-of kind": ("a.warc", lambda: record(http(BODY), "WARC-Payload-Digest: x:y"), ["new"]),
    "a crawl cut short in a record": ("a.warc", lambda: (good(1) + good(2))[:-99], ["new", "truncated_record"]),
    "a gzipped crawl cut short": ("a.warc.gz", lambda: packed(good(1), good(2))[:-99], ["new", "damaged_archive"]),
    "a record that does not say what it is of": (
        "a.warc", lambda: good(1).replace(b"WARC-Target-URI", b"X"), ["bad_record"],
    ),
    "a record of HTML that says it is HTTP": ("a.warc", lambda: record(BODY), ["bad_http"]),
    "headers of HTTP that never end": ("a.warc", lambda: record(http(b"", "X: " + "y" * 200_000)[:-4]), ["bad_http"]),
    "headers of WARC that never end": (
        "a.warc", lambda: b"WARC/1.0\r\n" + b"X: y\r\n" * 50_000 + good(2), ["bad_record", "new"],
    ),
    "one line of 30 MB in the headers": (
        "a.warc", lambda: b"WARC/1.0\r\nX: " + b"y" * (30 * MIB) + b"\r\n" + good(2), ["bad_record", "new"],
    ),
    "text between the records": (
        "a.warc", lambda: good(1) + b"garbage\r\n" * 9 + good(2), ["new", "bad_record", "new"],
    ),
    "a crawl that is text": ("a.warc", lambda: PAGE.encode(), ["bad_record"]),
    "a page in parts": ("a.warc", lambda: record(http(BODY), "WARC-Segment-Number: 1"), ["segmented_record"]),
    "a revisit of nothing": (
        "a.warc.gz", lambda: Crawl().with_revisit(1, moment="2016-05-01T00:00:00Z").content, ["revisit_unresolved"],
    ),
    "a record of 50 MB of HTML": (
        "a.warc", lambda: record(http(b"<html>" + b"a" * (50 * MIB))) + good(2), ["too_large", "new"],
    ),
    "a response without a body": ("a.warc", lambda: record(http(b"")), ["empty"]),
    "an ARC record that lies": (
        "a.arc",
        lambda: arc((address(1), http(BODY))).replace(b"html %d" % len(http(BODY)), b"html 7"),
        ["wrong_length"],
    ),
    # Bodies that are not what they are said to be.
    "gzip that is none": ("a.warc", lambda: record(http(BODY, "Content-Encoding: gzip")), ["new"]),
    "gzip with a wrong byte": (
        "a.warc", lambda: record(http(flipped(gzip.compress(BODY), 40), "Content-Encoding: gzip")), ["damaged_body"],
    ),
    "brotli that is none": (
        "a.warc", lambda: record(http(b"\x9c\x00\xff" * 99, "Content-Encoding: br")), ["damaged_body"],
    ),
    "a body compressed in an unheard-of way": (
        "a.warc", lambda: record(http(BODY, "Content-Encoding: zstd")), ["unsupported_encoding"],
    ),
    "a body compressed nine times over": (
        "a.warc", lambda: record(http(BODY, "Content-Encoding: " + ", ".join(["gzip"] * 9))), ["unsupported_encoding"],
    ),
    "a chunk of 4 GB": (
        "a.warc", lambda: record(http(b"ffffffff\r\n" + BODY, "Transfer-Encoding: chunked")), ["new"],
    ),
    "an image that says it is a page": (
        "a.warc", lambda: record(http(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)), ["binary"],
    ),
    # Bombs.
    "a record that grows a thousandfold": (
        "a.warc.gz", lambda: packed(record(http(BLANKS)), good(2)), ["unsafe_member", "new"],
    ),
    "a gzipped body that grows a thousandfold": (
        "a.warc", lambda: record(http(gzip.compress(BLANKS), "Content-Encoding: gzip")), ["too_large"],
    ),
    "a brotli body that grows a millionfold": (
        "a.warc", lambda: record(http(brotli.compress(BLANKS), "Content-Encoding: br")), ["too_large"],
    ),
    "a deflated body that grows a thousandfold": (
        "a.warc", lambda: record(http(zlib.compress(BLANKS), "Content-Encoding: deflate")), ["too_large"],
    ),
    "a .gz that grows a thousandfold": ("a.json.gz", lambda: gzip.compress(b" " * (60 * MIB)), ["unsafe_member"]),
    "a .tar.gz that grows a thousandfold": (
        "a.tar.gz", lambda: gzip.compress(tarred(("a.txt", b"a" * (60 * MIB)))), ["unsafe_member"],
    ),
    "a .zip that grows a thousandfold": (
        "a.zip", lambda: zipped(("a.html", b" " * (60 * MIB)), ("b.html", BODY)), ["unsafe_member", "new"],
    ),
    "a .zip that announces more files than there are": ("a.zip", zip_of_too_many, ["unsafe_archive"]),
    "archives in archives without an end": ("a.zip", many_zips, ["nested_archives"] * 64),
    "a .tar with a name of 10 GB": ("a.tar", long_name_in_tar, ["damaged_archive"]),
    # Archives.
    "a name that leads out of a .zip": (
        "a.zip", lambda: zipped(("../../a.html", BODY), ("b.html", BODY)), ["unsafe_member", "new"],
    ),
    "a name that leads out of a .tar": (
        "a.tar", lambda: tarred(("/etc/a.html", BODY), ("b.html", BODY)), ["unsafe_member", "new"],
    ),
    "a name with a drive letter": ("a.zip", lambda: zipped(("C:\\a.html", BODY)), ["unsafe_member"]),
    "a link in a .zip": ("a.zip", link_in_zip, ["unsafe_member"]),
    "a link in a .tar": ("a.tar", lambda: tarred(("a.html", b""), kind=tarfile.SYMTYPE), ["unsafe_member"]),
    "a .zip with a password": ("a.zip", encrypted_zip, ["encrypted"]),
    "a .zip packed in an unread way": (
        "a.zip", lambda: zipped(("a.html", BODY), method=zipfile.ZIP_LZMA), ["unsupported_compression"],
    ),
    "a .zip cut short": ("a.zip", lambda: zipped(("a.html", BODY))[:-30], ["damaged_archive"]),
    "a .tar cut short": ("a.tar", lambda: tarred(("a.html", BODY))[:700], ["damaged_archive"]),
    "a .gz with a wrong byte": (
        "a.json.gz", lambda: flipped(gzip.compress(b'[{"title": "x"}]'), 15), ["damaged_archive"],
    ),
    "a WACZ with another crawl than its package says": (
        "a.wacz", lambda: wacz(packed(good(1)), listed=b"x"), ["digest_mismatch"],
    ),
    "a WACZ whose package is no JSON": (
        "a.wacz", lambda: zipped(("datapackage.json", b"{"), ("archive/a.warc.gz", packed(good(1)))), ["bad_wacz"],
    ),
    # Feeds.
    "a billion laughs": ("a.rss", lambda: feed(ITEM.replace(FIRST, "&a9; " + FIRST), doctype=LAUGHS), ["new"]),
    "an entity that reads a file": (
        "a.rss", lambda: feed(ENTITY, doctype='<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), ["new"],
    ),
    "an entity that asks the network": (
        "a.rss", lambda: feed(ENTITY, doctype='<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>'), ["new"],
    ),
    "a feed cut short": ("a.rss", lambda: feed(ITEM, ITEM.replace(TITLE, "آخر"))[:-150], ["new", "undecodable"]),
    "an entry of 9 MB without an end": ("a.rss", lambda: feed("<item><title>" + "س " * (3 * MIB)), ["too_large"]),
    "a feed that is none": ("a.rss", lambda: b"<opml><body/></opml>", ["bad_feed"]),
    # Pages.
    "a page of 50 MB": ("a.html", lambda: b"<html>" + b"a" * (50 * MIB), ["too_large"]),
    "20,000 divs in one another": (
        "a.html", lambda: b"<html><body>" + b"<div>" * 20_000 + FIRST.encode(), ["too_deep"],
    ),
    "200,000 attributes": ("a.html", lambda: b"<html><body " + b"a=b " * 200_000 + b">" + page(1).encode(), ["new"]),
    "a megabyte of < and nothing else": ("a.html", lambda: b"<html>" + b"<" * MIB, ["too_large"]),
    "a comment that never ends": ("a.html", lambda: b"<html><!-- " + b"- " * MIB, ["empty"]),
    "a page without a byte": ("a.html", lambda: b"", ["empty_file"]),
    "a page of zeros": ("a.html", lambda: bytes(5000), ["binary"]),
    "a page that is a PDF": ("a.html", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20, ["binary"]),
    "a page that says another charset than its own": (
        "a.html", lambda: page().replace("utf-8", "windows-1256").encode(), ["new"],
    ),
    "a page in Windows-1256 that says nothing": (
        "a.html", lambda: page().replace('<meta charset="utf-8">', "").encode("windows-1256"), ["new"],
    ),
    "a page of mojibake": ("a.html", lambda: page().encode().decode("latin-1").encode(), ["new"]),
    "a page with wrong bytes in its UTF-8": (
        "a.html", lambda: page().encode().replace(SECOND.encode()[:2], b"\xff", 1), ["new"],
    ),
    "scripts in a title": (
        "a.html", lambda: page().replace(f"<h1>{TITLE}", f"<h1><script>alert(1)</script>{TITLE}").encode(), ["new"],
    ),
}  # fmt: skip


if __name__ == "__main__":
    for number, (name, build, _codes) in enumerate(CASES.values()):
        folder = Path(sys.argv[1]) / f"{number:02}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(build())
