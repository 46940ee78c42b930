"""The WARC files of an export, as warcio and our own importer read them."""

import io
import json
from hashlib import sha256

import pytest
from warcio.archiveiterator import ArchiveIterator

from articles.importing.options import ImportOptions
from articles.importing.run import import_paths
from articles.models.article import Article
from articles.models.capture import Capture
from tests.exporting import whole
from tests.exporting.whole import empty, export_to, files
from tests.factories import make_article, make_capture
from tests.importing.crawls import Crawl, address, page

pytestmark = pytest.mark.django_db


def records(folder, series):
    """Type, headers, HTTP headers and bytes of each record; warcio compares every digest."""
    for path in sorted((folder / "data" / "captures").glob(f"{series}-*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                headers = dict(record.rec_headers.headers)
                http = dict(record.http_headers.headers) if record.http_headers else {}
                yield record.rec_type, headers, http, record.content_stream().read()


def capture(content, number, **values):
    """A capture whose bytes are in the store."""
    whole.store().write(sha256(content).hexdigest(), content)
    return make_capture(values.pop("article", None), content=content, locator=f"item {number}", **values)


def web(content, number, moment, **details):
    return capture(
        content, number, url="https://news.example.org/خبر", media_type="text/html", captured_at=moment,
        details=details,
    )  # fmt: skip


def test_a_response_has_the_headers_that_were_kept_without_what_was_undone(tmp_path):
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-encoding": "gzip",
        "etag": 'W/"1"\r\nX: y',
    }
    web(b"<html>", 1, "2016-03-12T10:00:00.25Z", status=203, headers=headers, record="<urn:uuid:1>")
    export_to(tmp_path / "export")
    info, (kind, warc, http, content) = records(tmp_path / "export", "web")
    assert (info[0], kind, content) == ("warcinfo", "response", b"<html>")
    assert warc["WARC-Target-URI"] == "https://news.example.org/%D8%AE%D8%A8%D8%B1"
    assert warc["WARC-Date"] == "2016-03-12T10:00:00.25Z"
    assert warc["WARC-Payload-Digest"] == f"sha256:{sha256(b'<html>').hexdigest()}"
    assert http["Content-Type"] == "text/html; charset=utf-8"
    assert (http["X-Archive-Orig-Content-Encoding"], http["Content-Length"]) == ("gzip", "6")
    assert http["Etag"] == 'W/"1" X: y'


def test_the_same_bytes_obtained_again_are_a_revisit_of_the_first(tmp_path):
    web(b"<html>", 1, "2016-03-12T10:00:00Z", status=200)
    web(b"<html>", 2, "2016-04-12T10:00:00Z", status=200)
    web(b"<html>", 3, "2016-05-12T10:00:00Z")
    export_to(tmp_path / "export")
    _info, first, *again = records(tmp_path / "export", "web")
    assert [kind for kind, *_rest in again] == ["revisit", "revisit"]
    for _kind, headers, _http, content in again:
        assert content == b""
        assert headers["WARC-Refers-To"] == first[1]["WARC-Record-ID"]
        assert headers["WARC-Refers-To-Date"] == "2016-03-12T10:00:00Z"
        assert headers["WARC-Payload-Digest"] == first[1]["WARC-Payload-Digest"]


def test_what_came_from_files_is_a_resource_with_the_file_as_address(tmp_path):
    capture(b"{}", 3, origin="هبة/a b.zip!c.json", url="https://example.org/1")
    export_to(tmp_path / "export")
    _info, (kind, headers, _http, content) = records(tmp_path / "export", "files")
    assert (kind, content, headers["Content-Type"]) == ("resource", b"{}", "application/json")
    assert headers["WARC-Target-URI"] == "file:///%D9%87%D8%A8%D8%A9/a%20b.zip!c.json#item%203"
    assert list(records(tmp_path / "export", "web")) == []


def test_a_record_kept_as_evidence_of_damage_is_no_page_of_the_web(tmp_path):
    capture(
        b"HTTP/1.1 200 OK\r\n\r\nbroken", 1, media_type="application/http", url="https://example.org/1",
        details={"record": "<urn:uuid:1>"},
    )  # fmt: skip
    export_to(tmp_path / "export")
    assert list(records(tmp_path / "export", "web")) == []
    assert [kind for kind, *_rest in records(tmp_path / "export", "files")] == ["warcinfo", "resource"]


def test_a_line_of_a_capture_says_where_its_record_begins_and_ends(exported):
    for line in (exported / "data/captures.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        place = row["warc"]
        member = (exported / place["file"]).read_bytes()[place["offset"] : place["offset"] + place["length"]]
        (record,) = ArchiveIterator(io.BytesIO(member))
        assert record.rec_type == place["type"]
        assert record.rec_headers["WARC-Payload-Digest"] == f"sha256:{row['sha256']}"


def test_a_file_that_has_reached_its_size_is_followed_by_another(tmp_path):
    for number in range(5):
        web(str(number).encode() * 10, number, "2016-03-12T10:00:00Z", status=200)
    export_to(tmp_path / "export", max_warc_size=1000)
    paths = sorted(name for name in files(tmp_path / "export") if "/web-" in name)
    assert paths[:2] == ["data/captures/web-00001.warc.gz", "data/captures/web-00002.warc.gz"]
    kinds = [kind for kind, *_rest in records(tmp_path / "export", "web")]
    assert (kinds.count("warcinfo"), kinds.count("response")) == (len(paths), 5)


def test_our_own_importer_reads_the_crawls_back_as_captures_of_the_same_bytes(tmp_path):
    crawl = Crawl().with_page(1).with_page(2).with_revisit(1, moment="2016-04-12T10:00:00Z")
    crawl.with_page(2, moment="2016-05-12T10:00:00Z", text=page(2).replace("</h1>", " جديد</h1>"))
    (tmp_path / "a.warc.gz").write_bytes(crawl.content)
    whole.import_all(tmp_path / "a.warc.gz")
    before = obtained()
    export_to(tmp_path / "export")
    empty()
    summary = import_paths(
        [str(tmp_path / "export/data/captures/web-00001.warc.gz")], options=ImportOptions(), store=whole.store(),
        stdin=io.BytesIO(),
    )  # fmt: skip
    assert (summary.read, summary.errors) == (4, 0)
    assert obtained() == before
    assert set(Article.objects.values_list("url", flat=True)) == {address(1), address(2)}


def obtained():
    rows = Capture.objects.order_by("url", "captured_at")
    return list(rows.values_list("url", "captured_at", "sha256", "media_type", "details__status"))


def test_every_capture_of_every_format_is_in_the_files_with_its_bytes(exported):
    every = [*records(exported, "web"), *records(exported, "files")]
    brought = {headers["WARC-Payload-Digest"].removeprefix("sha256:"): content
               for kind, headers, _http, content in every if kind in ("response", "resource")}  # fmt: skip
    digests = set(Capture.objects.values_list("sha256", flat=True))
    assert set(brought) == digests
    assert all(sha256(content).hexdigest() == digest for digest, content in brought.items())
    numbers = [headers["WARC-Record-ID"] for _kind, headers, _http, _content in every]
    assert len(numbers) == len(set(numbers))


def test_an_undated_capture_is_dated_by_when_it_was_stored(tmp_path):
    stored = capture(b"{}", 1, article=make_article("خبر"))
    export_to(tmp_path / "export")
    _info, (_kind, headers, _http, _content) = records(tmp_path / "export", "files")
    assert headers["WARC-Date"].startswith(stored.stored_at.strftime("%Y-%m-%dT%H:%M:%S"))
