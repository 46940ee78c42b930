"""Who wrote: persons and news agencies, told from what a page puts where a writer's name would stand."""

import re
from dataclasses import dataclass, replace

from articles.importing import byline, dates, places
from articles.importing.datafiles import read_names
from articles.importing.names import is_name
from articles.importing.pages.lines import key

NAMES = {kind: frozenset(map(key, names)) for kind, names in read_names("nobody.txt").items()}
NOBODY = NAMES["program"] | NAMES["role"]
LABELS = (
    *(
        "by",
        "written by",
        "author",
        "posted by",
        "submitted by",
        "بقلم",
        "كتبت?",
        "كتبه",
        "كتبها",
        "الكاتبة?",
        "المؤلف",
    ),
    *(
        "المحررة?",
        "الصحفية?",
        "الاسم",
        "تقرير",
        "تحقيق",
        "حوار",
        "متابعة",
        "إعداد",
        "اعداد",
        "أعدّ?ه",
        "أعدّ?ته",
        "المصدر",
    ),
    *(r"(?:نشرت?|مرسلة|أرسلت|أضيفت?|كتبت?|مضاف)?\s*بواسطة", "أرسله", "أرسلته", "أضافه", "نشره"),
)
BEFORE = re.compile(rf"^(?:{'|'.join(LABELS)})\s*(?:[:/\-–—ـ]\s*|\s+(?=\S))", re.IGNORECASE)
COLON_NEEDED = re.compile(r"^(?:كتبت?|تقرير|تحقيق|حوار|متابعة|إعداد|اعداد|المصدر)\s+(?![:/\-–—ـ])")
SEPARATOR = re.compile(r"\s*[|/•·؛;()\[\]]\s*|\s*[–—]\s*|\s+[-ـ]\s+|\s*[,،]\s*")
# «نشر يوم 3 يناير 2019 بواسطة مروان العلي في أسواق»
INSIDE = re.compile(
    r"\s(?:بواسطة|بقلم)\s*:?\s+(?P<name>[^\d|,،]+?)(?=\s+(?:في|بتاريخ|يوم|on)\s|\s*[|,،–\-]|\s*$)"
)
WROTE_PLAINLY = re.compile(
    r"كتبت?\s+(?P<names>[^\W\d_]+(?:\s+[^\W\d_]+){1,3}(?:\s*[-–،/]\s*[^\W\d_]+(?:\s+[^\W\d_]+){1,3})*)"
)
WROTE = re.compile(r"كتبت?\s+[^\W\d_]+(?:\s+[^\W\d_]+){1,3}\s*:")
ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|@\w+")
WIRE_AT_END = re.compile(r"[(\[{«]\s*(?P<credits>[^()\[\]{}«»]{2,60}?)\s*[)\]}»]\s*[.]?\s*$")
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Credit:
    """A line's persons, and the agencies beside them; both may be empty."""

    author: str = ""
    agency: str = ""
    city: str = ""


def read(text: str, *, outlet: str = "") -> Credit:
    """The persons and agencies a writer's place names; nobody for «admin», the outlet itself and such.

    >>> read("بقلم: هدى سالم").author, read("رويترز").agency, read("admin") == Credit()
    ('هدى سالم', 'رويترز', True)
    >>> read("سامر الدالي - بيروت - أ ف ب")
    Credit(author='سامر الدالي', agency='أ ف ب', city='بيروت')
    """
    text = ADDRESS.sub("", text)
    if len(text) > LONGEST:
        return Credit()
    wrote = WROTE.match(text.strip()) is not None
    text = text.strip(" \t\u00a0:-–—|.،,")
    if wrote or not COLON_NEEDED.match(text):
        text = BEFORE.sub("", text, count=1)
    persons: list[str] = []
    agencies: list[str] = []
    cities: list[str] = []
    for part in filter(None, map(str.strip, SEPARATOR.split(text))):
        if is_nobody(part, outlet) or (places.is_outlet(part) and not places.is_agency(part)):
            continue
        if places.is_agency(part):
            agencies.append(places.unquoted(part))
        elif places.is_city(part) or places.is_country(part):
            cities.append(part)
        elif is_name(part) and part not in persons:
            persons.append(part)
    return Credit("، ".join(persons[:6]), "، ".join(agencies), cities[0] if cities else "")


