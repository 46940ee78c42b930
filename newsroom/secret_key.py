"""A secret key for an archive whose operator has not chosen one: made once, kept in the data folder."""

import contextlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management.utils import get_random_secret_key

FILE_NAME = "secret_key"


def kept_secret_key(folder: Path) -> str:
    """The key in `folder`, made on the first call; processes that start together all get the same one."""
    path = folder / FILE_NAME
    if not path.exists():
        with NamedTemporaryFile("w", dir=folder, encoding="ascii") as draft:
            draft.write(get_random_secret_key() + get_random_secret_key())
            draft.flush()
            # A hard link appears whole or not at all, and never replaces a key that another process just made.
            with contextlib.suppress(FileExistsError):
                os.link(draft.name, path)
    return path.read_text("ascii")
