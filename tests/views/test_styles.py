"""What holds for the style sheets as a whole: no physical sides, readable colours, files that are there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"|border-(?:top|bottom)-(?:left|right)-radius|(?:min-|max-)?(?:width|height)|left|right|top|bottom"
    r"|overflow-[xy])(?=[\w-]*\s*:)"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
FOUR_SIDES = re.compile(r"(?:margin|padding|inset|border-width)\s*:\s*(?:[^\s;]+\s+){3}[^\s;]+;")

# (ink, ground) wherever text stands on a colour
PAIRS = [
    ("ink", "paper"),
    ("ink", "card"),
    ("quiet", "paper"),
    ("quiet", "card"),
    ("accent", "paper"),
    ("accent", "card"),
    ("accent", "accent-soft"),
    ("ink", "accent-soft"),
    ("quiet", "accent-soft"),
    ("on-fill", "fill"),
    ("on-fill", "fill-hover"),
    ("on-mark", "mark"),
]


def declarations(sheet: Path) -> str:
    """The sheet without comments and without the conditions of media queries, which have no logical words."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"@media[^{]*\{", "{", text)


def colours(theme: str) -> dict[str, str]:
    light, dark = (STATIC / "css" / "tokens.css").read_text("utf-8").split("prefers-color-scheme: dark")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found if theme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_names_no_physical_side(sheet: Path) -> None:
    assert PHYSICAL.findall(declarations(sheet)) == []
    assert FOUR_SIDES.findall(declarations(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_loads_nothing_from_elsewhere_and_nothing_that_is_missing(sheet: Path) -> None:
    for url in re.findall(r"url\(\"?([^\")]+)\"?\)", sheet.read_text("utf-8")):
        assert (sheet.parent / url).resolve().is_file(), url
    assert "@import" not in sheet.read_text("utf-8")


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in SHEETS if sheet.name != "tokens.css"], ids=lambda s: s.name
)
def test_colours_are_named_in_one_sheet_only(sheet: Path) -> None:
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", declarations(sheet)) == []


def test_every_value_used_is_defined() -> None:
    tokens = (STATIC / "css" / "tokens.css").read_text("utf-8")
    used = {name for sheet in SHEETS for name in re.findall(r"var\((--[\w-]+)", sheet.read_text("utf-8"))}
    defined = set(re.findall(r"(--[\w-]+):", tokens))
    assert used == defined


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ink, ground", PAIRS)
def test_text_is_readable_on_its_ground(ink: str, ground: str, theme: str) -> None:
    found = colours(theme)
    assert contrast(found[ink], found[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_the_edge_of_what_can_be_used_is_visible(ground: str, theme: str) -> None:
    found = colours(theme)
    assert contrast(found["accent"], found[ground]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_a_bar_stands_out_from_its_ground(ground: str, theme: str) -> None:
    found = colours(theme)
    assert contrast(found["bar"], found[ground]) >= 3


def test_every_font_comes_with_its_licence() -> None:
    fonts = {path.name for path in (STATIC / "fonts").iterdir()}
    assert {"OFL-noto-naskh-arabic.txt", "OFL-plex-sans-arabic.txt"} <= fonts
    assert all(
        "SIL OPEN FONT LICENSE" in path.read_text("utf-8") for path in (STATIC / "fonts").glob("OFL-*")
    )


def test_dark_is_the_same_whether_the_system_or_the_reader_wants_it() -> None:
    text = (STATIC / "css" / "tokens.css").read_text("utf-8")
    by_system, by_reader = (
        re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part) for part in text.split("dark")[-2:]
    )
    assert len(by_reader) > 10
    assert by_system == by_reader
