"""What the name of a file in a folder or an archive tells: whether it is to be read, and whether it is safe."""

import re
from collections.abc import Collection
from pathlib import PurePath

from articles.importing import formats
from articles.importing.charsets import OpenBytes

NO_FORMAT = "its name tells no format"
SAVED_PARTS = "a part of a saved page"
# Browsers put the images and scripts of page.html into a folder beside it, named in the browser's language.
PARTS_FOLDER = re.compile(
    r"(.+)[_\-. ](?:files|dateien|fichiers|archivos|ficheiros|arquivos|file|bestanden|ملفات)", re.IGNORECASE
)
PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".php", ".aspx", ".shtml")


def parts(name: str) -> list[str]:
    """The folders of a name, and the file's own name.

    >>> parts("a//./b.txt")
    ['a', 'b.txt']
    """
    return [part for part in name.split("/") if part not in ("", ".")]


def leads_out(name: str) -> bool:
    """Whether a name, its folders parted by /, leads out of the archive it stands in.

    >>> leads_out("a/../b"), leads_out("C:/b"), leads_out("a/b..txt")
    (True, True, False)
    """
    folders = parts(name)
    return name.startswith("/") or ".." in folders or not folders or folders[0].endswith(":")


def without_folders(origin: str) -> str:
    """Where an item stood, without the operator's own folders.

    >>> without_folders("/srv/incoming/news.zip!2015/a.json")
    'news.zip!2015/a.json'
    """
    file, inside, member = origin.partition("!")
    return f"{PurePath(file).name}{inside}{member}"


def is_hidden(name: str) -> bool:
    folders = parts(name)
    return "__MACOSX" in folders or folders[-1].startswith(".")


def tells_format(name: str, open_bytes: OpenBytes) -> bool:
    """Whether the name or the first bytes of a file tell its format."""
    if formats.by_name(name):
        return True
    with open_bytes() as stream:
        return bool(formats.by_signature(stream.read(formats.HEAD)))


def is_saved_part(folder: str, beside: Collection[str]) -> bool:
    """Whether a folder holds the parts of a saved page that stands beside it.

    >>> is_saved_part("خبر_files", {"خبر.html"}), is_saved_part("old_files", {"new.html"})
    (True, False)
    """
    found = PARTS_FOLDER.fullmatch(folder)
    return found is not None and any(found[1] + ending in beside for ending in PAGE_ENDINGS)


def stands_in_saved_part(name: str, beside: Collection[str]) -> bool:
    """Whether a file of an archive is a part of a saved page; `beside` are the names of all its files.

    >>> stands_in_saved_part("2015/خبر_files/ad.html", {"2015/خبر.html"})
    True
    """
    folders = name.split("/")[:-1]
    return any(is_saved_part("/".join(folders[:depth]), beside) for depth in range(1, len(folders) + 1))
