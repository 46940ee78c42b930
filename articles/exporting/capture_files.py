"""The bytes of captures as WARC files, of a size that can be handled: those of the web and those out of files."""

from dataclasses import dataclass, field
from pathlib import Path

from articles.exporting import records
from articles.exporting.bag import FileFacts, Payload
from articles.exporting.records import Obtained

SOFTWARE = {
    "software": "Warraq export_archive",
    "format": "WARC File Format 1.1",
    "conformsTo": records.CONFORMS_TO,
}
WEB, FILES = "web", "files"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: the file in the bag, the offset of its gzip member and the length of it."""

    file: str
    offset: int
    length: int
    kind: str

    def as_json(self) -> dict[str, object]:
        return {"file": self.file, "offset": self.offset, "length": self.length, "type": self.kind}


@dataclass(slots=True)
class CaptureFiles:
    """A series of WARC files, `data/captures/NAME-00001.warc.gz` and on; none without a record."""

    folder: Path
    name: str
    max_size: int
    done: list[FileFacts] = field(default_factory=list)
    open: Payload | None = None

    def add(
        self, obtained: Obtained, content: bytes | None, size: int, first: Obtained | None = None
    ) -> Place:
        """Write a record of `content`; without any, one that says: the bytes are those of `first` again."""
        if content is None:
            assert first  # noqa: S101 - who has no bytes has an earlier capture of them
            kind, record = "revisit", records.revisit(obtained, first, size)
        elif obtained.status:
            kind, record = "response", records.response(obtained, content)
        else:
            kind, record = "resource", records.resource(obtained, content)
        file = self._file(obtained)
        place = Place(file.path, file.size, len(record), kind)
        file.write(record)
        return place

    def _file(self, obtained: Obtained) -> Payload:
        """The file that the next record belongs into."""
        if self.open and self.open.size >= self.max_size:
            self.done.append(self.open.close())
            self.open = None
        if self.open is None:
            name = f"{self.name}-{len(self.done) + 1:05}.warc.gz"
            self.open = Payload(self.folder, f"data/captures/{name}")
            self.open.write(records.info(name, obtained.moment, SOFTWARE))
        return self.open

    def close(self) -> list[FileFacts]:
        if self.open:
            self.done.append(self.open.close())
            self.open = None
        return self.done
