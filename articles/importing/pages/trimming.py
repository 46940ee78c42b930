"""Takes out of the text's lines what is no text: the page's furniture, headlines of other articles, comments, tags.

What was dropped leaves a note, headlines are kept as links. Lines that name a writer or a date go where they belong.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from articles.importing import cleaning
from articles.importing.datafiles import read_names
from articles.importing.pages import credits, date_lines
from articles.importing.pages.blocks import Block, Run
from articles.importing.pages.lines import fold, key
from articles.importing.pages.tree import absolute
from articles.importing.records import Note, RelatedLink

LINES = read_names("page_lines.txt")
MARKS = {
    kind: frozenset(key(name) for name in names if not name.endswith("*")) for kind, names in LINES.items()
}
STARTS = {
    kind: tuple(f"{key(name)} " for name in names if name.endswith("*")) for kind, names in LINES.items()
}
DIGITS = re.compile(r"\d+")
LONGEST_POLICY = 250  # characters of a line that says what comments may say
SAME = {"ا": "اأإآٱ", "ي": "يىئی", "ه": "هة", "و": "وؤ", "ك": "كک"}
BETWEEN_LETTERS = "[\u064b-\u065f\u0670\u0640]*"


def _in_any_spelling(phrase: str) -> str:
    """A pattern of a phrase with any hamza, final yeh, vowel marks and tatweel."""
    letters = (f"[{SAME[letter]}]" if letter in SAME else re.escape(letter) for letter in fold(phrase))
    return BETWEEN_LETTERS.join(r"\s+" if letter == r"\ " else letter for letter in letters) + BETWEEN_LETTERS


def _any_of(phrases: list[str]) -> str:
    return "|".join(
        _in_any_spelling(phrase.rstrip(" *")) for phrase in sorted(phrases, key=len, reverse=True)
    )


TAG_LABEL = re.compile(rf"[\W_]*(?:{_any_of(LINES['tags'])})(?![^\W\d_])")
# «اقرأ أيضاً» and its kin at the end of a piece of text, before a link.
PHRASES = rf"(?:{_any_of([*cleaning.RELATED, *LINES['read also']])})"
READ_ALSO_BEFORE = re.compile(rf"^[\W_]*{PHRASES}\s*[\])»]*\s*[:：\-–—…|]+\s*", re.IGNORECASE)
READ_ALSO = re.compile(
    r"(?:^|(?<=[\s.،!؟…«»()\[\]|•\-–—:*]))[\s\[(«•*◄►▪\-–—|>]*"
    rf"{PHRASES}\s*[\])»]*\s*[:：\-–—…|.>»*]*\s*$",
    re.IGNORECASE,
)
READING_TIME = re.compile(
    r"(?:وقت|مدة|زمن)?\s*(?:القراءة)?\s*:?\s*\d{1,2}\s*(?:min|mins|minutes?|دقائق|دقيقة|د)\.?\s*(?:read|قراءة|للقراءة)?"
)
LONGEST_HEAD = 25  # lines above the text that are looked at
LONGEST_READ_ALSO = 80  # characters
LONGEST_LABEL = 25
SENTENCE_MARK = re.compile(r"[.!؟?:»\")\d]$")
LINK_LINE = 0.8
MOST_DASHES = re.compile(r"^[\W_]+$")


def _read_also(text: str) -> re.Match[str] | None:
    """«اقرأ أيضاً» at the end of a text."""
    return READ_ALSO.search(text, max(0, len(text) - LONGEST_READ_ALSO))


@dataclass(slots=True)
class Trimmed:
    """The lines that are text; what stood between them and around them."""

    blocks: list[Block] = field(default_factory=list)
    head: list[str] = field(default_factory=list)  # lines above the text that say who and when
    tail: list[str] = field(default_factory=list)  # lines below it that say who
    links: list[RelatedLink] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def trim(
    blocks: list[Block], *, titles: list[str], address: str, drops: Callable[[str], bool], arabic: bool
) -> Trimmed:
    """The text of an article: `titles` stand above it already, `drops` says which lines a curator drops."""
    trimmed = Trimmed()
    lines = _without_comments(blocks)
    lines = _without_related(lines, trimmed, address)
    lines = [block for block in lines if not _is_furniture(block, trimmed, drops, arabic=arabic)]
    lines = _without_head(lines, titles, trimmed)
    trimmed.blocks = _without_tail(lines, trimmed)
    return trimmed


def _without_comments(blocks: list[Block]) -> list[Block]:
    """The lines above the readers' comments, where those begin after most of the text."""
    total = sum(len(block.text) for block in blocks)
    passed = 0
    for place, block in enumerate(blocks):
        if passed > 200 and 3 * passed > total and _is(block.text, "comments"):
            return blocks[:place]
        passed += len(block.text)
    return blocks


