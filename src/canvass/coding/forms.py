"""Forms of the words pages."""

from collections.abc import Sequence
from typing import Any

from django import forms

from canvass.coding.bench import ORDERS, STATES, Wanted
from canvass.coding.ledgers import Room
from canvass.coding.naming import typed
from canvass.words.study import COLOURS, MAIN, Act, Level, Node, StudyRefused, acts
from canvass.words.study.manners import LONGEST_NAME, LONGEST_TEXT

WORDS_AT_MOST = 200
NOT_LISTED = {"invalid_choice": "“%(value)s” is not there to be chosen. Choose from the list."}


class FilterForm(forms.Form):
    """What the workbench shows. Everything stands in the address."""

    q = forms.CharField(
        label="Search", required=False, max_length=WORDS_AT_MOST, widget=forms.TextInput({"data-key": "/"})
    )
    state = forms.ChoiceField(label="Answers", required=False, choices=list(STATES.items()))
    code = forms.ChoiceField(label="Code or theme", required=False)
    question = forms.ChoiceField(label="Question", required=False)
    profile = forms.ChoiceField(label="Who wrote", required=False)
    order = forms.ChoiceField(label="Order", required=False, choices=list(ORDERS.items()))

    def __init__(self, data: Any, room: Room, bands: Sequence[str]) -> None:
        super().__init__(data)
        nodes = sorted(
            room.state.nodes.values(), key=lambda node: (list(Level).index(node.level), node.name.casefold())
        )
        self._choose("code", [(node.id, f"{node.name} ({node.level.words})") for node in nodes])
        self._choose("profile", [(band, band) for band in bands])
        questions = room.reading.questions
        self._choose("question", [(name, one.item.text) for name, one in questions.items()])
        if len(questions) < 2:
            del self.fields["question"]
        if len({question.poll.pk for question in questions.values()}) < 2:
            self._choose("order", [("alike", ORDERS["alike"])], "As they lie")

    def _choose(self, name: str, choices: list[tuple[str, str]], otherwise: str = "All") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", otherwise), *choices]
        if not choices:
            del self.fields[name]

    def wanted(self, in_pass: str = MAIN) -> Wanted:
        """What was asked for; what is not a choice asks for nothing."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return Wanted(
            words=given.get("q", ""),
            state=given.get("state", ""),
            code=given.get("code", ""),
            question=given.get("question", ""),
            profile=given.get("profile", ""),
            order=given.get("order", ""),
            in_pass=in_pass,
        )


class StartForm(forms.Form):
    """A new study of questions of one poll."""

    title = forms.CharField(
        label="What is the study called?", help_text="For example: Why people work late", max_length=200
    )
    questions = forms.MultipleChoiceField(
        label="Which questions does it read?", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, asked: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        field = self.fields["questions"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(asked)


class NodeForm(forms.Form):
    """The words of a code or theme. What is not changed is not said again."""

    name = forms.CharField(label="Name", max_length=LONGEST_NAME)
    definition = forms.CharField(
        label="What it means", required=False, max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 3})
    )
    include = forms.CharField(
        label="Use it when", required=False, max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 2})
    )
    exclude = forms.CharField(
        label="Do not use it when",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 2}),
    )
    colour = forms.ChoiceField(
        label="Colour", required=False, choices=[("", "None"), *((one, one.capitalize()) for one in COLOURS)]
    )

    def __init__(self, data: Any, *, node: Node) -> None:
        self.node = node
        held = {name: getattr(node, name) for name in self.base_fields}
        super().__init__(data, initial=held)

    def act(self) -> Act:
        """Raises StudyRefused with the first fault."""
        if not self.is_valid():
            field, faults = next(iter(self.errors.items()))
            raise StudyRefused(f"{self.fields[field].label}: {faults[0]}")
        given = {name: value.replace("\r\n", "\n").strip() for name, value in self.cleaned_data.items()}
        given["name"] = typed(given["name"])
        changed = {name: value for name, value in given.items() if value != getattr(self.node, name)}
        if not changed:
            raise StudyRefused("Nothing was changed.")
        return acts.RewordNode(self.node.id, **changed)


class CompareForm(forms.Form):
    """Two coders and the sample that both are given."""

    first = forms.ChoiceField(label="First coder")
    second = forms.ChoiceField(label="Second coder")
    size = forms.IntegerField(
        label="How many answers?",
        help_text="Left empty: all of up to 65, else a fifth and at least 25.",
        min_value=1,
        max_value=5_000,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    seed = forms.IntegerField(
        label="Seed of the sample",
        help_text="With the same number anybody draws the same answers again.",
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )

    def __init__(self, data: Any, *, people: Sequence[tuple[str, str]], seed: int) -> None:
        super().__init__(data, initial={"seed": seed, "second": people[-1][0] if people else ""})
        for name in ("first", "second"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(people)


class CodebookFileForm(forms.Form):
    file = forms.FileField(
        label="Codebook or project",
        help_text="A .qdc or .qdpx of NVivo, ATLAS.ti, MAXQDA, QualCoder, Taguette or another program.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose another."},
    )


class AboutForm(forms.Form):
    title = forms.CharField(label="Title", max_length=200)
    contact = forms.EmailField(
        label="Who is told of a safeguarding concern?",
        help_text="Their e-mail address. They are sent a link to the study, and nothing that was written.",
        max_length=200,
        required=False,
    )


class NumbersForm(forms.Form):
    """By what the themes of one question are counted. Everything stands in the address."""

    level = forms.ChoiceField(label="Level", required=False, error_messages=NOT_LISTED)
    by = forms.ChoiceField(label="By groups of people", required=False, error_messages=NOT_LISTED)
    mean = forms.ChoiceField(label="Mean by theme", required=False, error_messages=NOT_LISTED)
    public = forms.BooleanField(label="Tables as the public may see them", required=False)

    def __init__(
        self,
        data: Any,
        *,
        levels: Sequence[Level],
        by: Sequence[tuple[str, str]],
        means: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        self._choose("level", [(level.value, f"{level.words.capitalize()}s") for level in levels])
        self._choose("by", [("", "Nothing"), *by])
        self._choose("mean", [("", "Nothing"), *means])
        if not means:
            del self.fields["mean"]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
