"""Forms of the Figures tab."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from canvass.analysis.responding import LONGEST_NOTE, Period
from canvass.analysis.services import LONGEST_TITLE
from canvass.analysis.weighting import USUAL_TRIM, Variable

NO_CAP = "none"


class TitleForm(forms.Form):
    """A figure's title in the team's words."""

    title = forms.CharField(
        required=False,
        max_length=LONGEST_TITLE,
        label="Title",
        help_text="Say the finding in one sentence. Leave it empty to use the drafted one.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NoteForm(forms.Form):
    """Why a question got many or few answers."""

    text = forms.CharField(
        label="Why so many, or so few?",
        max_length=LONGEST_NOTE,
        help_text="Your role and today’s date stand beside it. A note explains; it proves nothing.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why the question got many or few answers."},
    )


class PeriodForm(forms.Form):
    """Which questions are looked at."""

    first_day = forms.DateField(
        label="Opened from",
        widget=forms.SelectDateWidget,
        error_messages={"invalid": "Write a day such as 31 1 2027.", "required": "Write a day."},
    )
    last_day = forms.DateField(
        label="Until",
        widget=forms.SelectDateWidget,
        error_messages={"invalid": "Write a day such as 31 1 2027.", "required": "Write a day."},
    )
    category = forms.ChoiceField(label="Category", required=False)

    def __init__(self, *args: Any, names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", "All"), *((one, one) for one in names)]  # type: ignore[attr-defined]

    def clean_last_day(self) -> date:
        last: date = self.cleaned_data["last_day"]
        first = self.cleaned_data.get("first_day")
        if first is not None and last < first:
            raise forms.ValidationError("The period ends before it begins. Change one of the days.")
        return last

    def period(self) -> Period:
        told = self.cleaned_data
        return Period(told["first_day"], told["last_day"], told["category"])


class EventForm(forms.Form):
    """What happened outside, and when."""

    label = forms.CharField(
        label="What happened",
        max_length=80,
        help_text="A few words, as they stand on the axis: Schools close.",
        error_messages={"required": "Say what happened."},
    )
    first_day = forms.DateField(
        label="On",
        error_messages={"required": "Write a day.", "invalid": "Write a day such as 31 1 2027."},
        widget=forms.SelectDateWidget,
    )
    last_day = forms.DateField(
        label="Until",
        required=False,
        error_messages={"invalid": "Write a day such as 31 1 2027."},
        widget=forms.SelectDateWidget,
    )

    def clean_last_day(self) -> date | None:
        last: date | None = self.cleaned_data["last_day"]
        first = self.cleaned_data.get("first_day")
        if last is not None and first is not None and last < first:
            raise forms.ValidationError("The event ends before it begins. Change one of the days.")
        return last


class WeightsForm(forms.Form):
    """What to weight by, and how heavy one person may become."""

    by = forms.MultipleChoiceField(
        label="Weight by",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one, or do not weight."},
    )
    trim = forms.ChoiceField(
        label="How much may one answer count?",
        help_text="A cap keeps a few people from speaking for many.",
        choices=[
            ("3", "up to 3 times the mean"),
            (f"{USUAL_TRIM:g}", f"up to {USUAL_TRIM:g} times the mean"),
            (NO_CAP, "without limit"),
        ],
        error_messages={"required": "Say how much one answer may count."},
        widget=forms.RadioSelect,
        initial=f"{USUAL_TRIM:g}",
    )

    def __init__(self, *args: Any, variables: Sequence[Variable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].choices = [(one.name, one.label) for one in variables]  # type: ignore[attr-defined]

    def cap(self) -> float | None:
        """The cap in mean weights; None without one."""
        told = self.cleaned_data["trim"]
        return None if told == NO_CAP else float(told)
