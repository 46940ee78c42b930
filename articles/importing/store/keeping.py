"""Where an import puts things: the store and the database, or, in a dry run, nowhere."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from articles.importing.options import ImportOptions
from articles.importing.records import Revisit, WebCapture
from articles.importing.store import known
from articles.importing.store.captures import CaptureDamaged, CaptureMissing, CaptureStore
from articles.importing.store.known import Identity, KnownArticle, KnownCapture
from articles.importing.store.saving import ChunkWriter, Entry
from articles.importing.store.scratch import Scratch
from articles.models.collection import Collection
from articles.models.import_run import ImportRun

Seen = tuple[str, WebCapture | None]  # the digest of bytes, and how they came from the web


class Keeper(Protocol):
    """What the steps of an import ask of the archive."""

    def captures(self, works: Iterable[Seen]) -> dict[str, list[KnownCapture]]: ...

    def articles(self, identities: Iterable[Identity]) -> dict[Identity, KnownArticle]: ...

    def original(self, revisit: Revisit) -> bytes | None: ...

    def remember(self, web: WebCapture, content: bytes) -> None: ...

    def keep(self, contents: Mapping[str, bytes]) -> set[str]: ...

    def discard(self, digests: Iterable[str]) -> None: ...

    def write(self, entries: Sequence[Entry]) -> None: ...


class StoreKeeper:
    """Keeps everything."""

    def __init__(self, store: CaptureStore, run: ImportRun, options: ImportOptions) -> None:
        self.store = store
        collections = [Collection.objects.named(name) for name in options.collections]
        self.writer = ChunkWriter(run, options.status, collections)

    def captures(self, works: Iterable[Seen]) -> dict[str, list[KnownCapture]]:
        return known.captures(digest for digest, _web in works)

    def articles(self, identities: Iterable[Identity]) -> dict[Identity, KnownArticle]:
        return known.articles(identities)

    def original(self, revisit: Revisit) -> bytes | None:
        return _stored(self.store, revisit)

    def remember(self, web: WebCapture, content: bytes) -> None:
        """The store has what a later record may be a revisit of."""

    def keep(self, contents: Mapping[str, bytes]) -> set[str]:
        """Put bytes on disk; the digests that were not there before."""
        fresh = {digest for digest, content in contents.items() if self.store.write(digest, content)}
        self.store.sync()
        return fresh

    def discard(self, digests: Iterable[str]) -> None:
        for digest in digests:
            self.store.discard(digest)

    def write(self, entries: Sequence[Entry]) -> None:
        self.writer.write(entries)


class DryKeeper:
    """Keeps nothing, but remembers what it would have kept: a later item may be the same."""

    def __init__(self, scratch: Scratch, store: CaptureStore) -> None:
        self.scratch = scratch
        self.store = store

    def captures(self, works: Iterable[Seen]) -> dict[str, list[KnownCapture]]:
        works = list(works)
        found = known.captures(digest for digest, _web in works)
        for digest, web in works:
            if self.scratch.held([seen(digest, web)]):
                address, moment = (web.address, web.captured_at) if web else ("", None)
                again = KnownCapture(0, "", "", KnownArticle(0, ""), address, moment)
                found[digest] = [again, *found.get(digest, ())]
        return found

    def articles(self, identities: Iterable[Identity]) -> dict[Identity, KnownArticle]:
        words = {_word(identity): identity for identity in identities}
        again = {words[word]: KnownArticle(0, "") for word in self.scratch.held(words)}
        return again | known.articles(words.values())

    def original(self, revisit: Revisit) -> bytes | None:
        kept = self.scratch.kept(_moment(revisit.address, revisit.captured_at))
        return kept if kept is not None else _stored(self.store, revisit)

    def keep(self, contents: Mapping[str, bytes]) -> set[str]:
        return set()

    def discard(self, digests: Iterable[str]) -> None:
        pass

    def write(self, entries: Sequence[Entry]) -> None:
        made = [entry for entry in entries if entry.article]
        for entry in made:
            if entry.content:
                self.scratch.add({seen(entry.content.sha256, None), seen(entry.content.sha256, entry.web)})
        self.scratch.add(
            _word(known.identity_of(entry.article, entry.fingerprints)) for entry in made if entry.article
        )

    def remember(self, web: WebCapture, content: bytes) -> None:
        """Keep the bytes of a crawl's page: a later record may be a revisit of it."""
        self.scratch.keep(_moment(web.address, web.captured_at), content)


def _stored(store: CaptureStore, revisit: Revisit) -> bytes | None:
    """The bytes a revisit speaks of, where the archive has them in good order."""
    digest = known.original(revisit)
    try:
        return store.read(digest) if digest else None
    except (CaptureMissing, CaptureDamaged):
        return None


def _word(identity: Identity) -> str:
    return "\x1f".join(identity)


def seen(digest: str, web: WebCapture | None) -> str:
    """A word for bytes, and for the address and the moment they were captured at: what makes a capture the same."""
    if web is None:
        return digest
    return f"{digest}\x1f{web.address}" + ("" if web.is_timeless else f"\x1f{web.captured_at}")


def _moment(address: str, captured_at: datetime | None) -> str:
    return f"{address}\x1f{captured_at}"
