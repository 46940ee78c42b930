"""What the readers of many-item files share: an item's bytes, and a failed item told from its neighbours."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.importing.charsets import TextFile
from articles.importing.records import RawDocument, Unreadable


@dataclass(frozen=True, slots=True)
class ItemMaker:
    """Makes the items of one file: the same origin, charset and media type for all."""

    file: TextFile
    media_type: str

    def document(
        self, locator: str, text: str, fields: Mapping[str, object], *, line: int
    ) -> RawDocument | Unreadable:
        """An item with its bytes; one that holds damaged bytes is unreadable."""
        if self.file.is_damaged(text):
            message = f"line {line}: bytes that are wrong in {self.file.charset.name}"
            return self.unreadable(locator, "undecodable", message, text)
        charset = self.file.charset
        content = self.file.encode(text)
        return RawDocument(
            self.file.origin, locator, content, self.media_type, charset.name, charset.evidence, text, fields
        )

    def unreadable(self, locator: str, code: str, message: str, text: str = "") -> Unreadable:
        """A failed item; `text` is kept as evidence."""
        return Unreadable(
            self.file.origin,
            locator,
            code,
            message,
            self.file.encode(text),
            self.media_type,
            self.file.charset.name,
        )
