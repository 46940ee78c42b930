"""From paths to items: files, folders, globs, archives and standard input."""

import io
import os
import threading

import pytest

from articles.importing import inputs, limits, reading
from articles.importing.inputs import MissingInput
from articles.importing.reading import ReadOptions
from articles.importing.records import PassedOver, RawDocument, Unreadable
from tests.importing.samples import PAGE, TITLE

JSONL = '{"title": "خبر"}\n{"title": "آخر"}\n'


def read(*paths, stdin=b"", **options):
    expanded = inputs.expand([str(path) for path in paths])
    return list(reading.read(expanded, ReadOptions(**options), stdin=io.BytesIO(stdin)))


def kinds(items):
    return [type(item).__name__ for item in items]


def test_a_folder_is_read_with_the_folders_in_it_in_the_order_of_names(write, tmp_path):
    for name in ("b.txt", "a/z.txt", "a/b.jsonl", "c/d/e.txt"):
        write(name, JSONL if name.endswith("jsonl") else PAGE)
    origins = [item.origin for item in read(tmp_path / "inputs")]
    assert [origin.removeprefix(f"{tmp_path}/inputs/") for origin in origins] == [
        "a/b.jsonl", "a/b.jsonl", "a/z.txt", "b.txt", "c/d/e.txt",
    ]  # fmt: skip


def test_hidden_files_and_other_kinds_are_passed_over_and_told(write, tmp_path):
    for name in (".hidden.txt", "README.md", ".git/x.txt", "a.txt"):
        write(name, PAGE)
    items = read(tmp_path / "inputs")
    assert kinds(items) == ["PassedOver", "PassedOver", "PassedOver", "RawDocument"]
    assert {item.reason for item in items[:3]} == {"hidden", "its name tells no format"}


def test_a_glob_that_the_shell_left_alone_is_expanded(write, tmp_path):
    write("a/x.txt", PAGE)
    write("b/y.txt", PAGE)
    assert len(read(tmp_path / "inputs" / "**" / "*.txt")) == 2


def test_a_file_whose_name_looks_like_a_glob_is_that_file(write):
    path = write("a[1].txt", PAGE)
    assert read(path)[0].origin == str(path)


def test_a_path_that_leads_nowhere_is_refused_before_anything_is_read(write, tmp_path):
    with pytest.raises(MissingInput, match="nothing"):
        read(write("a.txt", PAGE), tmp_path / "nothing*")


def test_a_given_file_is_read_by_its_content_when_its_name_tells_nothing(write):
    assert kinds(read(write("export.data", JSONL))) == ["RawDocument", "RawDocument"]
    assert read(write("page", PAGE))[0].media_type == "text/plain"


def test_the_operator_may_say_the_format(write, tmp_path):
    write("a.log", JSONL)
    write("b.txt", JSONL)
    assert len(read(tmp_path / "inputs", format="jsonl")) == 4


@pytest.mark.parametrize(
    ("content", "media_type", "count"),
    [
        (JSONL, "application/json", 2),
        ('[{"title": "خبر"}]', "application/json", 1),
        (PAGE, "text/plain", 1),
        ("العنوان;النص\nخبر;نص\n", "text/csv", 1),
    ],
    ids=["jsonl", "json", "txt", "csv"],
)
def test_standard_input_is_told_by_its_content(content, media_type, count):
    items = read("-", stdin=content.encode())
    assert [(item.origin, item.media_type) for item in items] == [("standard input", media_type)] * count


def test_an_archive_on_standard_input_is_read(write_zip):
    archive = write_zip("x.zip", {"a.txt": PAGE})
    assert read("-", stdin=archive.read_bytes())[0].origin == "standard input!a.txt"


def test_a_pipe_is_read_like_standard_input(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(JSONL.encode(),))
    writer.start()
    assert len(read(pipe)) == 2
    writer.join()


def test_standard_input_larger_than_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(inputs, "MAX_SPOOLED", 10)
    assert [item.code for item in read("-", stdin=b"x" * 11)] == ["unreadable_file"]


def test_an_empty_file_is_told(write):
    assert [item.code for item in read(write("a.txt", ""))] == ["empty_file"]


def test_a_file_that_cannot_be_opened_is_one_failed_item_and_the_rest_is_read(write, tmp_path, monkeypatch):
    shut, _fine = write("a.txt", PAGE), write("b.txt", PAGE)
    opener = inputs.opener

    def denied():
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(inputs, "opener", lambda path: denied if path == shut else opener(path))
    first, second = read(tmp_path / "inputs")
    assert (first.code, first.origin, type(second)) == ("unreadable_file", str(shut), RawDocument)


def test_a_link_to_a_folder_is_not_followed(write, tmp_path):
    write("a/x.txt", PAGE)
    (tmp_path / "inputs" / "a" / "loop").symlink_to(tmp_path / "inputs")
    assert kinds(read(tmp_path / "inputs")) == ["PassedOver", "RawDocument"]


def test_a_name_that_is_no_utf_8_can_be_shown(tmp_path):
    path = os.fsencode(tmp_path) + b"/\xc7\xe1.txt"
    with open(path, "wb") as file:
        file.write(PAGE.encode())
    (item,) = read(os.fsdecode(path))
    assert item.origin.encode()


def test_bytes_wrong_in_the_declared_encoding_are_one_failed_item(write):
    (item,) = read(write("a.txt", PAGE, encoding="windows-1256"), encoding="utf-8")
    assert (type(item), item.code) == (Unreadable, "wrong_encoding")


def test_memory_does_not_grow_with_the_file(write):
    line = '{"title": "' + TITLE * 20 + '"}\n'
    path = write("big.jsonl", line * 20_000)
    assert path.stat().st_size > 20 * limits.MIB
    items = reading.read([str(path)], ReadOptions(), stdin=io.BytesIO())
    assert sum(1 for _item in items) == 20_000


def test_what_is_passed_over_is_no_item(write):
    (item,) = read(write("inner/README.md", PAGE).parent)
    assert isinstance(item, PassedOver)
