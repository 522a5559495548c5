"""Addresses are unreadable without keys that lie outside the database."""

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from canvass.panel import cipher
from canvass.panel.models import Address

pytestmark = pytest.mark.django_db(databases=["default", "identity", "ballots"])
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT)
def test_what_was_encrypted_comes_back(text):
    assert cipher.decrypt(cipher.encrypt(text, "p"), "p") == text


def test_the_same_text_never_looks_the_same_twice():
    assert cipher.encrypt("ann@example.org", "p") != cipher.encrypt("ann@example.org", "p")


def test_a_text_is_readable_for_its_own_purpose_only():
    with pytest.raises(cipher.Unreadable):
        cipher.decrypt(cipher.encrypt("ann@example.org", "address"), "letter")


def test_a_changed_ciphertext_is_refused():
    hidden = cipher.encrypt("ann@example.org", "p")
    changed = ("B" if hidden[-3] != "B" else "C").join([hidden[:-3], hidden[-2:]])

    with pytest.raises(cipher.Unreadable):
        cipher.decrypt(changed, "p")


def test_a_new_key_is_used_for_writing_and_the_old_one_still_reads():
    old = cipher.encrypt("ann@example.org", "p")
    settings.KEYS.get_or_make("identity/2")
    new = cipher.encrypt("ann@example.org", "p")
    settings.KEYS.destroy("identity/2")

    assert cipher.decrypt(old, "p") == "ann@example.org"
    with pytest.raises(Exception, match="identity/2"):
        cipher.decrypt(new, "p")


def test_spelling_does_not_hide_an_address():
    assert cipher.lookup(" Ann@Example.ORG ") == cipher.lookup("ann@example.org")


def test_no_table_holds_a_members_address(member):
    member("alice")

    with connections["identity"].cursor() as cursor:
        cursor.execute("SELECT * FROM panel_address")
        stored = repr(cursor.fetchall())
        cursor.execute("SELECT * FROM panel_letter")
        letters = repr(cursor.fetchall())
    assert "alice" not in stored + letters
    assert Address.objects.get().address == "alice@example.org"
