"""Forms of the pages about polls."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import slugify

from canvass.polls import starting
from canvass.polls.reading import SLUG, decoded

TEXT_FAULT = "This is not a text file in UTF-8. Choose one such as poll.yaml, or paste its text below."
LONGEST_MADE = 60  # characters of an address that is made from a title


class TextField(forms.CharField):
    """The text of a poll file: ends of lines as LF, nothing stripped."""

    def __init__(self, *, rows: int = 30, **options: Any) -> None:
        widget = forms.Textarea(
            attrs={"spellcheck": "false", "autocapitalize": "off", "wrap": "off", "rows": rows}
        )
        super().__init__(strip=False, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class BuilderForm(forms.Form):
    """The builder's text, and the saved text that it began from."""

    text = TextField(
        label="Questions", error_messages={"required": "The text is empty, so nothing was saved."}
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class InsertForm(forms.Form):
    kind = forms.ChoiceField(label="Add a question", choices=list(starting.KINDS.items()))


class NewPollForm(forms.Form):
    title = forms.CharField(
        label="Title",
        max_length=200,
        help_text="What members read first: short and neutral.",
        error_messages={"required": "Write a title."},
    )
    slug = forms.RegexField(
        rf"\A{SLUG.pattern}\Z",
        label="Address",
        required=False,
        help_text="Such as working-hours-2022-01: a-z, digits and hyphens. It cannot change later. "
        "Left empty, it is made from the title.",
        error_messages={
            "invalid": "Use only a-z, 0-9 and hyphens, beginning with a letter or a digit.",
        },
    )
    start = forms.ChoiceField(label="Start from", widget=forms.RadioSelect, initial="each_kind")
    copy_of = forms.ChoiceField(label="Earlier poll to copy", required=False)

    def __init__(self, *args: Any, earlier: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        starts = [(name, called) for name, (called, _file) in starting.STARTS.items()]
        copy = [("copy", "A copy of an earlier poll, chosen below")] if earlier else []
        self.fields["start"].choices = [*starts, *copy]  # type: ignore[attr-defined]
        self.fields["copy_of"].choices = [("", "None"), *earlier]  # type: ignore[attr-defined]
        if not earlier:
            del self.fields["copy_of"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("start") == "copy" and not cleaned.get("copy_of"):
            self.add_error("copy_of", "Choose the poll to copy.")
        if cleaned.get("title") and cleaned.get("slug") == "":
            cleaned["slug"] = slugify(cleaned["title"].replace("_", " "))[:LONGEST_MADE].strip("-")
            if not SLUG.fullmatch(cleaned["slug"]):
                self.add_error("slug", "No address can be made from this title. Write one.")
        return cleaned


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(FilesField, self).clean(file, initial) for file in files]


class PicturesForm(forms.Form):
    pictures = FilesField(
        label="Add pictures",
        help_text="PNG, JPEG, GIF or WebP, at most 1 MB each. One of the same name is replaced.",
        error_messages={
            "required": "Choose at least one picture.",
            "empty": "That file is empty. Choose another.",
        },
    )

    def contents(self) -> dict[str, bytes]:
        return {file.name: file.read() for file in self.cleaned_data["pictures"]}


class UploadForm(forms.Form):
    """A poll file, or its text pasted, with its pictures."""

    file = forms.FileField(
        label="Poll file",
        required=False,
        help_text="A text file in the format of poll files (YAML).",
        error_messages={"empty": "That file is empty. Choose another."},
    )
    text = TextField(label="Or paste its text", required=False, rows=12)
    pictures = FilesField(
        label="Pictures", required=False, help_text="The picture files that it shows, if any."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if file := cleaned.get("file"):
            cleaned["text"] = self._decoded(file.read())
        if not self.errors and not cleaned.get("text", "").strip():
            self.add_error("file", "Choose a poll file or paste its text.")
        return cleaned

    def _decoded(self, content: bytes) -> str:
        try:
            return decoded(content)
        except UnicodeDecodeError:
            self.add_error("file", TEXT_FAULT)
            return ""

    def contents(self) -> dict[str, bytes]:
        return {file.name: file.read() for file in self.cleaned_data["pictures"]}


class _Moment(forms.DateTimeField):
    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **options)


class OpenForm(forms.Form):
    closes = _Moment(
        label="Closes",
        error_messages={
            "required": "Write the day and time when it closes.",
            "invalid": "Write a day and time such as 2022-02-01 17:00.",
        },
    )


class ScheduleForm(OpenForm):
    opens = _Moment(
        label="Opens",
        error_messages={
            "required": "Write the day and time when it opens.",
            "invalid": "Write a day and time such as 2022-01-18 09:00.",
        },
    )
    field_order = ("opens", "closes")


class MendForm(forms.Form):
    text = TextField(
        label="Questions", error_messages={"required": "The text is empty. Nothing was changed."}
    )
    meaning = forms.ChoiceField(
        label="Does a question mean something else now?",
        choices=[
            ("same", "No: the same meaning, better said. All answers are counted together."),
            ("changed", "Yes: answers before and after are counted in two tables, outside the series."),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the meaning changed."},
    )