def _is(line: str, kind: str) -> bool:
    """Whether a line is one of a kind, numbers in it left out; or begins like one that goes on."""
    words = key(line)
    if words in MARKS[kind] or key(DIGITS.sub("", words)) in MARKS[kind]:
        return True
    return bool(STARTS[kind]) and len(words) <= LONGEST_POLICY and words.startswith(STARTS[kind])


def _without_related(blocks: list[Block], trimmed: Trimmed, address: str) -> list[Block]:
    """The lines without headlines of other articles: under a heading, after «اقرأ أيضاً», or as lines of their own."""
    kept: list[Block] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        place += 1
        if _read_also(block.text) and len(block.text) < 60 and not block.links:
            place = _take_links(blocks, place, block, trimmed, address)
        elif _is_linked_headline(block) or _is_plain_headline(block):
            _take(block, trimmed, address)
            if kept and _is_label(kept[-1]):
                trimmed.notes.append(Note("related", kept.pop().text))
        elif (shorter := _without_inline(block, trimmed, address)) is not None:
            kept.append(shorter)
    return kept


def _is_plain_headline(block: Block) -> bool:
    """«اقرأ أيضاً: عنوان» without a link."""
    is_short = len(block.text) <= cleaning.LONGEST_HEADLINE and not cleaning.SENTENCE_END.search(block.text)
    return not block.links and is_short and READ_ALSO_BEFORE.match(block.text) is not None


def _is_label(block: Block) -> bool:
    """A word or two that some newsroom puts over a headline of another article."""
    is_short = len(block.text) <= LONGEST_LABEL and block.kind == "paragraph"
    return is_short and not SENTENCE_MARK.search(block.text) and not cleaning.rule_of(block.text)


def _take_links(blocks: list[Block], place: int, heading: Block, trimmed: Trimmed, address: str) -> int:
    """Take a heading of other headlines, and the links under it; where they end."""
    trimmed.notes.append(Note("related", heading.text))
    while place < len(blocks) and (blocks[place].link_share >= LINK_LINE or _is_date(blocks[place].text)):
        _take(blocks[place], trimmed, address, silent=True)
        place += 1
    return place


def related_below(page: list[Block], last: str, address: str) -> list[RelatedLink]:
    """Headlines of other articles that the page shows below the text, under a heading that says so."""
    end = max((place for place, block in enumerate(page) if block.text == last), default=len(page))
    found = Trimmed()
    for place in range(end + 1, len(page)):
        if _read_also(page[place].text) and len(page[place].text) < 60 and not page[place].links:
            _take_links(page, place + 1, page[place], found, address)
    return found.links


def _take(block: Block, trimmed: Trimmed, address: str, *, silent: bool = False) -> None:
    """Keep the links of a line as those of other articles."""
    if not silent:
        trimmed.notes.append(Note("related", block.text))
    titles: dict[str, str] = {} if block.links else {"": block.text}
    for run in block.links:
        titles[run.href] = f"{titles.get(run.href, '')} {run.text}"
    for href, title in titles.items():
        title = cleaning.BULLET.sub("", READ_ALSO_BEFORE.sub("", " ".join(title.split()))).strip(" :-–—|")
        if title:
            trimmed.links.append(RelatedLink(title, absolute(address, href)))


