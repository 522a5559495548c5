"""Filters of the library, kept in the address."""

from django import forms

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
    category = forms.ChoiceField(required=False, label="Category")
    first = _day("Asked from")
    last = _day("Asked until")

    def __init__(self, *args: object, categories: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["category"].choices = [("", "All categories"), *categories]  # type: ignore[attr-defined]
        self.use_required_attribute = False

    def clean_q(self) -> str:
        words: str = self.cleaned_data["q"]
        return words.replace("\x00", "")
