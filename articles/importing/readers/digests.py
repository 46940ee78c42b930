"""Digests as crawlers write them: `sha1:` and 32 letters of base32, or other algorithms and spellings."""

import base64
import hashlib

ALGORITHMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512, "md5": hashlib.md5}


def agrees(label: str, *contents: bytes) -> bool | None:
    """Whether a digest is that of one of the contents; None for one that cannot be checked.

    >>> agrees("sha1:FLOI63RY5HDGFPTAMR5MGM6MKQSOH6TD", b"a"), agrees("klingon:1", b"a")
    (False, None)
    """
    name, _colon, value = label.strip().partition(":")
    algorithm = ALGORITHMS.get(name.lower().replace("-", ""))
    if algorithm is None:
        return None
    expected = _bytes(value.strip(), algorithm().digest_size)
    return any(algorithm(content).digest() == expected for content in contents) if expected else None


def _bytes(value: str, size: int) -> bytes:
    """The digest that base16, base32 or base64 letters stand for, empty when they stand for none."""
    for read, letters in (
        (base64.b16decode, value.upper()),
        (base64.b32decode, value.upper()),
        (base64.urlsafe_b64decode, value),
        (base64.b64decode, value),
    ):
        try:
            found = read(letters)
        except ValueError:
            continue
        if len(found) == size:
            return found
    return b""
