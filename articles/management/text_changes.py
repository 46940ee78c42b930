"""What would change in an article, for a terminal: field by field, word by word."""

from collections.abc import Iterator, Mapping

from articles.importing.diffing import Change, compare, paragraphs

CONTEXT = 30  # characters shown before and after a change
LONGEST = 400  # of a stretch that came or went
GAP = " … "


def lines(changes: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """The changes of an article as lines: [-what went-]{+what came+} among a little of what stays.

    >>> list(lines({"author": ("هدى", "رنا"), "body": ("سطر أول\\nسطر", "سطر أول\\nسطر آخر")}))
    ['  author: [-هدى-]{+رنا+}', '  body:   سطر{+ آخر+}']
    """
    width = max(map(len, changes), default=0) + 1
    for name, (before, after) in changes.items():
        for pieces in paragraphs(compare(before, after)):
            if any(piece.kind != "same" for piece in pieces):
                yield f"  {f'{name}:':<{width}} {''.join(_shown(pieces))}"


def _shown(pieces: list[Change]) -> Iterator[str]:
    for place, piece in enumerate(pieces):
        if piece.kind == "same":
            yield _context(piece.before, is_first=place == 0, is_last=place == len(pieces) - 1)
            continue
        if piece.before:
            yield f"[-{_cut(piece.before)}-]"
        if piece.after:
            yield f"{{+{_cut(piece.after)}+}}"


def _context(text: str, *, is_first: bool, is_last: bool) -> str:
    """The ends of a text that stays, nearest to what changes."""
    head = "" if is_first else text[:CONTEXT]
    tail = "" if is_last else text[-CONTEXT:]
    whole = len(text) <= CONTEXT or (not is_first and not is_last and len(text) <= 2 * CONTEXT)
    return text if whole else f"{head}{GAP}{tail}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]}{GAP}{text[-LONGEST // 2 :]}"
