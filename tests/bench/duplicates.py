"""How well and how fast copies are found, measured on an archive of one's own.

`python -m tests.bench.duplicates` edits articles of the archive in DATA_DIR in ways that newspapers do, and in ways
that make no copies, and prints how many of each kind are found. Nothing is written. `--grow N` adds edited articles as
drafts instead, until there are N, to measure `find_duplicates` on a larger archive: only on a copy of the data.
"""

import argparse
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import django
import numpy as np

django.setup()

# ruff: noqa: E402 - Django must be set up before models are imported
from articles.duplicates import candidates
from articles.duplicates.comparing import DAYS, Circumstances, are_copies, compare
from articles.duplicates.reading import Reading, read, runs
from articles.duplicates.sketches import bands, sketch
from articles.models.article import Article

SEED = 7
SHORTEST, LONGEST = 60, 1200  # words of an article that is edited
AGENCY = "نقلاً عن وكالة الأنباء في تقرير خاص بالصحيفة أعده مراسلنا اليوم.\n"
VARIANTS = str.maketrans({"أ": "ا", "إ": "ا", "ة": "ه", "ى": "ي", "1": "١", "2": "٢"})

Edit = Callable[["Text", random.Random], "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """A body as sentences, when it appeared, and where."""

    title: str
    sentences: tuple[str, ...]
    day: int
    source: int

    @property
    def body(self) -> str:
        return " ".join(self.sentences)

    def saying(self, *sentences: str, days: int = 1, same_source: bool = False, title: str = "") -> "Text":
        source = self.source if same_source else self.source + 1
        return Text(title or self.title, sentences, self.day + days, source)


def sentences_of(body: str) -> tuple[str, ...]:
    """Stretches of about fifteen words: the crawl's own points are not to be relied on."""
    words = body.split()
    return tuple(" ".join(words[start : start + 15]) for start in range(0, len(words), 15))


def replaced(text: Text, chance: random.Random, share: float) -> list[str]:
    """The sentences with a share of their words replaced, here and there."""
    pool = text.body.split()

    def other(word: str) -> str:
        return chance.choice(pool) + "ون" if chance.random() < share else word

    return [" ".join(map(other, sentence.split())) for sentence in text.sentences]


def slots(text: Text, chance: random.Random) -> list[str]:
    """Each sentence with two words in a row of other names and figures: a form filled in anew."""
    changed = []
    for sentence in text.sentences:
        words = sentence.split()
        place = chance.randrange(max(1, len(words) - 1))
        words[place : place + 2] = [
            f"{chance.choice('بتثجحخ')}{chance.choice('ابتثجحخ')}مون",
            str(chance.randrange(9000)),
        ]
        changed.append(" ".join(words))
    return changed


def shuffled(text: Text, chance: random.Random) -> Text:
    return text.saying(*chance.sample(text.sentences, len(text.sentences)))


def cut(share: float) -> Edit:
    def edit(text: Text, chance: random.Random) -> Text:
        count = max(1, round(len(text.sentences) * (1 - share)))
        start = chance.randrange(len(text.sentences) - count + 1)
        return text.saying(*text.sentences[start : start + count])

    return edit


COPIES: dict[str, Edit] = {
    "headline changed": lambda text, _chance: text.saying(*text.sentences, title="عنوان من عند الصحيفة"),
    "agency line added": lambda text, _chance: text.saying(AGENCY, *text.sentences, AGENCY),
    "spelling variants": lambda text, _chance: text.saying(
        *(one.translate(VARIANTS) for one in text.sentences)
    ),
    "sentences reordered": shuffled,
    "a fifth cut": cut(0.2),
    "half kept": cut(0.5),
    "a third kept": cut(0.65),
    "1 word in 30 replaced": lambda text, chance: text.saying(*replaced(text, chance, 1 / 30)),
    "1 word in 20 replaced": lambda text, chance: text.saying(*replaced(text, chance, 1 / 20)),
    "1 word in 10 replaced": lambda text, chance: text.saying(*replaced(text, chance, 1 / 10)),
    "headline, a fifth cut, 1 in 30": lambda text, chance: cut(0.2)(
        text.saying(*replaced(text, chance, 1 / 30), title="عنوان آخر"), chance
    ),
    "reprinted a month later": lambda text, _chance: text.saying(*text.sentences, AGENCY, days=30),
}
NO_COPIES: dict[str, Edit] = {
    "form filled in a week later": lambda text, chance: text.saying(*slots(text, chance), days=7),
    "same, next day, other source": lambda text, chance: text.saying(*slots(text, chance)),
    "same, next day, same source": lambda text, chance: text.saying(*slots(text, chance), same_source=True),
    "reworded: 1 word in 3": lambda text, chance: text.saying(*replaced(text, chance, 1 / 3)),
    "a quarter of it in another text": lambda text, chance: text.saying(
        *text.sentences[: max(1, len(text.sentences) // 4)], *replaced(text, chance, 1.0)
    ),
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.duplicates", description=__doc__)
    parser.add_argument("--articles", type=int, default=1000, help="edited in every way (1000)")
    parser.add_argument("--grow", type=int, metavar="N", help="add edited drafts until there are N articles")
    options = parser.parse_args()
    if options.grow:
        grow(options.grow)
    else:
        print(report(options.articles))


def report(count: int) -> str:
    """How many edited texts of each kind are found to be copies of what they were made of, in Markdown."""
    chance = random.Random(SEED)
    originals = chance.sample(list(texts()), count)
    lines = ["| edit | found | candidates | |", "|---|---|---|---|"]
    wrong = others = 0
    for kinds, verdict in ((COPIES, "copies"), (NO_COPIES, "no copies")):
        for name, edit in kinds.items():
            found, likely, strangers = measure(originals, [edit(text, chance) for text in originals])
            lines.append(f"| {name} | {found / count:.1%} | {likely / count:.1%} | {verdict} |")
            others += strangers
            wrong += found if kinds is NO_COPIES else 0
    lines.append(
        f"\n{count} articles; {others} pairs of an article and the edit of another were found as well."
    )
    return "\n".join(lines)


def texts() -> Iterator[Text]:
    """Articles of the archive, one a text, of middling length and with a day."""
    seen: set[str] = set()
    rows = Article.objects.filter(published_on__isnull=False).order_by("pk")
    for article in rows.iterator(500):
        sentences = sentences_of(article.body)
        if SHORTEST <= len(article.body.split()) <= LONGEST and article.text_digest not in seen:
            seen.add(article.text_digest)
            yield Text(
                article.title, sentences, article.published_on.toordinal(), 10 * (article.source_id or 0)
            )


def measure(originals: list[Text], edited: list[Text]) -> tuple[int, int, int]:
    """Pairs found of an original and its edit, candidates among these, and pairs found of others."""
    everything = [*originals, *edited]
    readings = [read(text.title, text.body) for text in everything]
    rows = np.array([sketch(runs(reading.words)) for reading in readings])
    wanted = np.ones(len(rows), dtype=np.bool_)
    likely = candidates.pairs(lambda band: bands(rows)[:, band], lambda few: rows[few], wanted, ~wanted)
    found = candidate = strangers = 0
    for one, other in likely.tolist():
        if one < len(originals) <= other:
            is_pair = other == one + len(originals)
            candidate += is_pair
            if alike(everything[one], readings[one], everything[other], readings[other]):
                found += is_pair
                strangers += not is_pair
    return found, candidate, strangers


def alike(one: Text, first: Reading, other: Text, second: Reading) -> bool:
    here, there = Circumstances(one.day, one.source), Circumstances(other.day, other.source)
    return are_copies(compare(first, second), here, there)


def grow(size: int) -> None:
    """Add edited articles as drafts until there are `size`: of two in three what makes copies, of one what does not."""
    chance, edits = random.Random(SEED), [*COPIES.values(), *list(COPIES.values()), *NO_COPIES.values()]
    originals, made = list(texts()), []
    missing = size - Article.objects.count()
    for number in range(missing):
        text = originals[number % len(originals)]
        edited = chance.choice(edits)(text, chance)
        day = text.day + chance.randrange(DAYS + 1)
        made.append(_draft(edited, day))
        if len(made) == 1000 or number == missing - 1:
            Article.objects.bulk_create(made)
            made.clear()


def _draft(text: Text, day: int) -> Article:
    return Article(
        title=text.title, body=text.body, published_on=date.fromordinal(day),
        published_precision="day", status="draft",
    )  # fmt: skip


if __name__ == "__main__":
    main()
