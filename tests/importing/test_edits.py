"""What a newspaper changed, and whether it said so: examples of our own, each as a page would have it."""

import pytest

from articles.importing.edits import (
    Edit,
    edit_between,
    is_clock,
    is_declared,
    is_reworded,
    numbers_changed,
    numbers_in,
)

STORY = (
    "أعلنت مديرية الصحة في الميناء أن الحريق أوقع خمسة قتلى وسبعة جرحى.\n\nوقال شهود إن النار بدأت عند الفجر."
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("قتل ٥ جنود", ["5"]),
        ("قتل 5 جنود", ["5"]),
        ("قُتِل خمسة جنود", ["5"]),
        ("خمس نساء وثلاثة رجال", ["5", "3"]),
        ("خمسة عشر لاجئاً", ["15"]),
        ("١٬٥٠٠ عائلة", ["1500"]),
        ("1,500 عائلة", ["1500"]),
        ("بنسبة ١٢٫٥٪", ["12.5%"]),
        ("بنسبة 12.5 في المئة", ["12.5%"]),
        ("بنسبة 12.5 بالمائة", ["12.5%"]),
        ("عند الساعة 10:30", ["10:30"]),
        ("عشرات القتلى", ["عشرات"]),
        ("3 ملايين دولار", ["3", "مليون"]),
        ("وصل الوزير إلى المدينة", []),
        ("السبت والأحد", []),
        ("الخامسة صباحاً", []),
    ],
)
def test_numbers_are_known_in_every_script_and_in_words(text, numbers):
    assert list(numbers_in(text)) == numbers


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("قتل 5 أشخاص في انفجار السوق.", "قتل 7 أشخاص في انفجار السوق."),
        ("قتل خمسة أشخاص في انفجار السوق.", "قتل 7 أشخاص في انفجار السوق."),
        ("قتل العشرات في انفجار السوق اليوم.", "قتل 47 شخصاً في انفجار السوق اليوم."),
        ("ارتفعت الأسعار بنسبة 12% هذا العام.", "ارتفعت الأسعار بنسبة 21% هذا العام."),
        ("ارتفعت الأسعار بنسبة 1.5 هذا العام.", "ارتفعت الأسعار بنسبة 15 هذا العام."),
        ("بلغت الكلفة 3 ملايين دولار حتى الآن.", "بلغت الكلفة 3 مليارات دولار حتى الآن."),
        ("قتل 5 وأصيب 7 في الحادث صباح اليوم.", "قتل 7 وأصيب 5 في الحادث صباح اليوم."),
        ("قتل 5 أشخاص وأصيب 5 آخرون في الحادث.", "قتل 6 أشخاص وأصيب 5 آخرون في الحادث."),
        ("بدأ القصف عند الساعة 10:30 مساء أمس.", "بدأ القصف عند الساعة 11:30 مساء أمس."),
        ("وقال إن 300 عائلة نزحت من البلدة.", "وقال إن عائلات كثيرة نزحت من البلدة."),
        (STORY, STORY.replace("سبعة", "تسعة")),
    ],
)
def test_a_number_that_became_another_is_seen(before, after):
    assert numbers_changed(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("قتل 5 أشخاص في السوق.", "قتل ٥ أشخاص في السوق."),
        ("قتل خمسة أشخاص في السوق.", "قتل 5 أشخاص في السوق."),
        ("بنسبة 12% هذا العام.", "بنسبة 12 في المئة هذا العام."),
        ("تبرع بنحو 1500 كتاب.", "تبرع بنحو 1,500 كتاب."),
        (STORY, STORY + "\n\nوأضافت المديرية أن 12 سيارة إسعاف وصلت."),
        (STORY, "وصل 12 وفداً إلى المدينة.\n\n" + STORY),
        (STORY + "\n\nوحضر 30 صحفياً من بلدان بعيدة.", STORY),
        (STORY, "\n\n".join(reversed(STORY.split("\n\n")))),
        (STORY + "\n\nآخر تحديث: 12:30", STORY + "\n\nآخر تحديث: 14:45"),
        (STORY + "\n\nنُشر في 4 آذار 2016 عند 10:15", STORY + "\n\nنُشر في 5 آذار 2016 عند 11:00"),
        (STORY + "\n\nعدد المشاهدات: 1204", STORY + "\n\nعدد المشاهدات: 3310"),
        ("منذ 5 دقائق\n\n" + STORY, "منذ 3 ساعات\n\n" + STORY),
        ("أقرت الحكومة الموازنة.", "أقرت الحكومة الموازنة في جلسة حضرها 20 وزيراً."),
    ],
)
def test_what_changed_no_number_is_let_be(before, after):
    assert not numbers_changed(before, after)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("آخر تحديث: 12:30", True),
        ("تم التحديث في 4 آذار 2016", True),
        ("تاريخ النشر: 2016-03-04", True),
        ("نُشر قبل ساعتين", True),
        ("قبل 5 دقائق", True),
        ("1204 مشاهدة", True),
        ("قبل خمسة أعوام بدأت الحرب في المدينة", False),
        ("تصحيح: كان الرقم 5", False),
        ("تحديث: ارتفعت الحصيلة إلى 7", False),
    ],
)
def test_lines_that_programs_write_are_no_text(line, expected):
    assert is_clock(line) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("مقتل جنود في كمين", "مقتل جندي في كمين", True),
        ("الحكومة تقر الموازنة", "الحكومة ترجئ الموازنة", True),
        ("مقتل 5 جنود", "مقتل 7 جنود", True),
        ("مقتل 5 جنود", "مقتل ٥ جنود", False),
        ("ارتفاع الأسعار 1.5 بالمئة", "ارتفاع الأسعار 15 بالمئة", True),
        ("الإعلان عن هدنة", "الاعلان عن هُدنة", False),
        ("هدنة في المدينة", "«هدنة» في المدينة!", False),
        ("هدنة  في المدينة", "هدنة في المدينة", False),
        ("هدنة في المدينة", "محدث: هدنة في المدينة", False),
        ("هدنة في المدينة", "هدنة في المدينة (تحديث 2)", False),
        ("عبد الله يفوز", "عبدالله يفوز", False),
    ],
)
def test_a_headline_is_reworded_when_its_words_are(before, after, expected):
    assert is_reworded(before, after) is expected