def is_nobody(name: str, outlet: str = "") -> bool:
    """Whether a name stands for no writer: a role, a desk, a program, or the outlet itself."""
    word = key(name)
    if not word or word in NOBODY or word in dates.MONTHS or word in dates.FILLERS or places.is_nobody(name):
        return True
    first, last = word.split()[0], word.split()[-1]
    if first in NAMES["desk"] or last in NAMES["desk"]:
        return True
    return bool(outlet) and (word in _names_of(outlet) or f" {word} " in f" {key(outlet)} ")


def _names_of(outlet: str) -> set[str]:
    """An outlet's name with and without the kind before it: «صحيفة المرفأ», «المرفأ», «موقع المرفأ»."""
    word = key(outlet)
    bare = word.partition(" ")[2] if word.partition(" ")[0] in places.BEGINNINGS else word
    return {word, bare, *(f"{kind} {bare}" for kind in places.BEGINNINGS)}


def agency_at_end(paragraph: str) -> str:
    """The agency in brackets at the end of a text.

    >>> agency_at_end("وعاد الصيادون إلى الميناء مساء. (أ ف ب)"), agency_at_end("(عام 2017)")
    ('أ ف ب', '')
    """
    found = WIRE_AT_END.search(paragraph[-100:])
    credit = read(found["credits"]) if found else Credit()
    return credit.agency


def of_line(line: str, *, outlet: str = "") -> Credit | None:
    """Who a line names that says of itself that it names a writer, or is an agency's name alone; else None.

    >>> of_line("كتبت - رنا خليل"), of_line("كتب أحمد كتاباً جديداً")
    (Credit(author='رنا خليل', agency='', city=''), None)
    >>> of_line("بيروت - كتب نبيل حداد:").author, of_line("الجبيل - فهد العتيق").city
    ('نبيل حداد', 'الجبيل')
    """
    line = line.strip()
    if len(line) > LONGEST or "©" in line:
        return None
    if places.is_agency(line.strip("()[]")):
        return Credit(agency=line.strip("()[]"))
    parts = [part for part in SEPARATOR.split(line) if part]
    if inside := INSIDE.search(line):
        return read(inside["name"], outlet=outlet)
    place = next((place for place, part in enumerate(parts) if _begins_like_one(part, line)), None)
    if place is None:
        return _from_a_city(parts, outlet)
    if any(part.count(" ") > 2 for part in parts[:place]):
        return None
    if not place:
        found = read(line, outlet=outlet)
    else:
        city = next((part for part in parts[:place] if places.is_city(part)), "")
        found = replace(read(" | ".join(parts[place:]), outlet=outlet), city=city)
    return found if found.author or found.agency else None


def of_line_above(line: str, *, outlet: str = "") -> Credit | None:
    """The same for a line between headline and text, where «كتب محمد فتحي» without a colon is no sentence.

    >>> of_line_above("كتب محمد فتحي - إيمان علي").author
    'محمد فتحي، إيمان علي'
    """
    plainly = WROTE_PLAINLY.fullmatch(line.strip())
    found = read(plainly["names"], outlet=outlet) if plainly else of_line(line, outlet=outlet)
    return found if found and (found.author or found.agency) else None


def _begins_like_one(part: str, line: str) -> bool:
    return byline.begins_like_one(part) or byline.begins_like_one(line) or WROTE.fullmatch(part) is not None


def _from_a_city(parts: list[str], outlet: str) -> Credit | None:
    """«الجبيل - فهد العتيق», «إدلب/ سامر الدالي/ السنديان»: a city, a name, and perhaps an outlet."""
    if not 2 <= len(parts) <= 3 or not places.is_city(parts[0]) or any(part.count(" ") > 3 for part in parts):
        return None
    if not (1 <= parts[1].count(" ") <= 3 or places.is_agency(parts[1])):
        return None
    found = read(parts[1], outlet=outlet)
    return Credit(found.author, found.agency, parts[0]) if found.author or found.agency else None
