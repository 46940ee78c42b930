"""The codes of importing/codes.py in words for curators."""

from typing import Any

from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Any] = {
    "binary": _("ليس نصاً: صورة أو PDF أو قاعدة بيانات"),
    "empty": _("لا عنوان فيه ولا متن"),
    "empty_file": _("الملف فارغ"),
    "error_page": _("صفحة تقول إن ما طُلب غير موجود أو إن خطأً وقع"),
    "export": _("مجلد صدّره الأرشيف؛ يُستعاد وحده"),
    "home_page": _("الصفحة الأولى لموقع"),
    "listing": _("صفحة تسرد مقالات: قسم أو وسم أو كاتب"),
    "nested_archives": _("ملفات مضغوطة بعضها في بعض أعمق مما يُقرأ"),
    "not_a_page": _("ما في هذا العنوان من نوع لا يحمل مقالاً"),
    "not_an_object": _("عنصر JSON ليس كائناً بحقول مسماة"),
    "not_html": _("لا وسوم HTML في الصفحة"),
    "paywall": _("ليس فيها إلا أول المقال، والبقية للمشتركين"),
    "redirect": _("صفحة لا تفعل إلا الإحالة إلى غيرها"),
    "robot_check": _("صفحة سألت الزاحف أن يثبت أنه إنسان"),
    "robots_denied": _("ملف robots.txt في الموقع لا يسمح بهذا العنوان"),
    "search_page": _("نتائج بحث"),
    "too_deep": _("عناصر بعضها في بعض أعمق مما تحتاجه صفحة"),
    "too_large": _("أكبر من مقال"),
    "unsafe_address": _("العنوان، أو ما يقود إليه، ليس على الإنترنت العام"),
    "unsafe_archive": _("ملف مضغوط قد تضر قراءته: ملفات كثيرة جداً أو كبيرة جداً"),
    "unsafe_member": _("ملف داخل ملف مضغوط اسمه يقود خارجه، أو هو وصلة"),
    "bad_csv": _("سطر يخالف قواعد CSV، كعلامة تنصيص لم تُغلق"),
    "bad_entry": _("مدخل في الخلاصة لا يُقرأ منه شيء"),
    "bad_feed": _("ليس خلاصة RSS ولا Atom"),
    "bad_http": _("سجل زحف بلا جواب HTTP يُقرأ"),
    "bad_json": _("نص ليس JSON؛ وقُرئ ما بعده"),
    "bad_record": _("بايتات في ملف الزحف ليست سجلاً"),
    "bad_wacz": _("ملف WACZ لا يُعتمد على قائمة محتوياته"),
    "damaged_archive": _("ملف مضغوط تالف أو مقطوع"),
    "damaged_body": _("محتوى لا يُفك ضغطه كما تقول ترويسته"),
    "database_error": _("رفضته قاعدة البيانات"),
    "digest_mismatch": _("البايتات ليست ما حُسبت منه بصمتها"),
    "encrypted": _("ملف zip بكلمة سر"),
    "extraction_error": _("تعثّر المستورد نفسه بهذا النص"),
    "fetch_failed": _("تعذّر جلب العنوان"),
    "rest_unread": _("نص ليس JSON، ولا يُعرف أين يبدأ ما بعده"),
    "revisit_unresolved": _("سجل يكرر صفحة ليست في الأرشيف"),
    "row_length": _("حقول السطر أكثر أو أقل من رأس الجدول"),
    "segmented_record": _("صفحة قسمها الزاحف على سجلات"),
    "truncated_record": _("سجل قطعه آخر الملف"),
    "undecodable": _("بايتات خاطئة في ترميز الملف"),
    "unreadable_file": _("لا يُفتح الملف أو لا يُقرأ"),
    "unsupported_compression": _("ضُغط بطريقة لا تُقرأ"),
    "unsupported_encoding": _("ضُغط محتواه بطريقة لا تُقرأ"),
    "wrong_encoding": _("بايتات خاطئة في الترميز المختار"),
    "wrong_length": _("سجل أطول أو أقصر مما يقول"),
}


def code_word(code: str) -> Any:
    """What a code means; the code itself where it is not known, nothing where there is none."""
    return WORDS.get(code, code)
