"""Forms of the mailing pages."""

from collections.abc import Sequence
from typing import Any

from django import forms

from canvass.panel.models import ProfileField


class PartForm(forms.Form):
    """A part of the panel: for each profile field the options that are in; none chosen means all."""

    def __init__(self, *args: Any, profile_fields: Sequence[ProfileField], **options: Any) -> None:
        super().__init__(*args, **options)
        for field in profile_fields:
            choices = [*((option, option) for option in field.options), ("", "Not said")]
            self.fields[field.name] = forms.MultipleChoiceField(
                label=field.label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
            )

    def part(self) -> dict[str, list[str]]:
        return {name: options for name, options in self.cleaned_data.items() if options}


class ReminderForm(forms.Form):
    at = forms.DateTimeField(
        label="When",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={
            "required": "Write the day and time of the reminder.",
            "invalid": "Write a day and time such as 2022-01-25 09:00.",
        },
    )

    def __init__(self, *args: Any, is_open: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["at"].required = not is_open
        if is_open:
            self.fields["at"].help_text = "Leave it empty to send the reminder now."
