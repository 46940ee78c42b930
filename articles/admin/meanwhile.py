"""Two curators at one article: the second is told what changed since the form was opened, and nothing is lost.

The form carries a digest of each field as it was opened. What came in from elsewhere and was not touched here is taken
over into the form; what both changed stays as it was typed, beside what stands now.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.admin.histories import label_of, names_in, shown_value
from articles.models.article import Article

SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Met:
    """A field that somebody changed meanwhile: what it says now, and what was typed here if that is another."""

    label: str
    now: str
    typed: str
    is_kept: bool


class StampField(forms.CharField):
    """Digests that go out with a form and come back with it; no change of anything."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class MeanwhileForm(forms.ModelForm):
    """An article's form that notices what others saved while it was open."""

    seen = StampField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meanwhile: list[Met] = []
        self.initial[SEEN] = self._stamp()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk:
            self._look(cleaned or {})
        return cleaned

    def _stamp(self) -> str:
        """The digests of the fields as the database has them."""
        return json.dumps({name: digest(plain(self.initial.get(name))) for name in self._told()})

    def _told(self) -> list[str]:
        return [name for name in self.fields if name != SEEN]

    def _look(self, cleaned: Mapping[str, Any]) -> None:
        seen, told = read_stamp(str(self.data.get(self.add_prefix(SEEN), ""))), []
        for name in self._told():
            now = plain(self.initial.get(name))
            typed = plain(cleaned[name]) if name in cleaned else None
            if digest(now) != seen.get(name) and now != typed:
                told.append((name, now, typed))
        if not told:
            return
        data = cast(QueryDict, self.data).copy()
        for name, now, typed in told:
            is_kept = digest(typed) != seen.get(name)
            if not is_kept:
                self._take_over(data, name)
            self.meanwhile.append(self._met(name, now, typed, is_kept=is_kept))
        data[self.add_prefix(SEEN)] = self._stamp()
        self.data = data
        self.add_error(
            None, _("غيّر غيرك هذا المقال بعد أن فتحته، ولم يُحفظ شيء مما كتبت بعد. راجع ما تغيّر ثم احفظ.")
        )

    def _take_over(self, data: QueryDict, name: str) -> None:
        """Let the form say what the database says."""
        raw, key = self.initial.get(name), self.add_prefix(name)
        if isinstance(raw, list):
            data.setlist(key, [str(each) for each in plain(raw)])
        elif isinstance(raw, date):
            data[key] = self.fields[name].widget.format_value(raw)
        else:
            data[key] = "" if raw is None else str(raw)

    def _met(self, name: str, now: Any, typed: Any, *, is_kept: bool) -> Met:
        names = names_in(Article, [{name: [now, typed]}])
        shown = shown_value(Article, name, now, names)
        return Met(
            label_of(Article, name),
            shown,
            shown_value(Article, name, typed, names) if is_kept else "",
            is_kept,
        )


def plain(value: Any) -> Any:
    """A field's value without what makes equal ones differ: rows are their keys, days are written, nothing is empty.

    >>> plain(None), plain(date(2015, 7, 21)), plain("نص\\r\\nآخر")
    ('', '2015-07-21', 'نص\\nآخر')
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if hasattr(value, "pk"):
        return value.pk
    if hasattr(value, "__iter__"):
        return sorted(getattr(each, "pk", each) for each in value)
    return value


def digest(value: Any) -> str:
    return sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]


def read_stamp(written: str) -> dict[str, str]:
    """The digests that a form came with; none of one that is no stamp, so that nothing counts as seen.

    >>> read_stamp('{"title": "0a"}'), read_stamp("[1]"), read_stamp("x")
    ({'title': '0a'}, {}, {})
    """
    try:
        read = json.loads(written)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
