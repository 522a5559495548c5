"""The built-in question bank: items whose wording, scale and identity are not the team's to change.

A bank item keeps its identity across polls, so that its answers make one series. Its version rises when its
source changes the wording; answers to different versions are not joined.
"""

from dataclasses import dataclass

from canvass.instrument.model import Kind, Scale


@dataclass(frozen=True, slots=True)
class Source:
    """Where the wording comes from and under which licence it may be used."""

    name: str
    address: str
    licence: str
    licence_address: str


@dataclass(frozen=True, slots=True)
class BankItem:
    """One question of the bank. `position` is its place in the harmonised order of its family."""

    id: str  # "ons4.satisfied"
    version: int
    position: int
    kind: Kind
    text: str
    scale: Scale
    source: Source

    @property
    def family(self) -> str:
        return self.id.partition(".")[0]


ONS_WELL_BEING = Source(
    name="Office for National Statistics, personal well-being (ONS4), harmonised questions",
    address="https://analysisfunction.civilservice.gov.uk/policy-store/personal-well-being/",
    licence="Open Government Licence v3.0",
    licence_address="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
)
_ONS_SCALE = Scale(0, 10, low="not at all", high="completely")
_ONS_QUESTIONS = {
    "satisfied": "Overall, how satisfied are you with your life nowadays?",
    "worthwhile": "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
    "happy": "Overall, how happy did you feel yesterday?",
    "anxious": (
        "On a scale where 0 is “not at all anxious” and 10 is “completely anxious”, "
        "overall, how anxious did you feel yesterday?"
    ),
}

BANK: dict[str, BankItem] = {
    f"ons4.{name}": BankItem(
        id=f"ons4.{name}",
        version=1,
        position=position,
        kind=Kind.RATING,
        text=text,
        scale=_ONS_SCALE,
        source=ONS_WELL_BEING,
    )
    for position, (name, text) in enumerate(_ONS_QUESTIONS.items())
}
