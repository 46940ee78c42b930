"""A value that a page shows for a field, with the place it stood in and how sure it is."""

from dataclasses import dataclass

# How sure each place is of what it says; an agreement of two places is surer than either.
DECLARED, TAGGED, RULED, SHOWN, SUPPOSED, GUESSED = 0.95, 0.9, 0.95, 0.8, 0.6, 0.4
AGREED = 0.99


@dataclass(frozen=True, slots=True)
class Finding:
    """`place` is a word for programs («JSON-LD», «Open Graph»), `text` what stood there."""

    value: str
    place: str
    confidence: float
    text: str = ""

    @property
    def shown(self) -> str:
        return self.text or self.value


Findings = dict[str, list[Finding]]


def add(findings: Findings, field: str, value: str, place: str, confidence: float, text: str = "") -> None:
    """Remember a value that is not blank; the order of calls is the order of trust."""
    value = " ".join(value.split())
    if value:
        findings.setdefault(field, []).append(Finding(value, place, confidence, text))


def joined(*parts: Findings) -> Findings:
    """All findings of each field, in the order of the parts."""
    together: Findings = {}
    for findings in parts:
        for name, found in findings.items():
            together.setdefault(name, []).extend(found)
    return together
