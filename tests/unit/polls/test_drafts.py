"""Writing a poll: drafts keep every text, faults and all, and pictures are pictures."""

import textwrap
from datetime import timedelta

import pytest
from django.conf import settings

from canvass.instrument import PollFileError
from canvass.polls import drafts, headlines, pictures, queries, services, starting
from canvass.polls.models import Poll, SavedText
from canvass.polls.states import PollRefused
from canvass.team.audit import HOST
from canvass.team.models import AuditEntry, Panel

from .conftest import NOON

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "ballots"])
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)
ITEMS = "items:\n  - {id: a, kind: text, text: What is it, picture: {file: a.png, alt: A}}\n"
SHOWN = "poll: signs\ntitle: Signs\ncategory: practice\n" + ITEMS


def save(poll: Poll, text: str) -> Poll:
    return drafts.save_text(poll, text, revision=poll.revision, by=HOST, now=NOON)


def test_a_faulty_text_is_saved_as_it_is_and_its_faults_are_counted(poll):
    saved = save(poll(), "poll: hours\ntitle: [")

    assert saved.text == "poll: hours\ntitle: ["
    assert saved.faults == 1
    assert saved.title == "Working hours"


def test_the_columns_follow_the_text(poll):
    draft = poll()

    saved = save(
        draft, draft.text.replace("category: practice", "category: research\nseries: winter\nsponsor: A fund")
    )

    assert (saved.category, saved.series, saved.sponsor) == ("research", "winter", "A fund")


def test_every_replaced_text_is_kept_and_can_be_brought_back(poll):
    first = poll()
    second = save(first, first.text + "# a note\n")

    back = drafts.restore(second, 1, by=HOST, now=NOON)

    assert back.text == first.text
    assert list(SavedText.objects.order_by("revision").values_list("text", flat=True)) == [
        first.text,
        second.text,
    ]


def test_the_address_of_a_poll_cannot_change_in_its_text(poll):
    draft = poll()

    saved = save(draft, draft.text.replace("poll: hours", "poll: ours"))

    found = drafts.reading_of(saved)
    assert (saved.faults, found.faults[0].line) == (1, 1)
    assert "Write poll: hours" in found.faults[0].remedy


@pytest.mark.parametrize("slug", ["", "Hours", "a_b", "-a", "a" * 101, "a/b", "a\n"])
def test_an_address_is_made_of_letters_digits_and_hyphens(panel, slug):
    with pytest.raises(PollRefused, match="cannot be a poll's address"):
        drafts.create(panel, slug=slug, title="T", text="", by=HOST, now=NOON)


def test_an_address_is_taken_in_the_whole_installation(poll):
    poll()
    other = Panel.objects.create(slug="other", name="Other", created_at=NOON)

    for verb in (drafts.create, drafts.load):
        more = {"title": "T"} if verb is drafts.create else {"shown": {}}
        with pytest.raises(PollRefused, match="already a poll with the address hours"):
            verb(other, slug="hours", text="", by=HOST, now=NOON, **more)


@pytest.mark.parametrize("state", ["scheduled", "open", "closed", "published", "withdrawn"])
def test_only_a_draft_takes_a_new_text_or_pictures(poll, state):
    made = poll(state=state)

    with pytest.raises(PollRefused):
        save(made, "poll: hours\n")
    with pytest.raises(PollRefused):
        drafts.add_pictures(made, {"a.png": PNG}, by=HOST, now=NOON)


def test_loading_a_file_makes_a_draft_and_loading_it_again_replaces_its_text(panel, picture_home):
    loaded = drafts.load_file(panel, SHOWN, name="signs.yaml", shown={"a.png": PNG}, by=HOST, now=NOON)
    again = drafts.load_file(
        panel, SHOWN.replace("Signs", "Symbols"), name="signs.yaml", shown={}, by=HOST, now=NOON
    )

    assert (loaded.title, again.title, again.faults) == ("Signs", "Symbols", 0)
    assert (picture_home / "workers" / "signs" / "a.png").read_bytes() == PNG


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("poll: signs", "poll: signs  # a-z and hyphens"),
        ("poll: signs", '"poll": "signs"'),
        ("poll: signs", "poll: >-\n  signs"),
        ("", "  "),
    ],
    ids=["a comment", "quotation marks", "on the next line", "indented"],
)
def test_a_poll_is_loaded_and_dated_however_its_keys_are_written(panel, picture_home, before, after):
    text = textwrap.indent(SHOWN, after) if not before else SHOWN.replace(before, after)
    loaded = drafts.load_file(panel, text, name="s.yaml", shown={"a.png": PNG}, by=HOST, now=NOON)

    opened = services.open_now(loaded, closes=NOON + timedelta(days=7), by=HOST, now=NOON)

    assert (opened.slug, opened.faults, opened.opens_at, opened.state) == ("signs", 0, NOON, "open")


