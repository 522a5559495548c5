"""From slips of the outbox to finished bytes and addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from canvass.fieldwork import invitations
from canvass.fieldwork.invitations import Invitation
from canvass.fieldwork.links import LinkKeys
from canvass.fieldwork.mail_message import AddressUnfit, header_address
from canvass.fieldwork.mailings import Mailing, Round
from canvass.fieldwork.outbox import Slip
from canvass.panel import queries as panels
from canvass.panel.models import Address
from canvass.polls import queries as polls
from canvass.polls.models import Poll


@dataclass(frozen=True, slots=True)
class Envelope:
    """One mail ready to go, or the reason why it cannot."""

    slip: Slip
    recipient: str = ""
    mail: bytes = b""
    fault: str = ""


class Envelopes:
    """The mails of one claim: each round is rendered once, addresses are read at once."""

    def __init__(self, slips: Sequence[Slip], *, now: datetime) -> None:
        self._now = now
        self._keys = LinkKeys(settings.KEYS)
        self._polls = Poll.objects.select_related("panel").in_bulk({slip.poll for slip in slips})
        self._invitations: dict[tuple[int, int], Invitation] = {}
        self._addresses: dict[str, Address] = {}
        for panel in {poll.panel for poll in self._polls.values()}:
            members = [slip.member for slip in slips if slip.panel == panel.pk]
            self._addresses |= panels.addresses_of(panel, members)

    def of(self, slips: Sequence[Slip]) -> list[Envelope]:
        return [self._envelope(slip) for slip in slips]

    def _envelope(self, slip: Slip) -> Envelope:
        held = self._addresses.get(slip.member)
        if held is None:
            return Envelope(slip, fault="no address")
        invitation = self._invitation(slip)
        # Links made before the address changed open nothing.
        made = max(invitation.dated, held.changed_at or invitation.dated)
        values = invitations.personal(slip.poll, slip.member, self._keys, now=made)
        try:
            mail = invitation.mail(slip.member, held.address, values)
            return Envelope(slip, header_address(held.address), mail)
        except AddressUnfit:
            return Envelope(slip, fault="the address cannot be written in a mail")

    def _invitation(self, slip: Slip) -> Invitation:
        place = slip.poll, slip.round
        if place not in self._invitations:
            poll = self._polls[slip.poll]
            self._invitations[place] = Invitation(
                poll, polls.instrument_of(poll), Round(slip.round), self._begun(slip)
            )
        return self._invitations[place]

    def _begun(self, slip: Slip) -> datetime:
        """When the round last began; a pump may be ahead of the desk, which writes it after the outbox."""
        begun = Mailing.objects.filter(
            panel=slip.panel, poll=slip.poll, round=slip.round, begun_at__isnull=False
        )
        return begun.order_by("-begun_at").values_list("begun_at", flat=True).first() or self._now
