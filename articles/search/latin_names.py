"""Names in Latin letters and how Arabic newspapers write them: `data/latin_names.txt`."""

import re
from functools import cache
from pathlib import Path

from articles.arabic.datafiles import DataFileError
from articles.arabic.normalization import normalize

DATA = Path(__file__).parent / "data" / "latin_names.txt"
MOST_WORDS = 4  # of a name

JOINTS = re.compile(r"[\s'’\-_.]+")


def name_key(name: str) -> str:
    """What all spellings of a Latin name share: al-Qaeda, Al Qaeda and AL-QAEDA.

    >>> name_key("Al-Qaeda"), name_key("Deir  ez-Zor"), name_key("Da'esh")
    ('al qaeda', 'deir ez zor', 'da esh')
    """
    return " ".join(map(normalize, filter(None, JOINTS.split(name))))


def read_names(text: str) -> dict[str, str]:
    """The Arabic name by the key of each Latin one; a Latin name of two rows belongs to the first.

    >>> read_names("الموصل: Mosul, Mossoul")
    {'mosul': 'الموصل', 'mossoul': 'الموصل'}
    """
    names: dict[str, str] = {}
    for line in text.splitlines():
        arabic, colon, latin = line.partition("#")[0].partition(":")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not colon or not arabic.strip() or not latin.strip():
            raise DataFileError(f"latin_names.txt: «{line}» is not a name, a colon and Latin names")
        for name in latin.split(","):
            names.setdefault(name_key(name), arabic.strip())
    return names


@cache
def arabic_names() -> dict[str, str]:
    return read_names(DATA.read_text("utf-8"))


@cache
def latin_names() -> dict[str, str]:
    """The first Latin name by the normalised Arabic one."""
    names: dict[str, str] = {}
    for latin, arabic in arabic_names().items():
        names.setdefault(" ".join(map(normalize, arabic.split())), latin)
    return names


def arabic_name(latin: str) -> str | None:
    """How Arabic newspapers write a name in Latin letters, where the table knows it.

    >>> arabic_name("Mosul"), arabic_name("AL-QAEDA"), arabic_name("teapot")
    ('الموصل', 'القاعدة', None)
    """
    return arabic_names().get(name_key(latin))


def latin_name(arabic: str) -> str | None:
    """How a name in Arabic letters is written in Latin ones, where the table knows it.

    >>> latin_name("الموصل"), latin_name("إبريق")
    ('mosul', None)
    """
    return latin_names().get(" ".join(map(normalize, arabic.split())))
