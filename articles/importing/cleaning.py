"""Takes away what belongs to the page around an article: its furniture, and headlines of other articles.

Every line dropped leaves a note; headlines of other articles are kept as links. The text itself is never mended.
"""

import re

from articles.importing.datafiles import read_names
from articles.importing.folding import INVISIBLE, key
from articles.importing.names import is_name
from articles.importing.places import is_outlet
from articles.importing.records import Note, RelatedLink

LONGEST_FURNITURE = 120
LONGEST_HEADLINE = 200
MOST_WORDS = 8  # of a line that only begins like furniture
MOST_LINKS = 50

UNSEEN = " \t\u00a0" + "".join(INVISIBLE)  # a line of nothing else is blank
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
SURROGATE = re.compile("[\ud800-\udfff]")
OTHER_BREAKS = ("\r", "\f", "\v")
MANY_BREAKS = re.compile(r"\n{3,}")
SENTENCE_END = re.compile(r"(?<![.…])[.]$")
HEADING = re.compile(r"\s*(?P<heading>[^:]{4,40}?)\s*(?::\s*(?P<title>.*))?")
BULLET = re.compile(r"^[\s\-–—•*·▪●◄►»«]*[-–—•*·▪●◄►]\s*")
WEB_ADDRESS = re.compile(r"https?://\S+")
COPYRIGHT_HOLDER = re.compile(r"محفوظة\s*(?:©\s*)?(?P<name>[^©\d]+?)[\s©\d.\-–]*$")


def _rules() -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The rule of each whole line, and the beginnings with their rules."""
    lines, beginnings = {}, []
    for rule, phrases in read_names("furniture.txt").items():
        for phrase in phrases:
            if phrase.endswith("*"):
                beginnings.append((key(phrase), rule))
            lines[key(phrase)] = rule
    return lines, beginnings


LINES, BEGINNINGS = _rules()
STARTS = tuple(f"{start} " for start, _rule in BEGINNINGS)
RELATED = read_names("furniture.txt")["related"]


def storable(text: str) -> str:
    """The text without the characters that no database holds.

    >>> storable("نص\\x00"), storable("\\ud800")
    ('نص', '\ufffd')
    """
    return UNSTORABLE.sub("", SURROGATE.sub("\ufffd", text)) if UNSTORABLE.search(text) else text


def tidy(text: str) -> tuple[str, bool]:
    """The text with plain line breaks, and whether characters had to go that no database holds.

    >>> tidy("سطر \\r\\nآخر\\x00")
    ('سطر\\nآخر', True)
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    for other in OTHER_BREAKS:
        text = text.replace(other, "\n")
    kept = storable(text)
    return join_lines(kept.split("\n")), kept != text


def join_lines(lines: list[str]) -> str:
    """A text of lines, without blanks at their ends and with one blank line at most between two."""
    text = "\n".join(line.rstrip() if line.strip(UNSEEN) else "" for line in lines).strip()
    return MANY_BREAKS.sub("\n\n", text) if "\n\n\n" in text else text


def rule_of(line: str, *, arabic: bool = True) -> str:
    """The rule by which a line is furniture; empty when it may be text.

    English furniture is told only around Arabic text: in an English article, it may be a sentence.

    >>> rule_of("اطبع | أرسل إلى صديق"), rule_of("Go to W3Schools!"), rule_of("قال الوزير")
    ('print', 'english', '')
    """
    if len(line) > LONGEST_FURNITURE:
        return ""
    rules = [_rule_of_part(key(part)) for part in line.split("|") if part.strip()]
    if not rules or not all(rules) or ("english" in rules and not arabic):
        return ""
    return rules[0]


def _rule_of_part(part: str) -> str:
    rule = LINES.get(part, "")
    if not rule and part.startswith(STARTS):
        rule = next(rule for start, rule in BEGINNINGS if part.startswith(f"{start} "))
    if rule == "related" or (rule != "copyright" and part.count(" ") >= MOST_WORDS):
        return ""
    return rule


def drop_trailing(lines: list[str], *, arabic: bool) -> tuple[list[str], list[Note]]:
    """The lines without the furniture below the text, and a note for each line dropped."""
    kept, notes = list(lines), []
    while kept and (not kept[-1].strip() or rule_of(kept[-1], arabic=arabic)):
        line = kept.pop().strip()
        if line:
            notes.append(furniture_note(line, arabic=arabic))
    return kept, notes[::-1]


def furniture_note(line: str, *, arabic: bool) -> Note:
    return Note(f"furniture_{rule_of(line, arabic=arabic)}", line.strip())


def take_related(lines: list[str]) -> tuple[list[str], list[RelatedLink], list[Note]]:
    """The lines without blocks of related headlines; the headlines; a note for each block."""
    kept: list[str] = []
    links: list[RelatedLink] = []
    notes: list[Note] = []
    position = 0
    while position < len(lines):
        heading = _related_heading(lines[position])
        position += 1
        if heading is None:
            kept.append(lines[position - 1])
            continue
        notes.append(Note("related", lines[position - 1].strip()))
        if heading:
            links.append(_link(heading))
        else:
            position = _take_headlines(lines, position, links)
    return kept, links[:MOST_LINKS], notes


def _related_heading(line: str) -> str | None:
    """The headline after «اقرأ أيضاً:», empty when it stands alone; None for any other line."""
    if len(line) > LONGEST_HEADLINE + 40:
        return None
    found = HEADING.fullmatch(line)
    if not found or not _is_related(key(found["heading"])):
        return None
    return (found["title"] or "").strip()


def _is_related(heading: str) -> bool:
    if LINES.get(heading) == "related":
        return True
    return any(heading.startswith(f"{start} ") for start, rule in BEGINNINGS if rule == "related")


def _take_headlines(lines: list[str], position: int, links: list[RelatedLink]) -> int:
    """Read headlines up to the first line that is none; where that is."""
    while position < len(lines):
        line = lines[position].strip()
        if line and not is_headline(line):
            break
        link = _link(line)
        if link.url and not link.title and links and not links[-1].url:
            links[-1] = RelatedLink(links[-1].title, link.url)
        elif line:
            links.append(link)
        position += 1
    return position


def is_headline(line: str) -> bool:
    """Whether a line could be a headline: short, no sentence that ends in a full stop, no furniture."""
    return len(line) <= LONGEST_HEADLINE and not SENTENCE_END.search(line) and not rule_of(line)


def _link(line: str) -> RelatedLink:
    """The headline without its bullet, and its address when the line has one."""
    address = WEB_ADDRESS.search(line)
    title = WEB_ADDRESS.sub("", line).strip() if address else line.strip()
    return RelatedLink(BULLET.sub("", title).rstrip(" -–—:|("), address[0].rstrip(")].,،") if address else "")


def copyright_holder(line: str) -> str:
    """The outlet a copyright line names, where it clearly names one.

    >>> copyright_holder("جميع الحقوق محفوظة © المرفأ اليوم 2017"), copyright_holder("الحقوق محفوظة لصحيفة المرفأ ©")
    ('المرفأ اليوم', 'صحيفة المرفأ')
    """
    found = COPYRIGHT_HOLDER.search(line)
    if not found:
        return ""
    name = found["name"].strip(" .-–")
    if is_outlet(name.removeprefix("ل")):
        return name.removeprefix("ل")
    return name if "©" in line[: found.start("name")] and is_name(name) and not name.startswith("لل") else ""
