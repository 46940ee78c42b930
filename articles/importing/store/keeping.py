"""Where an import puts things: the store and the database, or, in a dry run, nowhere."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from articles.importing.options import ImportOptions
from articles.importing.store import known
from articles.importing.store.captures import CaptureStore
from articles.importing.store.known import Identity, KnownArticle, KnownCapture
from articles.importing.store.saving import ChunkWriter, Entry
from articles.importing.store.scratch import Scratch
from articles.models.collection import Collection
from articles.models.import_run import ImportRun


class Keeper(Protocol):
    """What the steps of an import ask of the archive."""

    def captures(self, digests: Iterable[str]) -> dict[str, list[KnownCapture]]: ...

    def articles(self, identities: Iterable[Identity]) -> dict[Identity, KnownArticle]: ...

    def keep(self, contents: Mapping[str, bytes]) -> set[str]: ...

    def discard(self, digests: Iterable[str]) -> None: ...

    def write(self, entries: Sequence[Entry]) -> None: ...


class StoreKeeper:
    """Keeps everything."""

    def __init__(self, store: CaptureStore, run: ImportRun, options: ImportOptions) -> None:
        self.store = store
        collections = [Collection.objects.named(name) for name in options.collections]
        self.writer = ChunkWriter(run, options.status, collections)

    def captures(self, digests: Iterable[str]) -> dict[str, list[KnownCapture]]:
        return known.captures(digests)

    def articles(self, identities: Iterable[Identity]) -> dict[Identity, KnownArticle]:
        return known.articles(identities)

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

    def __init__(self, scratch: Scratch) -> None:
        self.scratch = scratch

    def captures(self, digests: Iterable[str]) -> dict[str, list[KnownCapture]]:
        digests = set(digests)
        again = {
            digest: [KnownCapture(0, "", "", KnownArticle(0, ""))] for digest in self.scratch.held(digests)
        }
        return again | known.captures(digests)

    def articles(self, identities: Iterable[Identity]) -> dict[Identity, KnownArticle]:
        words = {_word(identity): identity for identity in identities}
        again = {words[word]: KnownArticle(0, "") for word in self.scratch.held(words)}
        return again | known.articles(words.values())

    def keep(self, contents: Mapping[str, bytes]) -> set[str]:
        return set()

    def discard(self, digests: Iterable[str]) -> None:
        pass

    def write(self, entries: Sequence[Entry]) -> None:
        made = [entry for entry in entries if entry.article]
        self.scratch.add(entry.content.sha256 for entry in made if entry.content)
        self.scratch.add(
            _word(known.identity_of(entry.article, entry.fingerprints)) for entry in made if entry.article
        )


def _word(identity: Identity) -> str:
    return "\x1f".join(identity)
