"""A WACZ: crawls in a .zip with a list of its files and their digests, which are checked before anything is read."""

import hashlib
import json
import zipfile
from collections.abc import Collection, Mapping
from typing import Any

from articles.importing.limits import MAX_DIRECTORY, READ_SIZE

PACKAGE, PACKAGE_DIGEST = "datapackage.json", "datapackage-digest.json"
CRAWLS = "archive/"
PART = "a part of a WACZ"
ALGORITHMS = ("sha256", "sha512", "sha1", "md5")
MEND = "unpack it and import the files in archive/ if you trust them"


class BadPackage(Exception):
    """A list of files that cannot be relied on; `code` is one of codes.py, the message says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{message}; {MEND}")
        self.code = code


def is_wacz(names: Collection[str]) -> bool:
    """Whether a .zip of these files is a WACZ."""
    return PACKAGE in names and any(name.startswith(CRAWLS) for name in names)


def digests(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """The digest of each file that the package lists; raises BadPackage."""
    content = _small(archive, PACKAGE)
    if PACKAGE_DIGEST in archive.namelist():
        told = _object(_small(archive, PACKAGE_DIGEST), PACKAGE_DIGEST).get("hash")
        if not _agrees(str(told), content):
            raise BadPackage(
                "digest_mismatch", f"{PACKAGE} is not the file that {PACKAGE_DIGEST} was made for"
            )
    resources = _object(content, PACKAGE).get("resources")
    if not isinstance(resources, list):
        raise BadPackage("bad_wacz", f"{PACKAGE} lists no files")
    return {
        str(one["path"]): str(one["hash"])
        for one in resources
        if isinstance(one, dict) and {"path", "hash"} <= one.keys()
    }


def check(archive: zipfile.ZipFile, info: zipfile.ZipInfo, told: str | None) -> None:
    """Raise BadPackage for a file that is not the one the package lists."""
    if told is None:
        raise BadPackage("bad_wacz", f"{PACKAGE} does not list it")
    name, _colon, expected = told.partition(":")
    if name not in ALGORITHMS:
        raise BadPackage("bad_wacz", f"{PACKAGE} has a digest of no known kind for it: {told[:100]}")
    digest = hashlib.new(name, usedforsecurity=False)
    with archive.open(info) as stream:
        while piece := stream.read(READ_SIZE):
            digest.update(piece)
    if digest.hexdigest() != expected.lower():
        raise BadPackage("digest_mismatch", f"it is not the file that {PACKAGE} was made for")


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        content = stream.read(MAX_DIRECTORY + 1)
    if len(content) > MAX_DIRECTORY:
        raise BadPackage("bad_wacz", f"{name} is larger than {MAX_DIRECTORY:,} bytes")
    return content


def _object(content: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadPackage("bad_wacz", f"{name} is no JSON") from error
    if not isinstance(found, dict):
        raise BadPackage("bad_wacz", f"{name} is no JSON object")
    return found


def _agrees(told: str, content: bytes) -> bool:
    name, _colon, expected = told.partition(":")
    return (
        name in ALGORITHMS
        and hashlib.new(name, content, usedforsecurity=False).hexdigest() == expected.lower()
    )
