"""Forms of sign-up, of the member's page and of the panel's desk."""

from collections.abc import Sequence
from typing import Any

from django import forms

from canvass.panel import addresses
from canvass.panel.models import ProfileField, Workforce
from canvass.panel.refusals import PanelRefusal
from canvass.panel.services.panels import Option

PROFILE = "profile_"  # before a profile field's name, so that a field called "address" is no clash


class AddressForm(forms.Form):
    address = forms.CharField(
        label="Your e-mail address",
        max_length=254,
        error_messages={"required": "Write your e-mail address."},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def clean_address(self) -> str:
        """Said together with what else is missing, not after it."""
        try:
            return addresses.checked(self.cleaned_data["address"])
        except PanelRefusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class NewAddressForm(AddressForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].label = "Your new e-mail address"


class ProfileForm(forms.Form):
    """What the panel asks of its members: a choice each, none of them required."""

    def __init__(self, *args: Any, profile_fields: Sequence[ProfileField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in profile_fields:
            choices = [("", "Rather not say"), *((option, option) for option in field.options)]
            self.fields[PROFILE + field.name] = forms.ChoiceField(
                label=field.label, choices=choices, required=False
            )

    @staticmethod
    def initial_of(profile: dict[str, str]) -> dict[str, str]:
        return {PROFILE + name: value for name, value in profile.items()}

    def profile(self) -> dict[str, str]:
        """The profile as the services take it."""
        return {
            name.removeprefix(PROFILE): value
            for name, value in self.cleaned_data.items()
            if name.startswith(PROFILE)
        }


class SignUpForm(AddressForm, ProfileForm):
    membership = forms.BooleanField(
        label="I agree to this",
        error_messages={"required": "Tick the box if you agree; without it we cannot sign you up."},
    )
    linking = forms.BooleanField(label="I agree to this as well", required=False)

    def own_fields(self) -> list[forms.BoundField]:
        """Address and profile, which stand before the consents."""
        return [bound for bound in self if bound.name not in ("membership", "linking")]


class PauseForm(forms.Form):
    until = forms.DateField(
        label="Pause until",
        help_text="On that day we begin to mail you again.",
        error_messages={"required": "Write a day.", "invalid": "Write a day such as 31 1 2027."},
        widget=forms.SelectDateWidget,
    )


class LeaveForm(forms.Form):
    """Nothing is chosen beforehand, so a mail scanner that sends the form as it is changes nothing."""

    choice = forms.ChoiceField(
        label="What would you like?",
        choices=[
            ("leave", "Leave the panel: no more mail, and my address is forgotten after 14 days"),
            ("pause", "Stay, but no mail for three months"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )


class NoLongerForm(forms.Form):
    """Nothing is chosen beforehand here either."""

    choice = forms.ChoiceField(
        label="What would you like?",
        choices=[
            ("lapse", "Keep my place without polls: no more mail, and my address and details stay held"),
            ("leave", "Leave the panel: no more mail, and my address is forgotten after 14 days"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )


class LinkingForm(forms.Form):
    linked = forms.ChoiceField(
        label="May your answers be connected over polls that say so?",
        choices=[("yes", "Yes, connect them"), ("no", "No, keep each poll apart")],
        widget=forms.RadioSelect,
    )


class EraseForm(forms.Form):
    sure = forms.BooleanField(
        label="Yes, erase what is held about me",
        error_messages={"required": "Tick the box to erase. It cannot be undone."},
    )


class WordingForm(forms.Form):
    text = forms.CharField(
        label="New wording",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
        error_messages={"required": "Write what members agree to."},
    )


class FieldForm(forms.Form):
    label = forms.CharField(
        label="What is asked",
        max_length=80,
        error_messages={"required": "Write what the field asks for."},
    )
    options = forms.CharField(
        label="Options",
        help_text="One a line. A wider group may stand after a bar: London | South. Figures can be shown by "
        "these groups where the options are small.",
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        max_length=10_000,
        error_messages={"required": "Write two options or more, one a line."},
    )

    @staticmethod
    def initial_of(field: ProfileField) -> dict[str, str]:
        lines = (
            f"{option} | {field.groups[option]}" if option in field.groups else option
            for option in field.options
        )
        return {"label": field.label, "options": "\n".join(lines)}

    def chosen(self) -> list[Option]:
        """Label and group of each line that is not empty."""
        parts = (line.partition("|") for line in self.cleaned_data["options"].splitlines() if line.strip())
        return [Option(label.strip(), group.strip()) for label, _bar, group in parts]


class UploadForm(forms.Form):
    file = forms.FileField(
        label="CSV or Excel file",
        help_text="Days are written as 2026-01-31. A source is a short code: spring-conference.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose another."},
    )
    basis = forms.CharField(
        label="How did these people agree to join?",
        help_text="Kept with each record, such as: signed a paper form at the spring conference 2026.",
        max_length=200,
        error_messages={
            "required": "Say how these people agreed. Without their consent they cannot be imported."
        },
    )


class WorkforceForm(forms.Form):
    source = forms.CharField(
        label="Which table are the numbers from?",
        help_text="As you would cite it, with its year: Children’s social work workforce, 2022.",
        max_length=200,
        error_messages={"required": "Say which table the numbers are from, and of which year."},
    )
    address = forms.URLField(
        label="Its address on the web",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Write an address such as https://example.org/table."},
    )


class WorkforceFileForm(WorkforceForm):
    file = forms.FileField(
        label="CSV or Excel file",
        help_text="A row for each category, in columns variable, category, and share or people.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose another."},
    )
    field_order = ["file", "source", "address"]


class TypedWorkforceForm(WorkforceForm):
    """A number for each option of each profile field; none is required."""

    numbers = forms.ChoiceField(
        label="The numbers are",
        choices=[("per_cents", "per cents, which add up to 100"), ("people", "head counts")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the numbers are per cents or head counts."},
    )

    def __init__(self, *args: Any, profile_fields: Sequence[ProfileField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in profile_fields:
            for place, option in enumerate(field.options):
                self.fields[f"{PROFILE}{field.name}_{place}"] = forms.CharField(
                    label=f"{field.label}: {option}",
                    required=False,
                    max_length=20,
                    widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input"}),
                )

    @staticmethod
    def initial_of(held: Workforce | None, profile_fields: Sequence[ProfileField]) -> dict[str, str]:
        """What is in force, as per cents."""
        if held is None:
            return {"numbers": "per_cents"}
        shares = {
            f"{PROFILE}{field.name}_{place}": f"{100 * held.shares[field.name][option]:.6g}"
            for field in profile_fields
            for place, option in enumerate(field.options)
            if option in held.shares.get(field.name, {})
        }
        return {"source": held.source, "address": held.address, "numbers": "per_cents"} | shares

    def rows(self, profile_fields: Sequence[ProfileField]) -> list[tuple[ProfileField, list[Any]]]:
        """Each profile field with its options and their inputs."""
        return [
            (
                field,
                [
                    (option, self[f"{PROFILE}{field.name}_{place}"])
                    for place, option in enumerate(field.options)
                ],
            )
            for field in profile_fields
        ]

    def typed(self, profile_fields: Sequence[ProfileField]) -> dict[str, dict[str, str]]:
        """What was typed, by profile field and option."""
        return {
            field.name: {
                option: self.cleaned_data[f"{PROFILE}{field.name}_{place}"]
                for place, option in enumerate(field.options)
            }
            for field in profile_fields
        }
