"""Profiles: what a panel asks of its members, and whether an answer is one of its options."""

from collections.abc import Iterable, Mapping

from canvass.panel.models import Member, ProfileField
from canvass.panel.refusals import PanelRefusal
from canvass.team.models import Panel

REGIONS = {
    "North East": "North of England",
    "North West": "North of England",
    "Yorkshire and the Humber": "North of England",
    "East Midlands": "Midlands and East",
    "West Midlands": "Midlands and East",
    "East of England": "Midlands and East",
    "London": "London and South East",
    "South East": "London and South East",
    "South West": "South West",
    "Scotland": "Scotland, Wales and Northern Ireland",
    "Wales": "Scotland, Wales and Northern Ireland",
    "Northern Ireland": "Scotland, Wales and Northern Ireland",
}
DEFAULT_FIELDS: tuple[tuple[str, str, Iterable[str], Mapping[str, str]], ...] = (
    ("role", "Role", ("Practitioner", "Senior practitioner", "Manager", "Educator or researcher"), {}),
    (
        "organisation_type",
        "Type of organisation",
        ("Local government", "Health service", "Charity", "Company", "Agency", "Self-employed"),
        {},
    ),
    ("region", "Region", tuple(REGIONS), REGIONS),
    ("years", "Years in practice", ("Under 2", "2 to 5", "6 to 10", "11 to 20", "Over 20"), {}),
)


def fields_of(panel: Panel) -> list[ProfileField]:
    """What this panel asks, in the team's order."""
    return list(ProfileField.objects.filter(panel=panel))


def checked(profile: Mapping[str, str], fields: Iterable[ProfileField]) -> dict[str, str]:
    """The profile with its empty values left out. Raises PanelRefusal naming field and value."""
    known = {field.name: field for field in fields}
    kept = {name: value.strip() for name, value in profile.items() if value.strip()}
    for name, value in kept.items():
        if name not in known:
            raise PanelRefusal(f"This panel does not ask for {name!r}. Leave it out.", field=name)
        if value not in known[name].options:
            raise PanelRefusal(
                f"{value!r} is not an option of {known[name].label}. Choose one of: "
                f"{'; '.join(known[name].options)}.",
                field=name,
            )
    return kept


def told(member: Member) -> list[tuple[str, str]]:
    """What a member told us, field by field: label and option, empty where they did not say."""
    return [(field.label, member.profile.get(field.name, "")) for field in fields_of(member.panel)]
