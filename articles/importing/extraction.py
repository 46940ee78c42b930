"""From a page of plain text to an article: headline, dateline, byline and date taken out where the page shows them.

Only whole lines above and below the text are understood, and the dateline before its first sentence; the text
itself stays as it is, letter for letter.
"""

from articles.importing import byline, cleaning, dateline, titles
from articles.importing.draft import Draft
from articles.importing.language import guess
from articles.importing.records import ExtractedArticle, Note, Rejected

MOST_HEAD_LINES = 10
MOST_TAIL_LINES = 10


def extract_page(text: str) -> ExtractedArticle | Rejected:
    """The article on a page; rejected when no text is left."""
    text, replaced = cleaning.tidy(text)
    draft = Draft()
    if replaced:
        draft.note("replaced_characters")
    arabic = guess(text) == "ar"
    lines, draft.links, notes = cleaning.take_related(text.split("\n"))
    draft.notes += notes
    lines = _read_head(lines, draft, arabic=arabic)
    lines = _read_tail(lines, draft, arabic=arabic)
    body = _open_dateline(_paragraphs(lines), draft)
    if not body and not draft.has("title"):
        return Rejected(
            "empty", "no text is left beside the furniture of the page" if text else "the page is blank"
        )
    return draft.finish(body)


def _read_head(lines: list[str], draft: Draft, *, arabic: bool) -> list[str]:
    """The lines from the first one of the text on."""
    for position, line in enumerate(lines):
        if not line.strip():
            continue
        if position >= MOST_HEAD_LINES * 2 or not (
            _take_head_line(line.strip(), draft, arabic=arabic) or _take_title(lines, position, draft)
        ):
            return lines[position:]
    return []


def _take_head_line(line: str, draft: Draft, *, arabic: bool) -> bool:
    if cleaning.rule_of(line, arabic=arabic):
        draft.notes.append(cleaning.furniture_note(line, arabic=arabic))
        return True
    if draft.has("title") and titles.is_repeated(draft.values["title"], line):
        return True
    return _take_dateline(dateline.parse(line), draft) or _take_byline(byline.parse(line), line, draft)


def _take_title(lines: list[str], position: int, draft: Draft) -> bool:
    line = lines[position].strip()
    if draft.has("title") or not titles.is_headline(line) or _goes_on(lines, position):
        return False
    draft.set("title", line, "first line")
    return True


def _goes_on(lines: list[str], position: int) -> bool:
    """Whether the line is only the beginning of a paragraph that is broken into lines of one width."""
    following = lines[position + 1].strip() if position + 1 < len(lines) else ""
    if not following or "" not in (line.strip() for line in lines):
        return False
    is_matter = dateline.parse(following) or byline.parse(following) or cleaning.rule_of(following)
    return not is_matter and len(following) < 2 * len(lines[position].strip())


def _take_dateline(found: dateline.Dateline | None, draft: Draft) -> bool:
    if found is None:
        return False
    draft.set("dateline", found.text, "dateline", found.text)
    for name in ("city", "country", "source", "author", "published"):
        draft.set(name, getattr(found, name), "dateline", found.text)
    return True


def _take_byline(found: byline.Byline | None, line: str, draft: Draft, place: str = "") -> bool:
    if found is None:
        return False
    place = place or ("byline" if found.author else "line above the text")
    for name in ("author", "source", "city", "section", "url", "published"):
        draft.set(name, getattr(found, name), place, line)
    return True


def _read_tail(lines: list[str], draft: Draft, *, arabic: bool) -> list[str]:
    """The lines up to the last one of the text."""
    notes: list[Note] = []
    kept = list(lines)
    while kept and len(lines) - len(kept) < MOST_TAIL_LINES * 2:
        line = kept[-1].strip()
        if line and not _take_tail_line(line, draft, notes, arabic=arabic):
            break
        kept.pop()
    draft.notes += reversed(notes)
    return kept


def _take_tail_line(line: str, draft: Draft, notes: list[Note], *, arabic: bool) -> bool:
    if cleaning.rule_of(line, arabic=arabic):
        notes.append(cleaning.furniture_note(line, arabic=arabic))
        draft.set("source", cleaning.copyright_holder(line), "copyright line", line)
        return True
    signed = byline.parse_signature(line) or byline.parse(line)
    # A date below the text may be that of anything.
    if signed is None or signed.published.day:
        return False
    return _take_byline(signed, line, draft, "line below the text")


def _paragraphs(lines: list[str]) -> str:
    """The text with a blank line between paragraphs; without any blank line, every line is a paragraph."""
    text = "\n".join(line.strip() for line in lines).strip("\n")
    return text if "\n\n" in text else text.replace("\n", "\n\n")


def _open_dateline(body: str, draft: Draft) -> str:
    """The body without the dateline before its first sentence."""
    found = None if draft.has("dateline") else dateline.opening(body.partition("\n")[0])
    if found is None or not _take_dateline(found[0], draft):
        return body
    return body[found[1] :]