def _is_linked_headline(block: Block) -> bool:
    """A line that is one link of several words, or «اقرأ أيضاً:» and a link."""
    if (
        block.kind in ("quote", "caption", "row")
        or not block.links
        or len(block.text) > cleaning.LONGEST_HEADLINE + 40
    ):
        return False
    words = block.text.count(" ") + 1
    whole = block.link_share >= 0.95 and words >= 4 and not cleaning.SENTENCE_END.search(block.text)
    before = block.runs[0].text if not block.runs[0].href else ""
    rest = "".join(run.text for run in block.runs[1:] if not run.href).strip(" .()[]|")
    return whole or (bool(before.strip()) and READ_ALSO.match(before.strip()) is not None and not rest)


def _without_inline(block: Block, trimmed: Trimmed, address: str) -> Block | None:
    """The line without «اقرأ أيضاً» and its link inside; None when nothing is left."""
    runs: list[Run] = []
    taken: list[Run] = []
    for run in block.runs:
        before = runs[-1] if runs and not runs[-1].href else None
        found = _read_also(before.text) if run.href and before else None
        if before and found:
            runs[-1] = Run(before.text[: found.start()])
            taken.append(run)
        else:
            runs.append(run)
    if not taken:
        return block
    _take(Block("item", taken), trimmed, address)
    shorter = Block(block.kind, runs, block.tight, block.element)
    return shorter if shorter.text.strip(" .،:[]()-–—|►◄•*") else None


def _is_furniture(block: Block, trimmed: Trimmed, drops: Callable[[str], bool], *, arabic: bool) -> bool:
    line = block.text
    if drops(line):
        trimmed.notes.append(Note("dropped_by_rule", line))
        return True
    if MOST_DASHES.match(line) or _is(line, "advertisement") or _is(line, "caption"):
        return True
    if rule := cleaning.rule_of(line, arabic=arabic):
        trimmed.notes.append(Note(f"furniture_{rule}", line))
        return True
    return block.link_share > 0.5 and len(line) < 200 and TAG_LABEL.match(line) is not None


def _is_date(line: str) -> bool:
    found = date_lines.read(line)
    return bool(found.published.day or found.changed.day)


def _without_head(blocks: list[Block], titles: list[str], trimmed: Trimmed) -> list[Block]:
    """The lines from the first one of the text on."""
    keys = set(map(key, titles))
    place = 0
    for place, block in enumerate(blocks[:LONGEST_HEAD]):
        line = block.text
        if key(line) in keys:
            continue
        if not (_says_who_or_when(block) or _is_path(block) or _is_reading_time(line)):
            return blocks[place:]
        trimmed.head.append(" | ".join(block.pieces))
    return blocks[place + 1 :] if blocks and place + 1 >= min(len(blocks), LONGEST_HEAD) else blocks


def _says_who_or_when(block: Block) -> bool:
    if block.kind == "quote" or len(block.text) > credits.LONGEST or len(block.pieces) > 12:
        return False
    line = " | ".join(block.pieces)
    return _is_date(line) or credits.of_line(block.text) is not None or credits.of_line(line) is not None


def _is_reading_time(line: str) -> bool:
    """How many minutes it takes to read."""
    return READING_TIME.fullmatch(line) is not None


def _is_path(block: Block) -> bool:
    """Whether a short line is links only: sections, tags, a breadcrumb."""
    return block.link_share > 0.7 and len(block.text) < 100


def _without_tail(blocks: list[Block], trimmed: Trimmed) -> list[Block]:
    """The lines up to the last one of the text."""
    kept = list(blocks)
    while kept and (_is_end(kept[-1]) or _is_path(kept[-1])):
        trimmed.tail.append(" | ".join(kept.pop().pieces))
    return kept


def _is_end(block: Block) -> bool:
    line = block.text
    return (
        _says_who_or_when(block)
        or (len(line) < 200 and TAG_LABEL.match(line) is not None)
        or _is_signature(line)
    )


def _is_signature(line: str) -> bool:
    """«(هدى سالم – رويترز)» on a line of its own."""
    if not (line.startswith("(") and line.rstrip(".").endswith(")")):
        return False
    return bool(credits.agency_at_end(line))
