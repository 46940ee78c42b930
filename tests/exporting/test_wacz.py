"""The WACZ of an export: whole, in order, and read by our own importer."""

import gzip
import io
import json
import zipfile
from hashlib import sha256

import pytest
from warcio.archiveiterator import ArchiveIterator

from articles.exporting import wacz
from articles.exporting.capture_files import Place
from articles.exporting.records import Obtained
from articles.importing.options import ImportOptions
from articles.importing.run import import_paths
from articles.models.capture import Capture
from tests.exporting import whole
from tests.exporting.whole import MOMENT, empty, export_to

SEEDS = whole.SEEDS / "web"


@pytest.fixture
def package(db, data_folder, tmp_path):
    """A WACZ of the web part of the sample collection."""
    whole.import_all(SEEDS)
    export_to(tmp_path / "export", wacz=tmp_path / "a.wacz")
    with zipfile.ZipFile(tmp_path / "a.wacz") as archive:
        yield archive


def test_the_package_lists_every_file_with_its_digest(package):
    described = json.loads(package.read("datapackage.json"))
    assert (described["profile"], described["wacz_version"]) == ("data-package", "1.1.1")
    told = {one["path"]: (one["hash"], one["bytes"]) for one in described["resources"]}
    names = set(package.namelist()) - {"datapackage.json", "datapackage-digest.json"}
    assert told == {
        name: (f"sha256:{sha256(package.read(name)).hexdigest()}", len(package.read(name))) for name in names
    }
    digest = json.loads(package.read("datapackage-digest.json"))["hash"]
    assert digest == f"sha256:{sha256(package.read('datapackage.json')).hexdigest()}"


def test_crawls_and_index_stand_in_the_zip_as_they_are(package):
    assert {info.compress_type for info in package.infolist()} == {zipfile.ZIP_STORED}


def test_the_index_is_sorted_and_leads_to_every_record(package):
    lines = gzip.decompress(package.read("indexes/index.cdx.gz")).splitlines()
    assert lines == sorted(lines)
    assert len(lines) == Capture.objects.filter(details__has_key="record").count() + 4  # with the saved pages
    for line in lines:
        key, moment, told = line.decode().split(" ", 2)
        entry = json.loads(told)
        crawl = package.read(f"archive/{entry['filename']}")
        start = int(entry["offset"])
        (record,) = ArchiveIterator(io.BytesIO(crawl[start : start + int(entry["length"])]))
        assert record.rec_headers["WARC-Target-URI"] == entry["url"]
        assert record.rec_headers["WARC-Payload-Digest"] == entry["digest"]
        assert record.rec_headers["WARC-Date"].translate({45: "", 58: "", 84: "", 90: ""})[:14] == moment
        assert key == wacz.surt(entry["url"])


def test_the_pages_have_address_moment_and_title(package):
    head, *pages = [json.loads(line) for line in package.read("pages/pages.jsonl").splitlines()]
    assert head["format"] == "json-pages-1.0"
    floods = [page for page in pages if page["url"].endswith("suyul-alrabiya")]
    assert [page["ts"] for page in floods] == [
        "2017-10-02T09:10:00Z",
        "2017-10-02T18:40:00Z",
        "2017-10-05T06:00:00Z",
    ]
    assert {page["title"] for page in floods} == {
        "السيول تغمر 14 حياً في مدينة الرابية والمدارس تفتح أبوابها للعائلات"
    }
    assert len({page["id"] for page in pages}) == len(pages)


def test_our_own_importer_reads_it(package, tmp_path):
    rows = Capture.objects.filter(media_type="text/html").order_by("sha256", "captured_at")
    before = list(rows.exclude(captured_at=None).values_list("sha256", "captured_at"))
    empty()
    summary = import_paths(
        [str(tmp_path / "a.wacz")], options=ImportOptions(), store=whole.store(), stdin=io.BytesIO()
    )
    assert summary.errors == 0
    assert set(before) <= set(rows.values_list("sha256", "captured_at"))


def test_a_long_index_is_cut_into_blocks_that_the_short_one_leads_to():
    listing = wacz.Listing()
    for number in range(wacz.BLOCK + 1):
        obtained = Obtained(
            f"urn:uuid:{number}", f"https://example.org/{number:05}", MOMENT, "0" * 64, "text/html", 200
        )
        listing.add(obtained, "", Place("data/captures/web-00001.warc.gz", number, 1, "response"))
    blocks = []
    packed = b"".join(wacz._blocks(listing.index(), blocks))
    listing.close()
    assert blocks[0].startswith(b'!meta 0 {"format": "cdxj-gzip-1.0"')
    keys = [block.decode().split(" ", 2) for block in blocks[1:]]
    assert [key for key, _moment, _told in keys] == ["org,example)/00000", "org,example)/03000"]
    told = json.loads(keys[1][2])
    last = gzip.decompress(packed[told["offset"] : told["offset"] + told["length"]])
    assert (last.count(b"\n"), last.startswith(b"org,example)/03000 ")) == (1, True)
