"""What the example pages show: every component, empty, filled, long and faulty."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import SafeString

from canvass import figures
from canvass.instrument.faults import Fault
from canvass.tables.funnel import Funnel, ItemCount, Step
from canvass.web.navigation import Link

COMPONENTS = (
    "button", "field", "choice", "scale", "errors", "notice", "tag", "tabs", "table", "figure", "dialog",
    "empty", "progress", "toast", "editor", "stat", "sparkline", "funnel", "trail", "search", "summary",
    "copy",
)  # fmt: skip

POLL = """title: Working hours
items:
  - id: evenings
    text: How often do you work in the evening?
    kind: single_choice
    options: [Every week, Once a month, Never]
"""
LONG = "A very long answer that goes on, as answers of real people do, over the end of the line and on"


class Fields(forms.Form):
    name = forms.CharField(label="What is your name?", help_text="As you would like to be called.")
    email = forms.EmailField(label="E-mail address", help_text="We write to you once a fortnight.")
    team = forms.ChoiceField(
        label="Where do you work?",
        required=False,
        choices=[("", "Choose one"), ("c", "Council"), ("h", "Hospital")],
    )
    remarks = forms.CharField(
        label="Anything else?", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    opens = forms.DateField(
        label="Opens on",
        help_text="For example 18 1 2022.",
        widget=forms.SelectDateWidget(years=range(2022, 2026)),
    )
    answers = forms.FileField(label="File of answers", help_text="A CSV file of at most 20 MB.")


class Choices(forms.Form):
    hours = forms.ChoiceField(
        label="How frequently do you exceed your core working hours?",
        help_text="Choose one.",
        widget=forms.RadioSelect,
        choices=[("week", "Every week"), ("fortnight", "Once a fortnight"), ("long", LONG)],
    )
    why = forms.MultipleChoiceField(
        label="Why?",
        help_text="Select all that apply.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("cases", "Too many cases"), ("forms", "Too many forms"), ("none", "None of these")],
    )
    agree = forms.BooleanField(label="I agree that my answers are linked over polls")


class Scale(forms.Form):
    satisfied = forms.ChoiceField(
        label="Overall, how satisfied are you with your life nowadays?",
        help_text="Choose a number from 0 to 10.",
        widget=forms.RadioSelect,
        choices=[(n, n) for n in range(11)],
    )


class Editor(forms.Form):
    text = forms.CharField(label="Poll file", help_text="YAML.", widget=forms.Textarea(attrs={"rows": 12}))


FAULTS = [
    Fault(5, "evenings", "The kind “single_choice” is not known.", "Did you mean “single”?"),
    Fault(7, "", "The poll has one question.", "Ask at least two."),
]
STEPS = (Step("Mailed", 1237), Step("Opened", 168), Step("Answered a question", 135), Step("Finished", 129))
ASKED = (ItemCount(1, "How often do you work in the evening?", 168, 135), ItemCount(2, "Why?", 9, 7))
POLLS = [
    dict(zip(("title", "state", "opens", "answers", "share"), row, strict=True))
    for row in (
        ("Working hours", "published", "18 January 2022", 1135, 0.674),
        ("Supervision and the time it takes", "closed", "1 February 2022", 98, 0.109),
        ("Winter", "open", "15 February 2022", 7, 0.006),
        ("Fuel", "scheduled", "1 March 2022", None, None),
        (LONG, "draft", "–", None, None),
    )
]


def _funnel(steps: tuple[Step, ...], items: tuple[ItemCount, ...] = ()) -> SafeString:
    exhibit = figures.FunnelExhibit(
        funnel=Funnel("Working hours", steps, items),
        first_day=date(2022, 1, 18),
        last_day=date(2022, 2, 1),
        source="an example",
    )
    return SafeString(figures.figure(exhibit))


def context(names: Sequence[str]) -> dict[str, Any]:
    """What the examples of these components need."""
    return {
        "names": names,
        "whole": len(names) > 1,
        "all_names": COMPONENTS,
        "fields_empty": Fields(auto_id="empty_%s"),
        "fields_faulty": Fields({"email": "nobody at all"}, auto_id="faulty_%s"),
        "choices_empty": Choices(auto_id="plain_%s"),
        "choices_faulty": Choices({"hours": "", "why": ["cases"]}, auto_id="wrong_%s"),
        "scale_filled": Scale({"satisfied": "7"}, auto_id="filled_%s"),
        "scale_faulty": Scale({}, auto_id="unset_%s"),
        "editor": Editor(initial={"text": POLL}, auto_id="poll_%s"),
        "faults": FAULTS,
        "funnels": [_funnel(STEPS, ASKED), _funnel((Step("Mailed", 0), Step("Took part", 0)))],
        "polls": POLLS,
        "wellbeing": [6.9, 6.8, None, 7.0, 6.9, 7.1],
        "many": range(1, 61),
        "page": Paginator(range(240), 20).page(4),
        "tabs": [Link(label, f"#{label.lower()}", label == "Fieldwork") for label in
                 ("Questions", "Fieldwork", "Figures", "Words", "Report")],
        "crumbs": [Link("Polls", "/components/", False), Link("Working hours", "/components/", False)],
    }  # fmt: skip
