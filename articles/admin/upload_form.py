"""What a curator says of files to be imported, and the files themselves, as many as the limit lets through."""

import shutil
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import OWN_DIRECTION
from articles.importing.charsets import DECLARABLE
from articles.importing.cleaning import storable
from articles.importing.columns import FIELDS, WrongMap, parse_map
from articles.importing.readers import FORMATS
from articles.models.collection import Collection

MOST_FILES = 500
ROOM_LEFT = 2  # times the size of what is sent must be free on the disk

ON_DUPLICATE = (
    ("capture", _("احفظ النسخة، ودع نص المقال كما هو")),
    ("skip", _("لا تحفظ شيئاً")),
    ("update", _("احفظ النسخة وخذ بنصها الجديد (لا يُمس ما صحّحه محرر)")),
)
STATUSES = {"draft": _("مسودة"), "published": _("منشور")}


class Quota(FileUploadHandler):
    """Refuses a request that is larger than UPLOAD_LIMIT before any of it is kept; `is_over` says that it did."""

    is_over = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        if content_length > settings.UPLOAD_LIMIT or not _has_room(content_length):
            self.is_over = True

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.is_over:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def _has_room(size: int) -> bool:
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(folder).free > ROOM_LEFT * size


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files, one at least; the value is the list of them."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = (data if isinstance(data, list | tuple) else [data]) or [None]
        files = [super(FilesField, self).clean(file, initial) for file in given]
        if len(files) > MOST_FILES:
            raise ValidationError(
                _("لا يزيد ما يُرسل مرة واحدة على %(most)s ملف. اجمعها في ملف zip."),
                params={"most": MOST_FILES},
            )
        return files


class UploadForm(forms.Form):
    sent = FilesField(
        label=_("الملفات"),
        help_text=_(
            "txt أو json أو jsonl أو csv أو html أو خلاصات RSS وAtom أو WARC وARC وWACZ، أو ملفات zip وtar وgz منها."
        ),
        error_messages={"required": _("اختر ملفاً واحداً على الأقل."), "empty": _("الملف فارغ.")},
    )
    source = forms.CharField(
        label=_("المصدر"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={**OWN_DIRECTION, "class": "vTextField"}),
        help_text=_("لكل ما في الملفات. اتركه خالياً ليؤخذ مما تقوله."),
    )
    collections = forms.ModelMultipleChoiceField(
        label=_("المجموعات"), queryset=Collection.objects.none(), required=False
    )
    status = forms.ChoiceField(label=_("حالة المقالات الجديدة"), choices=list(STATUSES.items()))
    on_duplicate = forms.ChoiceField(
        label=_("إن كان المقال في الأرشيف بنص آخر"), choices=ON_DUPLICATE, initial="capture"
    )
    format = forms.ChoiceField(
        label=_("الصيغة"),
        required=False,
        choices=[("", _("تُعرف من الملف")), *((name, name) for name in FORMATS)],
    )
    encoding = forms.ChoiceField(
        label=_("الترميز"),
        required=False,
        choices=[("", _("يُعرف من الملف")), *((name, name) for name in DECLARABLE)],
    )
    map = forms.CharField(
        label=_("ربط الأعمدة"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={**OWN_DIRECTION, "rows": 3}),
        help_text=_(
            "سطر لكل عمود لا يُعرف من اسمه: اسم العمود=الحقل، مثل: النص الكامل=body. والحقل الخالي يترك العمود."
        ),
    )

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["collections"].queryset = Collection.objects.order_by("name")  # type: ignore[attr-defined]
        if not may_publish:
            self.fields["status"].choices = [("draft", STATUSES["draft"])]  # type: ignore[attr-defined]

    def clean_map(self) -> list[str]:
        """The lines; one that cannot be followed is told."""
        lines = [line.strip() for line in self.cleaned_data["map"].splitlines() if line.strip()]
        for line in lines:
            try:
                parse_map([line])
            except WrongMap as error:
                raise ValidationError(
                    _("«%(line)s»: اكتب اسم العمود=الحقل، والحقول: %(fields)s."),
                    params={"line": line, "fields": "، ".join(FIELDS)},
                ) from error
        return lines

    def options(self) -> dict[str, Any]:
        """What an upload keeps of the form."""
        said = self.cleaned_data
        return {
            "source": storable(said["source"].strip()),
            "collections": [collection.name for collection in said["collections"]],
            **{name: said[name] for name in ("status", "on_duplicate", "format", "encoding", "map")},
        }
