"""A mail as bytes: what a mail program reads of it, and that nothing can be slipped into its head."""

import email
from datetime import UTC, datetime, timedelta, timezone
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass.fieldwork.mail_message import AddressUnfit, header_address, slot, template

LINK = "https://polls.example.org/b/"
MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\x00\r"))


def written(
    text="Hello", html="<p>Hello</p>", subject="Hours", name="Workers' Panel", dated=MORNING, **headers
):
    made = template(
        sender=(name, "polls@example.org"),
        dated=dated,
        subject=subject,
        text=text,
        html=html,
        headers=headers,
        key="1 1",
    )
    return made.filled({"to": "ann@example.org", "message_id": "abc@example.org", "ballot": "t0k3n_-" * 7})


def read(raw: bytes):
    return email.message_from_bytes(raw, policy=default)


def test_a_mail_reads_back_with_both_parts_and_the_slots_filled():
    raw = written(f"Open {LINK}{slot('ballot')} now.\n", f'<a href="{LINK}{slot("ballot")}?a=2">Ja é</a>')

    mail = read(raw)

    assert mail["To"] == "ann@example.org"
    assert mail["Message-ID"] == "<abc@example.org>"
    assert mail.get_body(("plain",)).get_content().strip() == f"Open {LINK}{'t0k3n_-' * 7} now."
    assert f'href="{LINK}{"t0k3n_-" * 7}?a=2">Ja é' in mail.get_body(("html",)).get_content()


def test_every_mail_bears_one_date_whatever_the_zone_it_was_told_in():
    elsewhere = MORNING.astimezone(timezone(timedelta(hours=5)))

    mail, same = written(), written(dated=elsewhere)

    assert read(mail).get_all("Date") == ["Mon, 23 Nov 2026 09:30:00 +0000"]
    assert mail == same


@given(WORDS)
def test_any_text_survives_the_way(text):
    mail = read(written(text=f"{text}|{slot('ballot')}|{text}\n"))

    content = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")

    assert content.rstrip("\n") == f"{text}|{'t0k3n_-' * 7}|{text}".rstrip("\n")


@given(WORDS)
def test_no_line_is_too_long_or_begins_with_a_full_stop(text):
    raw = written(text=text, html=text)

    lines = raw.split(b"\r\n")

    assert max(map(len, lines)) < 200
    assert not any(line.startswith(b".") for line in lines)
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize("evil", ["Hours\r\nBcc: all@example.org", "Hours\nBcc: all@example.org"])
def test_a_line_break_begins_no_header(evil):
    mail = read(written(subject=evil, name=evil, **{"List-Id": evil}))

    assert mail["Bcc"] is None
    assert "Bcc: all@example.org" in mail["Subject"]


@pytest.mark.parametrize(
    "address", ["a\r\nBcc: b@example.org", "a b@example.org", "<a@example.org>", "ann@", "é@example.org"]
)
def test_an_address_that_cannot_stand_in_a_head_is_refused(address):
    with pytest.raises(AddressUnfit):
        header_address(address)


def test_a_foreign_domain_is_written_in_ascii():
    assert header_address("ann@bücher.example") == "ann@xn--bcher-kva.example"
