import pytest

from canvass.fieldwork.stamps import Stamp, StampFault, make_stamp, read_stamp

KEY = b"k" * 32
STAMP = Stamp(version=2, page=3, started=1_700_000_000)


def test_a_stamp_carries_version_page_and_start():
    text = make_stamp(KEY, "token", STAMP)

    assert read_stamp(KEY, "token", text) == STAMP


def test_an_anonymous_stamp_carries_the_receipt_too():
    stamp = Stamp(1, 0, 5, receipt="9-ABCD")

    assert read_stamp(KEY, "token", make_stamp(KEY, "token", stamp)).receipt == "9-ABCD"


def test_a_stamp_is_good_for_its_own_link_alone():
    text = make_stamp(KEY, "token", STAMP)

    with pytest.raises(StampFault):
        read_stamp(KEY, "another", text)


@pytest.mark.parametrize("text", ["", ".", "2.3.4", "2.9.1700000000..", "é.1.1.1.1"])
def test_what_is_no_stamp_is_refused(text):
    with pytest.raises(StampFault):
        read_stamp(KEY, "token", text)


def test_a_stamp_with_an_earlier_start_is_refused():
    text = make_stamp(KEY, "token", STAMP).replace("1700000000", "1600000000")

    with pytest.raises(StampFault):
        read_stamp(KEY, "token", text)