@pytest.mark.parametrize(
    "notice",
    [
        "تصحيح: كان عدد القتلى خمسة في النسخة السابقة.",
        "تنويه: جرى تعديل الخبر بعد بيان الوزارة.",
        "توضيح من المحرر: الصورة من الأرشيف.",
        "تحديث: ارتفعت الحصيلة إلى تسعة.",
        "* تصويب *",
        "(تحديث 2)",
        "استدراك – الاسم الصحيح هو سعاد.",
        "عُدّل هذا الخبر ليشمل رد البلدية.",
        "تم تعديل العنوان بعد النشر.",
        "جرى تصحيح الرقم الوارد في الفقرة الأولى من هذا التقرير.",
        "ورد في نسخة سابقة من هذا الخبر أن القتلى خمسة.",
        "ورد في الفقرة الثانية خطأ في اسم المدينة.",
        "ملاحظة من المحرر: حُدّث النص.",
        "اقتضى التنويه.",
        "Correction: the death toll was five.",
        "Editor's note: an earlier headline was wrong.",
    ],
)
@pytest.mark.parametrize("place", ["head", "foot"])
def test_a_notice_in_the_first_or_last_lines_declares_the_change(notice, place):
    newer = f"{notice}\n\n{STORY}" if place == "head" else f"{STORY}\n\n{notice}"
    assert is_declared("خبر", STORY, "خبر", newer)


@pytest.mark.parametrize(
    "line",
    [
        "آخر تحديث: 12:30",
        "تحديث القوانين مهمة البرلمان المقبل كما يرى الخبراء.",
        "وطالب النواب بتعديل القانون قبل نهاية العام.",
        "قال الوزير إن توضيح الموقف سيأتي لاحقاً.",
        "تصحيح المسار الاقتصادي عنوان المرحلة بحسب الوزير.",
        "اعتذار الوزير لم يقنع المعارضة.",
        "جرى تعديل وزاري واسع مساء أمس.",
    ],
)
def test_words_of_the_news_itself_are_no_notice(line):
    assert not is_declared("خبر", STORY, "خبر", f"{STORY}\n\n{line}")


def test_a_notice_deep_in_the_text_is_not_looked_for():
    lines = [f"فقرة رقم {number} من النص." for number in range(10)]
    assert not is_declared("خبر", "\n".join(lines), "خبر", "\n".join([*lines[:5], "تصحيح: كذا", *lines[5:]]))


def test_a_notice_that_stood_there_before_says_nothing_of_this_change():
    before = f"تصحيح: الاسم الصحيح سعاد.\n\n{STORY}"
    edit = edit_between("خبر", before, "خبر", before.replace("خمسة", "ستة"))
    assert edit == Edit(numbers=True) and edit.is_silent


@pytest.mark.parametrize(
    ("newer_title", "newer_body", "edit", "is_silent"),
    [
        ("خبر الحريق", STORY, Edit(), False),
        ("خبر الحريق الكبير", STORY, Edit(headline=True), True),
        ("خبر الحريق", STORY.replace("خمسة", "ستة"), Edit(numbers=True), True),
        ("محدث: خبر الحريق", STORY.replace("خمسة", "ستة"), Edit(numbers=True, declared=True), False),
        (
            "خبر الحريق",
            f"{STORY.replace('خمسة', 'ستة')}\nتصحيح: القتلى ستة.",
            Edit(numbers=True, declared=True),
            False,
        ),
        ("خبر الحريق", f"{STORY}\n\nوقال رجل إنه رأى الدخان.", Edit(), False),
        ("خبرُ الحريق!", STORY.replace("خمسة", "5"), Edit(), False),
    ],
)
def test_a_change_is_silent_where_nothing_tells_of_it(newer_title, newer_body, edit, is_silent):
    found = edit_between("خبر الحريق", STORY, newer_title, newer_body)
    assert (found, found.is_silent) == (edit, is_silent)