def test_a_file_with_faults_or_without_its_pictures_is_not_loaded(panel, picture_home):
    for text, fault in (
        (SHOWN, "signs.yaml:5: item a: The picture a.png is not there."),
        ("poll: [", "signs.yaml:2: This is not readable"),
    ):
        with pytest.raises(PollFileError, match=fault):
            drafts.load_file(panel, text, name="signs.yaml", shown={}, by=HOST, now=NOON)

    assert not Poll.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.svg", b"<svg/>", "Drawings in SVG are not taken"),
        ("a.png", b"<script>", "not a PNG, JPEG, GIF or WebP"),
        ("a.jpg", PNG, "the content is image/png"),
        ("../a.png", PNG, "not a name for a picture"),
        (".a.png", PNG, "not a name for a picture"),
        ("a.png\n", PNG, "not a name for a picture"),
        ("a.png", PNG + bytes(pictures.MAX_BYTES), "make it smaller"),
    ],
)
def test_what_is_no_small_picture_is_refused_and_nothing_is_written(poll, name, content, sentence):
    draft = poll()

    with pytest.raises(PollRefused, match=sentence):
        drafts.add_pictures(draft, {"good.png": PNG, name: content}, by=HOST, now=NOON)

    assert pictures.names(drafts.picture_folder(draft)) == ()


def test_an_added_picture_mends_the_fault_of_its_absence(panel, picture_home):
    draft = drafts.create(panel, slug="signs", title="Signs", text=SHOWN, by=HOST, now=NOON)

    shown = drafts.add_pictures(draft, {"a.png": PNG}, by=HOST, now=NOON)

    assert (draft.faults, shown.faults) == (1, 0)


def test_a_copy_takes_text_and_pictures_but_no_dates(poll):
    dated = "poll: {slug}\ntitle: {title}\ncategory: practice\nopens: 2022-01-18T09:00\n"
    source = poll(text=dated + ITEMS)
    drafts.add_pictures(source, {"a.png": PNG}, by=HOST, now=NOON)

    made = drafts.copy(source, slug="again", title="Again: the hours", by=HOST, now=NOON)

    assert (made.title, made.faults, made.opens_at) == ("Again: the hours", 0, None)
    assert made.text.startswith('poll: again\ntitle: "Again: the hours"\ncategory')


def test_what_an_author_typed_is_kept_apart_from_the_draft(poll, ann):
    draft = poll()

    drafts.keep_working(draft, ann, "poll: [", revision=1, now=NOON)

    assert queries.working_text(draft, ann).text == "poll: ["
    assert queries.previewed(draft, ann) is None
    assert Poll.objects.get().text == draft.text


@pytest.mark.parametrize("start", starting.STARTS)
def test_every_start_with_every_skeleton_is_a_poll_without_faults(panel, start):
    text = starting.started(start, slug="new", title='Who says: "yes"?')
    for kind in [*starting.KINDS, *starting.KINDS]:
        text = starting.with_item(text, kind)

    made = drafts.create(panel, slug="new", title="New", text=text, by=HOST, now=NOON)

    assert (made.faults, made.title) == (0, 'Who says: "yes"?')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("poll: a\ntitle: T\n", "poll: b\ntitle: T\n"),
        ("poll: a", "poll: b\n"),
        ("title: T\npoll:\n  a\nitems: []\n", "title: T\npoll: b\nitems: []\n"),
        ("title: T\n", "poll: b\ntitle: T\n"),
        ("intro: >\n  poll: a\npoll: a\n", "intro: >\n  poll: a\npoll: b\n"),
        ('# mine\n"poll": a # slug\ntitle: T\n', "# mine\npoll: b\ntitle: T\n"),
        ("  title: T\n  poll:\n    a\n  items: []\n", "  title: T\n  poll: b\n  items: []\n"),
        ("  title: T\n", "  poll: b\n  title: T\n"),
    ],
)
def test_a_headline_is_set_and_everything_else_stays_as_written(text, expected):
    assert headlines.with_headline(text, "poll", "b") == expected


def test_a_long_text_is_refused_in_one_sentence(poll):
    with pytest.raises(PollRefused, match="a poll may have at most 500,000"):
        save(poll(), "#" * 500_001)


def test_pictures_lie_below_the_data_folder(poll):
    assert drafts.picture_folder(poll()).is_relative_to(settings.DATA.pictures)
