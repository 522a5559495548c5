"""The one form of the Figures tab."""

from django import forms

from canvass.analysis.services import LONGEST_TITLE


class TitleForm(forms.Form):
    """A figure's title in the team's words."""

    title = forms.CharField(
        required=False,
        max_length=LONGEST_TITLE,
        label="Title",
        help_text="Say the finding in one sentence. Leave it empty to use the drafted one.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
