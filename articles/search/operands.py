"""Turns what stands between two blanks into words, phrases, patterns and fuzzy words.

What is written without a blank belongs together: al-Qaeda, bbc.com, أ.ف.ب and COVID19 are phrases, since so
their parts stand in an article. Where an Arabic word only lacks its blank (عام2014, قال:نعم) they are words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from articles.arabic.characters import BEH, FEH, KAF, LAM, WAW
from articles.arabic.normalization import normalize
from articles.arabic.tokenization import ARABIC, Token, tokenize, words
from articles.search.composition import all_of
from articles.search.measures import TILDES
from articles.search.messages import message
from articles.search.syntax import Fuzzy, Message, Node, Phrase, Wildcard, Word

MAX_WILDCARDS = 4
MAX_PHRASE_WORDS = 40
LETTERS_IN_A_ROW = 2  # in a pattern: fewer would stand for half the dictionary
LETTERS_AFTER_WILDCARD = 3  # in all, where a pattern begins with a wildcard
LONGEST_PATTERN = 60
FUZZY_LETTERS = {1: 4, 2: 6}  # the letters a word needs so that so many of them may differ

STARTS_ARABIC = re.compile(f"[{ARABIC}]")
WILDCARD = re.compile(r"[*?]+")
FUZZY = re.compile(rf"(?<=[^\s{TILDES}])[{TILDES}]+(\d{{0,9}})(?=[^\w{TILDES}]*$)")
QUESTION_MARKS = re.compile(r"\?+$")
HYPHENS = frozenset("-_\N{HYPHEN}\N{NON-BREAKING HYPHEN}")
PAUSES = re.compile(r"[,;!?،؛؟]")
ARTICLE = "\N{ARABIC LETTER ALEF}" + LAM
# What may cling to a foreign word or a number (لـCNN، الـBBC) is no word to ask for.
CLITICS = frozenset(
    {
        LAM,
        BEH,
        KAF,
        WAW,
        FEH,
        ARTICLE,
        WAW + ARTICLE,
        FEH + ARTICLE,
        BEH + ARTICLE,
        KAF + ARTICLE,
        LAM + LAM,
        WAW + LAM,
    }
)


@dataclass(slots=True)
class OperandReader:
    """Reads the operands of one query, counts its wildcards and collects what the reader should know."""

    messages: list[Message] = field(default_factory=list)
    wildcards: int = 0

    def read(self, chunk: str, start: int, end: int) -> Node | None:
        """What a chunk asks for; None where it holds no word. `start` and `end` are for messages."""
        if fuzzy := FUZZY.search(chunk):
            return self._fuzzy(chunk[: fuzzy.start()], fuzzy[1], start, end)
        return self._plain(chunk, start, end)

    def _plain(self, chunk: str, start: int, end: int) -> Node | None:
        nodes: list[Node] = []
        for run in _runs(chunk):
            if any(WILDCARD.search(part) for part in run):
                nodes += (node for part in run for node in self._pattern(part, start, end))
            elif len(run) > 1:
                nodes.append(Phrase(self._shortened(run, start, end)))
            else:
                nodes.append(Word(run[0]))
        return all_of(nodes) if nodes else None

    def read_phrase(self, quoted: str, start: int, end: int) -> Phrase | None:
        """The words between two quotation marks; None where there are none."""
        found = words(quoted)
        if not found:
            return None
        if "*" in quoted:
            self._tell("wildcard_in_phrase", start, end, word=quoted)
        return Phrase(self._shortened(found, start, end))

    def _shortened(self, found: list[str], start: int, end: int) -> tuple[str, ...]:
        if len(found) > MAX_PHRASE_WORDS:
            self._tell("long_phrase", start, end, limit=str(MAX_PHRASE_WORDS), word=found[MAX_PHRASE_WORDS])
        return tuple(found[:MAX_PHRASE_WORDS])

    def _pattern(self, typed: str, start: int, end: int) -> Iterator[Node]:
        """A pattern, or the words of its longest literal part where it may not be one."""
        if not WILDCARD.search(typed):
            yield Word(typed)
            return
        pattern = normalize_pattern(typed)
        allowed = is_pattern(pattern)
        if allowed and self._may_expand():
            yield Wildcard(pattern)
            return
        literal = max(WILDCARD.split(typed), key=len)
        found = words(literal) if len(normalize(literal)) >= LETTERS_IN_A_ROW else []
        if allowed:
            self._tell(
                "too_many_wildcards", start, end, limit=str(MAX_WILDCARDS), word=typed, reading=literal
            )
        elif found:
            self._tell("short_wildcard", start, end, word=typed, reading=literal)
        else:
            self._tell("empty_wildcard", start, end, word=typed)
        yield from map(Word, found)

    def _fuzzy(self, typed: str, edits: str, start: int, end: int) -> Node | None:
        """A word with its neighbours, or what was typed without them where it has none to look for."""
        node = self._plain(typed, start, end)
        if not isinstance(node, Word):
            if node is not None:
                self._tell("fuzzy_only_words", start, end, word=typed)
            return node
        text, wanted = normalize(node.text), int(edits or 1)
        most = allowed_edits(text)
        if not most:
            self._tell("short_fuzzy", start, end, word=typed)
        elif not self._may_expand():
            self._tell(
                "too_many_wildcards", start, end, limit=str(MAX_WILDCARDS), word=f"{typed}~", reading=typed
            )
        else:
            if not 1 <= wanted <= most:
                self._tell("fuzzy_lowered", start, end, word=typed, limit=str(most), reading=f"{most}")
            return Fuzzy(text, min(max(wanted, 1), most))
        return node

    def _may_expand(self) -> bool:
        """Whether one word more may stand for many; each is counted."""
        self.wildcards += 1
        return self.wildcards <= MAX_WILDCARDS

    def _tell(self, code: str, start: int, end: int, **arguments: str) -> None:
        self.messages.append(message(code, start, end, **arguments))


def _runs(chunk: str) -> Iterator[list[str]]:
    """The tokens of a chunk with their wildcards, those that belong together in one list.

    >>> [run for run in _runs("عام2014")], [run for run in _runs("al-Qa*")], [run for run in _runs("لـCNN")]
    ([['عام'], ['2014']], [['al', 'Qa*']], [['CNN']])
    """
    tokens = list(_tokens(chunk))
    run: list[str] = []
    for token, following in zip_longest(tokens, tokens[1:]):
        if following and _is_clitic(token, following):
            continue
        run.append(token.text)
        if not (following and _belong_together(token, following, chunk[token.end : following.start])):
            yield run
            run = []


def _tokens(chunk: str) -> Iterator[Token]:
    """The tokens of a chunk, in which a wildcard is a letter of the word it touches."""
    for _text, start, end in tokenize(_masked(chunk)):
        typed = chunk[start:end]
        if not WILDCARD.search(QUESTION_MARKS.sub("", typed)):
            typed = QUESTION_MARKS.sub("", typed)  # «?» at the end of a word asks a question
        if typed:
            yield Token(typed, start, start + len(typed))


def _masked(chunk: str) -> str:
    """The chunk with each run of wildcards written as the letter before it, or else the one after it.

    >>> _masked("كت?ب*"), _masked("*كتاب")
    ('كتتبب', 'ككتاب')
    """

    def letter(wildcards: re.Match[str]) -> str:
        start, end = wildcards.span()
        before, after = chunk[max(start - 1, 0) : start], chunk[end : end + 1]
        mask = before if before.isalnum() else after if after.isalnum() else before or " "
        return mask * len(wildcards[0])

    return WILDCARD.sub(letter, chunk)


def _belong_together(token: Token, following: Token, between: str) -> bool:
    """Whether two tokens without a blank between them are parts of one name rather than two words."""
    arabic = [part for part in (token.text, following.text) if STARTS_ARABIC.match(part)]
    if between in HYPHENS:
        return True
    if between == "." and len(arabic) == 2:
        return all(len(normalize(part)) == 1 for part in arabic)
    return not arabic and not PAUSES.search(between)


def _is_clitic(token: Token, following: Token) -> bool:
    touching = token.end == following.start
    return touching and normalize(token.text) in CLITICS and not STARTS_ARABIC.match(following.text)


def normalize_pattern(typed: str) -> str:
    """A pattern over normalised words, its wildcards in one fixed order.

    >>> normalize_pattern("كِتـا**"), normalize_pattern("أخب*?")
    ('كتا*', 'اخب?*')
    """
    parts = re.split(r"([*?]+)", typed)
    return "".join(_wildcards(part) if number % 2 else normalize(part) for number, part in enumerate(parts))


def _wildcards(run: str) -> str:
    return "?" * run.count("?") + "*" * ("*" in run)


def is_pattern(pattern: str) -> bool:
    """Whether a normalised pattern may be asked for: one word with enough letters.

    >>> is_pattern("كتا*"), is_pattern("ك*"), is_pattern("*تاب"), is_pattern("*تا*")
    (True, False, True, False)
    """
    letters = WILDCARD.split(pattern)
    if len(pattern) > LONGEST_PATTERN or max(map(len, letters)) < LETTERS_IN_A_ROW:
        return False
    if not letters[0] and sum(map(len, letters)) < LETTERS_AFTER_WILDCARD:
        return False
    return [token.text for token in _tokens(pattern)] == [pattern] and normalize_pattern(pattern) == pattern


def allowed_edits(word: str) -> int:
    """How many letters of a normalised word may differ.

    >>> allowed_edits("عمر"), allowed_edits("بغداد"), allowed_edits("باراجواي")
    (0, 1, 2)
    """
    if len(word) > LONGEST_PATTERN or words(word) != [word] or normalize(word) != word:
        return 0
    return sum(len(word) >= letters for letters in FUZZY_LETTERS.values())
