from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass.datafolder.keys import KeyStore
from canvass.fieldwork.links import Link, LinkFault, LinkKeys, make_link, read_link, rotate

MEMBER = "0123456789abcdef0123456789abcdef"
members = st.binary(min_size=16, max_size=16).map(bytes.hex)


@pytest.fixture
def keys(tmp_path: Path) -> LinkKeys:
    return LinkKeys(KeyStore(tmp_path))


def test_a_link_says_which_member_and_which_poll(keys):
    token = make_link(keys, 42, MEMBER)

    assert read_link(keys, token) == Link(key_id=1, poll=42, member=MEMBER)


def test_a_link_is_short_and_safe_in_a_url(keys):
    token = make_link(keys, 42, MEMBER)

    assert len(token) == 48
    assert token.replace("-", "").replace("_", "").isalnum()


@given(at=st.integers(0, 47), letter=st.sampled_from("ABCxyz019_-"))
def test_a_link_with_any_letter_changed_is_refused(tmp_path_factory, at, letter):
    keys = LinkKeys(KeyStore(tmp_path_factory.mktemp("keys")))
    token = make_link(keys, 42, MEMBER)
    changed = token[:at] + letter + token[at + 1 :]

    if changed == token:
        assert read_link(keys, changed).member == MEMBER
    else:
        with pytest.raises(LinkFault):
            read_link(keys, changed)


@pytest.mark.parametrize("text", ["", "short", "x" * 48, "é" * 48, "=" * 48, "A" * 49])
def test_what_was_never_a_link_is_refused(keys, text):
    with pytest.raises(LinkFault):
        read_link(keys, text)


def test_links_made_before_a_rotation_go_on_working(keys):
    old = make_link(keys, 1, MEMBER)

    assert rotate(keys) == 2
    assert read_link(keys, old).key_id == 1
    assert read_link(keys, make_link(keys, 1, MEMBER)).key_id == 2


def test_the_newest_key_is_the_highest_number_not_the_last_by_letters(keys):
    for _ in range(10):
        rotate(keys)

    assert keys.current() == 11


def test_a_destroyed_key_ends_its_links(keys):
    token = make_link(keys, 1, MEMBER)
    keys.store.destroy("link/1")
    keys.forget()

    with pytest.raises(LinkFault):
        read_link(keys, token)


def test_another_installations_link_is_refused(keys, tmp_path):
    elsewhere = LinkKeys(KeyStore(tmp_path / "elsewhere"))
    make_link(keys, 1, MEMBER)

    with pytest.raises(LinkFault):
        read_link(keys, make_link(elsewhere, 1, MEMBER))
