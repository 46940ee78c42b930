"""The table of contents: the segments of one committed state, written so that it is there whole or not at all.

It is Whoosh's own, with the checksum of all its bytes behind it, where Whoosh does not look. The files of its segments
are on the disk before it gets its name.
"""

import os
from pathlib import Path
from struct import Struct
from typing import Any
from zlib import crc32

from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex

from articles.search.engines.whoosh.columnar.layout import damaged, sync_folder

INDEX_NAME = "MAIN"
MAGIC = b"warraq\x1at"
TRAILER = Struct("<8sI")  # magic, CRC-32 of what stands before


class DurableStorage(FileStorage):
    """Whoosh writes a table of contents under another name and renames it: here it is on the disk before."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        folder = Path(self.folder)
        with (folder / oldname).open("r+b") as file:
            checksum = crc32(file.read())
            file.write(TRAILER.pack(MAGIC, checksum))
            file.flush()
            os.fsync(file.fileno())
        sync_folder(folder)  # the names of the segments' files, too
        (folder / oldname).rename(folder / newname)
        sync_folder(folder)


def write_contents(folder: Path, schema: Schema, segments: list[Any], generation: int) -> None:
    """Commit a state: when this returns it is the one that readers find, whatever happens."""
    TOC(schema, segments, generation).write(DurableStorage(str(folder)), INDEX_NAME)


def new_index(folder: Path, schema: Schema) -> FileIndex:
    """An index of no documents in an empty folder."""
    write_contents(folder, schema, [], 0)
    return FileIndex(FileStorage(str(folder)), indexname=INDEX_NAME)


def read_contents(folder: Path) -> TOC:
    """The newest state; raises IndexDamaged where its table of contents was changed."""
    storage = FileStorage(str(folder), readonly=True)
    generation = TOC._latest_generation(storage, INDEX_NAME)
    path = folder / TOC._filename(INDEX_NAME, generation)
    data = path.read_bytes()
    if TRAILER.pack(MAGIC, crc32(data[: -TRAILER.size])) != data[-TRAILER.size :]:
        raise damaged(path, "was changed or is not whole")
    return TOC.read(storage, INDEX_NAME, gen=generation)
