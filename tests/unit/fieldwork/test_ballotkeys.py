from canvass.datafolder.keys import KeyStore
from canvass.fieldwork.ballotkeys import BallotKeys, keys_of, new_receipt, read_receipt, surviving_keys

MEMBER = "0123456789abcdef0123456789abcdef"


def test_a_member_has_another_key_in_each_poll(tmp_path):
    store = KeyStore(tmp_path)

    one = keys_of(store, panel="workers", poll="one", linked=False).member(MEMBER)
    two = keys_of(store, panel="workers", poll="two", linked=False).member(MEMBER)

    assert one != two
    assert len(one) == len(two) == 32


def test_a_linked_member_has_one_key_in_all_linked_polls(tmp_path):
    store = KeyStore(tmp_path)

    one = keys_of(store, panel="workers", poll="one", linked=True)
    two = keys_of(store, panel="workers", poll="two", linked=True)

    assert one.linked(MEMBER) == two.linked(MEMBER)
    assert one.linked(MEMBER) != one.member(MEMBER)


def test_a_poll_that_is_not_linked_has_no_linked_key():
    assert BallotKeys(b"k" * 32).linked(MEMBER) is None


def test_receipt_member_and_respondent_never_meet():
    keys = BallotKeys(b"k" * 32)

    assert len({keys.member(MEMBER), keys.receipt(MEMBER), keys.respondent(MEMBER)}) == 3


def test_a_receipt_is_read_as_people_type_it():
    receipt = new_receipt(12)

    assert read_receipt(f"  {receipt.lower()} ") == (12, receipt)
    assert read_receipt(receipt.replace("-", "–")) == (12, receipt)
    assert read_receipt(receipt[:-1]) is None


def test_once_the_polls_key_is_destroyed_nobody_can_find_a_ballot(tmp_path):
    store = KeyStore(tmp_path)
    keys_of(store, panel="workers", poll="one", linked=False)

    store.destroy("poll/workers/one")

    assert surviving_keys(store, panel="workers", poll="one") is None


def test_a_linked_poll_without_its_own_key_still_finds_what_was_linked(tmp_path):
    store = KeyStore(tmp_path)
    before = keys_of(store, panel="workers", poll="one", linked=True)

    store.destroy("poll/workers/one")
    left = surviving_keys(store, panel="workers", poll="one", linked=True)

    assert left is not None
    assert left.linked(MEMBER) == before.linked(MEMBER)
    assert left.member(MEMBER) == left.receipt("r") == ""
