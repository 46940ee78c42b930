"""What a server said of the version it gave last: the next request asks only for a newer one."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# What an answer says, and how the next request asks.
ASKED_BY = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Validators:
    """A folder with one small file for each address."""

    folder: Path

    def load(self, url: str) -> dict[str, str]:
        """The headers that ask for a newer version; none where nothing is known, or the file is damaged."""
        try:
            told = json.loads(self._path(url).read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        if not isinstance(told, dict) or told.get("url") != url:
            return {}
        return {asked: told[name] for name, asked in ASKED_BY.items() if isinstance(told.get(name), str)}

    def save(self, url: str, told: Mapping[str, str]) -> None:
        """Remember what was said, whole or not at all."""
        if not told:
            return
        path = self._path(url)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(json.dumps({"url": url, **told}, ensure_ascii=False), "utf-8")
        part.replace(path)

    def _path(self, url: str) -> Path:
        return self.folder / f"{hashlib.sha256(url.encode()).hexdigest()}.json"


def told_by(headers: Mapping[str, str]) -> dict[str, str]:
    """What an answer says of its version; nothing that could break out of a header."""
    return {
        name: value
        for name in ASKED_BY
        if (value := headers.get(name, ""))
        and len(value) < LONGEST
        and value.isprintable()
        and value.isascii()
    }
