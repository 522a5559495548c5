"""Forms of the team's pages."""

from django import forms

from canvass.team.access import Role
from canvass.team.queries import ROLE_TEXTS

ROLE_CHOICES = [(role.value, f"{label}: {what}") for role, (label, what) in ROLE_TEXTS.items()]


class LogInForm(forms.Form):
    email = forms.CharField(
        label="E-mail address",
        max_length=254,
        error_messages={"required": "Write your e-mail address."},
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1000,
        error_messages={"required": "Write your password."},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    password = forms.CharField(
        label="New password",
        strip=False,
        max_length=1000,
        help_text="At least 12 characters. Three or four unrelated words make a good one.",
        error_messages={"required": "Write a password."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role."},
    )

    def chosen(self) -> list[Role]:
        return [Role(value) for value in self.cleaned_data["roles"]]


class InviteForm(RolesForm):
    email = forms.CharField(
        label="E-mail address", max_length=254, error_messages={"required": "Write their e-mail address."}
    )
    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Write their name."})
    field_order = ["name", "email", "roles"]


class SettingsForm(forms.Form):
    name = forms.CharField(
        label="Name of the panel",
        max_length=120,
        error_messages={"required": "Write a name for the panel."},
    )
    people = forms.CharField(
        label="What its members are called",
        max_length=60,
        help_text="In the plural, as it stands in sentences: social workers.",
        error_messages={"required": "Write what the members are called."},
    )
    source = forms.CharField(
        label="Source line of figures",
        max_length=120,
        required=False,
        help_text="Stands under each figure. Left empty, it is the panel's name.",
    )
    time_zone = forms.CharField(
        label="Time zone",
        max_length=60,
        help_text="Such as Europe/London. Polls open and close by it.",
        error_messages={"required": "Write a time zone such as Europe/London."},
    )
    asks_yearly = forms.BooleanField(
        label="Ask members once a year whether they still work in this profession",
        help_text="By one mail a year and on their own page. Who does not answer stays registered.",
        required=False,
    )
