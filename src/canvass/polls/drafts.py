"""Writing a poll: starting one, saving its text, keeping what is typed, adding pictures."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from canvass import instrument
from canvass.instrument import MAX_CHARS, PollFileError
from canvass.polls import pictures, starting, windows
from canvass.polls.models import Poll, SavedText, WorkingText
from canvass.polls.reading import SLUG, Reading, columns, missing_pictures, read
from canvass.polls.states import PollRefused, State
from canvass.team import audit
from canvass.team.audit import Actor
from canvass.team.models import Panel, Staff


def picture_folder(poll: Poll) -> Path:
    return pictures.folder(settings.DATA.pictures, poll.panel.slug, poll.slug)


def reading_of(poll: Poll, text: str | None = None) -> Reading:
    """The poll's text, or another text in its place, as read."""
    return read(
        poll.text if text is None else text,
        slug=poll.slug,
        zone=poll.panel.time_zone,
        pictures=pictures.names(picture_folder(poll)),
    )


def create(
    panel: Panel,
    *,
    slug: str,
    title: str,
    text: str,
    by: Actor,
    now: datetime,
    shown: Mapping[str, bytes] | None = None,
) -> Poll:
    """Start a poll as a draft, with faults or without. `shown` are its pictures. Raises PollRefused."""
    _refuse_long(text)
    if not SLUG.fullmatch(slug):
        raise PollRefused(
            f'"{slug}" cannot be a poll\'s address. Use a-z, 0-9 and hyphens, at most 100 of them.'
        )
    poll = Poll(panel=panel, slug=slug, title=title, text=text, created_at=now, changed_at=now)
    with transaction.atomic():
        _insert(poll)
        pictures.keep(picture_folder(poll), shown or {})
        _read_into(poll, reading_of(poll))
        poll.save()
        audit.record("poll.created", slug, panel=panel, by=by, now=now, faults=poll.faults)
    return poll


def copy(source: Poll, *, slug: str, title: str, by: Actor, now: datetime) -> Poll:
    """Start a draft from an earlier poll's text and pictures, without its dates. Raises PollRefused."""
    home = picture_folder(source)
    shown = {name: (home / name).read_bytes() for name in pictures.names(home)}
    text = starting.copied(source.text, slug=slug, title=title)
    return create(source.panel, slug=slug, title=title, text=text, by=by, now=now, shown=shown)


def save_text(poll: Poll, text: str, *, revision: int, by: Actor, now: datetime) -> Poll:
    """Make this the draft's text, faults and all; the text it replaces is kept. Raises PollRefused.

    `revision` is the saved text that the author began from: two editors never overwrite each other unseen.
    """
    _refuse_long(text)
    _refuse_unless_draft(poll)
    if text == poll.text:
        return poll
    with transaction.atomic():
        before = Poll.objects.select_for_update().get(pk=poll.pk)
        if before.revision != revision or before.state != State.DRAFT:
            raise PollRefused(
                "Somebody else has saved or moved this poll since you opened it. Your text is kept here as "
                "unsaved; compare it with the saved one, then save again."
            )
        SavedText.objects.create(
            panel=before.panel,
            poll=before,
            revision=revision,
            text=before.text,
            faults=before.faults,
            replaced_at=now,
        )
        after = before
        after.text, after.revision, after.changed_at = text, revision + 1, now
        _read_into(after, reading_of(after))
        after.save()
        audit.record("poll.text_saved", poll.slug, panel=poll.panel, by=by, now=now, faults=after.faults)
    return after


def restore(poll: Poll, revision: int, *, by: Actor, now: datetime) -> Poll:
    """Make an earlier text the draft's text again; the present one joins the earlier ones."""
    earlier = SavedText.objects.filter(poll=poll, revision=revision).first()
    if earlier is None:
        raise PollRefused("There is no such earlier text. Choose one from the list.")
    return save_text(poll, earlier.text, revision=poll.revision, by=by, now=now)


