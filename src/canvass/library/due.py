"""What members see after a vote, brought up to date where publishing stopped before it could."""

from canvass.library import handing_over
from canvass.team.models import Panel


def hand_over_all() -> None:
    """The pump that hands each panel's last results to its ballots."""
    for panel in Panel.objects.order_by("pk"):
        handing_over.hand_over(panel)
