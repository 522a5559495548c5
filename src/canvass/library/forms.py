"""Filters of the library, kept in the address."""

from django import forms
from django.http import QueryDict

from canvass.library.searching import LONGEST


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        required=False,
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": "Write the day as 18/01/2022."},
    )


class SearchForm(forms.Form):
    """Words, category and dates. Blank fields ask for nothing."""

    q = forms.CharField(
        required=False, max_length=LONGEST, label="Words", widget=forms.TextInput(attrs={"type": "search"})
    )
    first = _day("Asked from")
    last = _day("Asked until")

    def __init__(self, typed: QueryDict, *, categories: list[tuple[str, str]]) -> None:
        super().__init__(typed)
        choices = [("", "All categories"), *categories]
        self.fields["category"] = forms.ChoiceField(required=False, label="Category", choices=choices)
        self.order_fields(["q", "category", "first", "last"])
        self.use_required_attribute = False

    def clean_q(self) -> str:
        words: str = self.cleaned_data["q"]
        return words.replace("\x00", "")

    def clean(self) -> None:
        first, last = (self.cleaned_data.get(name) for name in ("first", "last"))
        if first and last and last < first:
            self.add_error("last", "Write the same day as in “Asked from”, or a later one.")