def keep_working(poll: Poll, staff: Staff, text: str, *, revision: int, now: datetime) -> None:
    """Keep what an author has typed, so that the preview can show it and a closed window loses nothing.

    A scratch page of one person, not a change of the poll: no audit entry.
    """
    _refuse_long(text)
    WorkingText.objects.update_or_create(
        poll=poll, staff=staff, defaults={"panel": poll.panel, "text": text, "revision": revision, "at": now}
    )


def discard_working(poll: Poll, staff: Staff) -> None:
    WorkingText.objects.filter(poll=poll, staff=staff).delete()


def add_pictures(poll: Poll, shown: Mapping[str, bytes], *, by: Actor, now: datetime) -> Poll:
    """Add pictures to a draft, or replace them, and read its text anew. Raises PollRefused."""
    _refuse_unless_draft(poll)
    with transaction.atomic():
        draft = Poll.objects.select_for_update().get(pk=poll.pk, state=State.DRAFT)
        pictures.keep(picture_folder(draft), shown)
        _read_into(draft, reading_of(draft))
        draft.changed_at = now
        draft.save()
        audit.record("poll.pictures_added", poll.slug, panel=poll.panel, by=by, now=now, names=sorted(shown))
    return draft


def load(panel: Panel, text: str, *, slug: str, by: Actor, now: datetime, shown: Mapping[str, bytes]) -> Poll:
    """Load a poll's text, faults and all: a new draft, or the new text of the draft of that address.

    Raises PollRefused.
    """
    poll = Poll.objects.filter(slug=slug).select_related("panel").first()
    if poll is None:
        return create(panel, slug=slug, title=slug, text=text, by=by, now=now, shown=shown)
    if poll.panel_id != panel.pk:
        raise _taken(slug)
    with transaction.atomic():
        if shown:
            poll = add_pictures(poll, shown, by=by, now=now)
        return save_text(poll, text, revision=poll.revision, by=by, now=now)


def load_file(
    panel: Panel, text: str, *, name: str, by: Actor, now: datetime, shown: Mapping[str, bytes]
) -> Poll:
    """Load a poll file if it has no faults. Raises PollRefused, and PollFileError with `name` and lines."""
    found = instrument.load(text, name=name, zone=panel.time_zone)
    home = pictures.folder(settings.DATA.pictures, panel.slug, found.slug)
    faults = tuple(missing_pictures(text, found, {*pictures.names(home), *shown}))
    if faults:
        raise PollFileError(name, faults)
    return load(panel, text, slug=found.slug, by=by, now=now, shown=shown)


def _insert(poll: Poll) -> None:
    try:
        with transaction.atomic():
            poll.save(force_insert=True)
    except IntegrityError as error:
        raise _taken(poll.slug) from error


def _taken(slug: str) -> PollRefused:
    return PollRefused(f"There is already a poll with the address {slug}. Choose another.")


def _read_into(poll: Poll, reading: Reading) -> None:
    """Bring the columns in line with the text; where it is no poll they keep what they were."""
    poll.faults = len(reading.faults)
    for name, value in columns(reading.instrument).items() if reading.instrument else ():
        setattr(poll, name, value)


def _refuse_unless_draft(poll: Poll) -> None:
    state = poll.state if poll.state != State.DRAFT else windows.state_of(windows.window_of(poll))
    if state == State.SCHEDULED:
        raise PollRefused(f"{poll.slug} is scheduled. Take it back to draft to change it.")
    if state == State.OPEN:
        raise PollRefused(
            f"{poll.slug} is open: only its wording can be mended now (canvass poll load --mend)."
        )
    if state != State.DRAFT:
        raise PollRefused(
            f"{poll.slug} is {state}, so its questions can no longer change. Copy it into a new poll."
        )


def _refuse_long(text: str) -> None:
    if len(text) > MAX_CHARS:
        raise PollRefused(f"The text has {len(text):,} characters; a poll may have at most {MAX_CHARS:,}.")
    if "\x00" in text:
        raise PollRefused(
            "The text has a NUL character in it, so it is not plain text. Save it as UTF-8 text."
        )
