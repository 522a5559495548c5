"""What the team and the members do with mail: plan, begin, remind, test, ask for a link."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from canvass.fieldwork import answers_link, invitations, keys_dying, letters, outbox
from canvass.fieldwork.invitations import Words
from canvass.fieldwork.links import LinkKeys, make_link, rotate
from canvass.fieldwork.mail_message import header_address, template
from canvass.fieldwork.mailings import Mailing, Round
from canvass.fieldwork.models import Participation
from canvass.fieldwork.smtp import Courier, Fate, Server, ServerUnset, Unreachable
from canvass.instrument import Confidentiality, Instrument
from canvass.panel import profiles
from canvass.panel.services import joining
from canvass.panel.states import State as Standing
from canvass.polls import services as polls
from canvass.polls.models import Poll
from canvass.polls.states import State
from canvass.team import audit, limits
from canvass.team.audit import Actor
from canvass.team.models import Staff

type Part = Mapping[str, Sequence[str]]
BEFORE = (State.DRAFT, State.SCHEDULED)


class MailingRefused(Exception):
    """A sentence for the team: why this mail cannot be sent or planned, and what to do."""


class MomentRefused(MailingRefused):
    """It is the chosen moment that cannot be."""


class MailNotSent(Exception):
    """A sentence for the team: what the mail server said."""


def invite(poll: Poll, part: Part, *, on_opening: bool, by: Actor, now: datetime) -> Mailing:
    """Mail the poll to all who can be mailed, or to those in a part of the panel: now, or when it opens.

    part: profile field -> options. Members already mailed are never mailed the same round again, so a
    further part may follow. Raises MailingRefused.
    """
    _refuse_collected_elsewhere(poll)
    if on_opening and poll.state not in BEFORE:
        raise MailingRefused("The poll has opened already. Send the invitations now.")
    if not on_opening and poll.state != State.OPEN:
        raise MailingRefused(
            f"The poll is {poll.state}. Invitations go out while it is open; plan them for its opening."
        )
    checked = _checked_part(poll, part)
    Mailing.objects.filter(poll=poll, round=Round.INVITATION, begun_at=None).delete()
    mailing = _plan(poll, Round.INVITATION, checked, None if on_opening else now, by=by, now=now)
    return mailing if on_opening else _begin(mailing, by=by, now=now)


def remind(poll: Poll, *, at: datetime | None, by: Actor, now: datetime) -> Mailing:
    """Remind those who were invited and have not answered, once a poll: now (at=None), or at a moment
    before it closes. Raises MailingRefused."""
    _refuse_collected_elsewhere(poll)
    if poll.state not in (*BEFORE, State.OPEN):
        raise MailingRefused(f"The poll is {poll.state}, so nobody can answer any more.")
    if at is None and poll.state != State.OPEN:
        raise MailingRefused("The poll is not open yet. Choose a moment while it is open.")
    if at is not None:
        _refuse_outside(poll, at, now)
    if Mailing.objects.filter(poll=poll, round=Round.REMINDER).exclude(begun_at=None).exists():
        raise MailingRefused("The one reminder of this poll has gone out already.")
    Mailing.objects.filter(poll=poll, round=Round.REMINDER, begun_at=None).delete()
    mailing = _plan(poll, Round.REMINDER, {}, at or now, by=by, now=now)
    return mailing if at else _begin(mailing, by=by, now=now)


def drop_plan(mailing: Mailing, *, by: Actor, now: datetime) -> None:
    """Take back a mailing that has not begun. Raises MailingRefused."""
    with transaction.atomic():
        gone, _by_table = Mailing.objects.filter(pk=mailing.pk, begun_at=None).delete()
        if not gone:
            raise MailingRefused("This mailing has begun already and cannot be taken back.")
        audit.record(
            "mailing.dropped", mailing.poll.slug, panel=mailing.panel, by=by, now=now, round=mailing.round
        )


def begin_due(*, by: Actor, now: datetime) -> int:
    """Begin every planned mailing whose poll is open and whose time has come; how many."""
    waiting = Mailing.objects.filter(begun_at=None, poll__state=State.OPEN).exclude(at__gt=now)
    due = list(waiting.select_related("poll", "panel").order_by("pk"))
    for mailing in due:
        _begin(mailing, by=by, now=now)
    return len(due)


def send_test(
    poll: Poll, questions: Instrument, to: Staff, words: Words, *, by: Actor, now: datetime
) -> None:
    """Send the invitation to one of the team, at once. Raises MailNotSent, MailingRefused."""
    if not settings.SMTP_URL:
        raise MailingRefused("No mail server is set, so nothing was sent. The mail is shown below.")
    made = template(
        sender=(poll.panel.name, settings.MAIL_FROM),
        dated=now,
        subject=f"Test: {words.subject}",
        text=words.text,
        html=words.html,
        headers={"Auto-Submitted": "auto-generated"},
        key=f"test {poll.pk}",
    )
    recipient = header_address(to.email)
    name = invitations.message_id(f"test {poll.pk} {to.pk} {now.timestamp()}")
    _deliver(recipient, made.filled({"to": recipient, "message_id": name}))
    audit.record("mailing.tested", poll.slug, panel=poll.panel, by=by, now=now, items=len(questions.items))


def mail_answers_link(poll: Poll, member: str, *, by: Actor, now: datetime) -> None:
    """Mail a member who has finished a link that shows their answers for 15 minutes. Anybody else gets
    nothing, and the page answers the same; so does everybody once nobody can find the answers."""
    finished = Participation.objects.filter(poll=poll.pk, member=member, finished__isnull=False)
    if poll.confidentiality == Confidentiality.ANONYMOUS or not finished.exists():
        return
    if not keys_dying.can_be_found(poll, member, now=now):
        return
    if not limits.allow(limits.ANSWERS_LINK, f"{poll.pk} {member}", now=now):
        return
    keys = LinkKeys(settings.KEYS)
    address = f"{settings.BASE_URL}/b/{answers_link.make(keys, poll.pk, member, now=int(now.timestamp()))}"
    letters.bring_answers_link(poll, member, address, now=now)
    audit.record("ballot.link_mailed", poll.slug, panel=poll.panel, by=by, now=now)


def mail_ballot_link(poll: Poll, address: str, *, network: str, by: Actor, now: datetime) -> None:
    """Mail a member their link to an open poll again. An address that is nobody's gets nothing; the page
    answers the same. Raises PanelRefusal for what is no address, TooManySignUps for one network."""
    member = joining.find_asking(poll.panel, address, network=network, now=now)
    if member is None or member.state != Standing.ACTIVE or poll.state != State.OPEN:
        return
    link = f"{settings.BASE_URL}/b/{make_link(LinkKeys(settings.KEYS), poll.pk, member.key)}"
    letters.bring_ballot_link(poll, member.key, link, now=now)
    audit.record("ballot.link_mailed", poll.slug, panel=poll.panel, by=by, now=now)


def revoke_links(poll: Poll, *, by: Actor, now: datetime) -> None:
    """End every link to this poll that was made so far; mails from now on carry new ones. Answers stay.

    Raises PollRefused where the poll is neither scheduled nor open.
    """
    polls.revoke_links(poll, older_than=rotate(LinkKeys(settings.KEYS)), by=by, now=now)


def _plan(poll: Poll, round_: Round, part: Part, at: datetime | None, *, by: Actor, now: datetime) -> Mailing:
    try:
        with transaction.atomic():
            mailing = Mailing.objects.create(
                panel=poll.panel, poll=poll, round=round_, part=dict(part), at=at, planned_at=now
            )
            audit.record(
                "mailing.planned", poll.slug, panel=poll.panel, by=by, now=now, round=int(round_), part=part
            )
    except IntegrityError as error:
        raise MailingRefused("Somebody else has just planned this mailing. Look at it again.") from error
    return mailing


def _begin(mailing: Mailing, *, by: Actor, now: datetime) -> Mailing:
    """Fill the outbox, then say so in the desk. After a crash between the two the pump does both again,
    which changes nothing in the outbox."""
    queued = outbox.fill(
        mailing.panel_id, mailing.poll_id, mailing.round, mailing.part, now=int(now.timestamp())
    )
    with transaction.atomic():
        if Mailing.objects.filter(pk=mailing.pk, begun_at=None).update(begun_at=now, queued=queued):
            audit.record(
                "mailing.begun",
                mailing.poll.slug,
                panel=mailing.panel,
                by=by,
                now=now,
                round=mailing.round,
                queued=queued,
            )
    mailing.refresh_from_db()
    return mailing


def _checked_part(poll: Poll, part: Part) -> dict[str, list[str]]:
    """The chosen part without what the panel does not ask. Raises MailingRefused."""
    fields = {field.name: field for field in profiles.fields_of(poll.panel)}
    for name, options in part.items():
        known = fields.get(name)
        if known is None or not set(options) <= {*known.options, ""}:
            raise MailingRefused("This part of the panel is no longer as it was. Choose it again.")
    return {name: list(options) for name, options in part.items() if options}


def _refuse_collected_elsewhere(poll: Poll) -> None:
    if poll.collected_elsewhere:
        raise MailingRefused("The answers to this poll are imported, so it has no links to mail.")


def _refuse_outside(poll: Poll, at: datetime, now: datetime) -> None:
    if at <= now:
        raise MomentRefused("Choose a moment that is still to come.")
    if (poll.opens_at and at <= poll.opens_at) or (poll.closes_at and at >= poll.closes_at):
        raise MomentRefused("Choose a moment while the poll is open.")


def _deliver(recipient: str, mail: bytes) -> None:
    """Give one mail to the server. Raises MailNotSent."""
    try:
        with Courier(Server.read(settings.SMTP_URL)) as courier:
            reply = courier.send(settings.MAIL_FROM, recipient, mail)
    except (ServerUnset, Unreachable) as fault:
        raise MailNotSent(str(fault)) from fault
    if reply.fate is not Fate.ACCEPTED:
        raise MailNotSent(f"The mail server did not take the mail. It said: {reply.text}")
