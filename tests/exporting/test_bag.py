"""The folder is a BagIt bag that is told by its manifest, and takes its place whole."""

import re
from hashlib import sha256

import pytest

from articles.exporting import bag
from articles.exporting.bag import FileFacts, NoRoom, Payload, written_beside
from articles.exporting.verifying import BadExport, is_export, opened, verify


@pytest.fixture
def folder(tmp_path):
    """A bag of one file."""
    with written_beside(tmp_path / "bag") as part:
        payload = Payload(part, "data/articles.jsonl")
        payload.write(b"{}")
        payload.write(b"\n")
        bag.close(part, [payload.close()], {"scope": "whole", "counts": {"articles": 1}})
    return tmp_path / "bag"


def test_every_file_is_in_the_manifest_that_its_kind_belongs_to(folder):
    assert (folder / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert "Payload-Oxum: 3.1\n" in (folder / "bag-info.txt").read_text()
    for manifest, names in (
        ("manifest-sha256.txt", ["data/articles.jsonl"]),
        ("tagmanifest-sha256.txt", ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest.json"]),
    ):
        told = dict(re.findall(r"^([0-9a-f]{64})  (.+)$", (folder / manifest).read_text(), re.MULTILINE))
        assert {name: digest for digest, name in told.items()} == {
            name: sha256((folder / name).read_bytes()).hexdigest() for name in names
        }


def test_a_bag_is_told_by_its_manifest_and_verified(folder):
    export = opened(folder)
    verify(export)
    assert is_export(folder)
    assert export.files == (FileFacts("data/articles.jsonl", 3, sha256(b"{}\n").hexdigest()),)
    assert (export.counts, export.scope, export.size) == ({"articles": 1}, "whole", 3)


@pytest.mark.parametrize("content", ["{}", '{"format": "other"}', "no JSON"])
def test_other_folders_with_a_manifest_are_no_exports(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content)
    assert not is_export(tmp_path)
    assert not is_export(tmp_path / "missing")


@pytest.mark.parametrize(
    "content", ['{"format": "warraq-archive"}', '{"format": "warraq-archive", "version": []', "[]"]
)
def test_a_manifest_that_lacks_what_is_needed_is_refused(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content)
    digest = sha256(content.encode()).hexdigest()
    (tmp_path / "tagmanifest-sha256.txt").write_text(f"{digest}  manifest.json\n")
    with pytest.raises(BadExport, match="not as export_archive writes it"):
        opened(tmp_path)


def test_what_a_killed_export_left_is_removed(tmp_path):
    left = tmp_path / "bag.part" / "data"
    left.mkdir(parents=True)
    (left / "old.jsonl").touch()
    (left.parent / "old.txt").touch()
    with written_beside(tmp_path / "bag") as part:
        assert list(part.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["bag"]


def test_two_exports_to_one_place_do_not_meet(tmp_path):
    with written_beside(tmp_path / "bag") as part:
        (part / "mine").touch()
        with pytest.raises(NoRoom, match="another export is being written"), written_beside(tmp_path / "bag"):
            pass
        assert (part / "mine").exists()


def test_a_failure_leaves_nothing(tmp_path):
    with pytest.raises(OSError, match="disk"), written_beside(tmp_path / "bag") as part:
        (part / "half").touch()
        raise OSError("disk")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("make", ["file", "link"])
def test_a_file_or_a_link_is_no_place_for_an_export(tmp_path, make):
    place = tmp_path / "bag"
    place.touch() if make == "file" else place.symlink_to("/nowhere")
    with pytest.raises(NoRoom, match="is no folder"), written_beside(place):
        pass
