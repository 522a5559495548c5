"""What members agree to: the first wording of a new panel, and the one in force."""

from canvass.panel.models import ConsentWording
from canvass.team.models import Panel

MEMBERSHIP, LINKING = "membership", "linking"

FIRST_WORDINGS = {
    MEMBERSHIP: (
        "I agree to join this panel. You may keep my e-mail address and the details I give, and mail me "
        "polls and results. Answering is always my choice. I can pause or leave at any time by a link in "
        "every mail, and ask for what is held about me to be erased."
    ),
    LINKING: (
        "In polls that say so, you may connect my answers with my answers to earlier polls, so that "
        "change over time can be studied. My name and address are never stored with them. I can end this "
        "at any time."
    ),
}


def in_force(panel: Panel, kind: str) -> ConsentWording:
    """The newest wording of this kind."""
    return ConsentWording.objects.filter(panel=panel, kind=kind).order_by("-version")[0]
