"""The panel's own names, for the search for names in answers. Which member has one is not told, and they are
shown to nobody: whoever masks sees words of the answer, and not why they were found."""

from datetime import datetime

from django.db.models import Count, Max

from canvass.panel.models import Address
from canvass.team.models import Panel
from canvass.words import identifying

type Held = tuple[int, int | None, datetime | None]  # how many addresses, the newest, the newest change


def own_names(panel: Panel) -> frozenset[str]:
    """Words of the members' addresses that can be names, in small letters and in no order."""
    held = Address.objects.filter(panel_id=panel.pk)
    return identifying.own_names(address.address for address in held.iterator())


def held(panel: Panel) -> Held:
    """Changes whenever the panel's names could."""
    found = Address.objects.filter(panel_id=panel.pk).aggregate(
        many=Count("pk"), newest=Max("pk"), changed=Max("changed_at")
    )
    return found["many"], found["newest"], found["changed"]
