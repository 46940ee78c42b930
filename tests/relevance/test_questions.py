"""Questions to the sample collection, and the article that answers each: it comes first."""

import pytest

from tests.relevance.conftest import Library

# Plain questions: any of the words will do, and the order alone brings the answer up.
QUESTIONS = [
    ("من فاز بأول ميدالية ذهبية للأردن في الأولمبياد؟", "ذهب وبرونز وقصص لجوء"),
    ("كم عدد المخطوطات في خزانة الحاج منير العكاري؟", "خزانة في بيت قديم تحفظ"),
    ("متى انطلقت معركة استعادة الموصل بحسب الأمم المتحدة؟", "انطلاق معركة الموصل"),
    ("لماذا فجّر المسلحون قوس النصر؟", "تدمر تفقد قوس النصر"),
    ("كيف تعمل الخطارة في الواحات المغربية؟", "واحات الجنوب المغربي"),
    ("أين أُقيم معرض الكتب الناجية؟", "معرض الكتاب في البصرة"),
    ("ما خطر انهيار السدّ على المدينة؟", "سد الموصل بين السلاح والجبس"),
    ("من سجل أهداف المنتخب الأردني أمام عمان؟", "النشامى إلى كأس العالم"),
    ("لماذا صعدت ملوحة مياه البصرة؟", "الملح يصعد"),
    ("من يحفظ وثائق تنظيم الدولة؟", "أرشيف الخوف"),
    ("كم لاجئا وصل إلى الجزيرة اليونانية؟", "الشتاء يصل إلى ليسبوس"),
    ("نقل مخطوطات تمبكتو في الصناديق", "مخطوطات تمبكتو"),
]

# Searches as readers type them: every word must be there, in one of its forms.
SEARCHES = [
    ("سقوط الموصل", "سقوط الموصل في ليلة"),
    ("العبادي ساعة الصفر", "العبادي يعلن ساعة الصفر"),
    ("برنت 28 دولارا", "برنت دون 28 دولاراً"),
    ("فريق اللاجئين", "عشرة رياضيين تحت علم واحد"),
    ("اتفاق باريس", "اتفاق باريس"),
    ("محطات الشمس والرياح السعوديه", "السعودية تستعد لطرح"),
    ("ركلات الترجيح", "العراق يُقصي إيران"),
    ("جفاف العراق", "العراق أمام أشد مواسمه جفافاً"),
]


@pytest.mark.parametrize(("question", "answer"), QUESTIONS)
def test_the_article_that_answers_a_question_comes_first(seeds: Library, question: str, answer: str) -> None:
    first = seeds.ranked(question, any_word=True)[0]
    assert first.startswith(answer)


@pytest.mark.parametrize(("search", "wanted"), SEARCHES)
def test_the_article_a_reader_has_in_mind_comes_first(seeds: Library, search: str, wanted: str) -> None:
    first = seeds.ranked(search)[0]
    assert first.startswith(wanted)
