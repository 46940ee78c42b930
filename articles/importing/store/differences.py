"""What two versions of an article say differently, as pages show it."""

from dataclasses import dataclass

from articles.importing.diffing import Change, Unchanged, compare, folded
from articles.importing.store.versions import Said
from articles.models.version import ArticleVersion
from articles.search.dates import iso_date

FIELDS = ("author", "section", "dateline")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field by its name, and its two values; either may be empty."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Title and body in pieces, and the fields that differ."""

    title: list[Change]
    fields: list[FieldChange]
    body: list[list[Change] | Unchanged]

    @property
    def is_empty(self) -> bool:
        """Whether both say the same, letter for letter."""
        pieces = [piece for piece in self.body if not isinstance(piece, Unchanged)]
        return not self.fields and not pieces and all(piece.kind == "same" for piece in self.title)


def difference(before: Said, after: Said) -> Difference:
    values = [(name, getattr(before, name), getattr(after, name)) for name in FIELDS]
    labels = {field.name: str(field.verbose_name) for field in ArticleVersion._meta.concrete_fields}
    days = [iso_date(said.published_on, said.published_precision) or "" for said in (before, after)]
    return Difference(
        title=compare(before.title, after.title),
        fields=[
            FieldChange(labels[name], old, new)
            for name, old, new in [*values, ("published_on", *days)]
            if old != new
        ],
        body=folded(before.body, after.body),
    )
