"""The sample collection is what it says: made by its script, counted in its README, whole when it is imported."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from articles.models.article import Article
from articles.models.capture import Capture
from tests import seeds
from tests.exporting import whole

ROOT = Path(__file__).resolve().parents[1] / "seeds"


def unpacked(content):
    """What is in a file, however it was compressed: two versions of zlib pack differently."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {
                name: unpacked(archive.read(name)) for name in archive.namelist() if "package" not in name
            }
    if content.startswith(b"\x1f\x8b"):
        return [
            (record.rec_headers.headers, record.content_stream().read())
            for record in ArchiveIterator(io.BytesIO(content))
        ]
    return content


@pytest.mark.parametrize("name", seeds.FILES)
def test_the_web_samples_are_what_their_script_makes(name):
    assert unpacked((seeds.FOLDER / name).read_bytes()) == unpacked(seeds.FILES[name]())


def test_no_other_file_stands_among_them():
    assert {path.name for path in seeds.FOLDER.iterdir()} == set(seeds.FILES)


@pytest.mark.django_db
def test_everything_in_the_collection_becomes_what_its_readme_says():
    whole.import_all(ROOT)
    readme = (ROOT / "README.md").read_text("utf-8")
    told = int(re.search(r"^(\d+) short Arabic news articles", readme, re.MULTILINE)[1])
    assert Article.objects.count() == told
    floods = Capture.objects.filter(url__endswith="suyul-alrabiya").order_by("captured_at")
    assert len(set(floods.values_list("sha256", flat=True))) == 2
    assert floods.count() == 3
    bridge = Article.objects.filter(body__contains="بلدة عين السدرة جسر عائم")
    assert set(bridge.values_list("source__name", flat=True)) == {seeds.ALUFUQ, seeds.SAHIL, seeds.MINA}
