"""Coming back after the last page: the first link shows nothing, a fresh one shows, changes and withdraws."""

import re
import time

import pytest
from tests.unit.fieldwork.test_app import Visit, server_place, visit

from canvass.datafolder.keys import KeyStore
from canvass.fieldwork import answers_link
from canvass.fieldwork.links import LinkKeys

__all__ = ["server_place", "visit"]
TWO_WEEKS = 14 * 24 * 3600


@pytest.fixture
def finished(visit) -> Visit:
    """Somebody who answered every question; `fresh()` turns their link into a 15-minute link."""
    return finish(visit.open())


def finish(visit: Visit) -> Visit:
    visit.post(visit.post(visit.post(start="1"), often="1"), why="secret")
    return visit


def fresh(visit: Visit, *, age: int = 0) -> Visit:
    keys = LinkKeys(KeyStore(visit.place.folder / "keys"))
    pass_ = answers_link.make(keys, visit.poll, visit.who, now=int(time.time()) - age)
    visit.link = f"{visit.server.base}/b/{pass_}"
    return visit


def withdrawn(visit: Visit) -> int:
    rows = visit.place.run("SELECT count FROM withdrawal WHERE poll = %s", visit.poll)
    return rows[0][0] if rows else 0


def test_the_first_link_offers_to_mail_another(finished):
    page = finished.post(start="1")
    asked = finished.post(mail_me="1")

    assert "Mail me a link to see or change them" in page.text
    assert asked.status_code == 307
    assert asked.headers["location"] == f"/answers/{finished.link[-48:]}"


def test_a_fresh_link_shows_nothing_before_a_button_is_pressed(finished):
    page = fresh(finished).get()

    assert "See or change my answers" in page.text
    assert "secret" not in page.text


def test_a_fresh_link_opens_the_answers_filled_in_from_the_first_page(finished):
    first = fresh(finished).post(start="1")
    second = finished.post(first, often="1")

    assert " checked" in first.text
    assert "secret" in second.text
    assert second.headers["cache-control"] == "no-store"


def test_answers_are_changed_by_a_fresh_link(finished):
    first = fresh(finished).post(start="1")
    finished.post(finished.post(first, often="1"), why="another")

    assert finished.ballots() == [{"often": "never", "why": "another"}]


@pytest.mark.parametrize("change", [{"age": 901}, {"cut": 1}, {"longer": True}])
def test_an_old_or_changed_link_opens_nothing(change, finished):
    fresh(finished, age=change.get("age", 0))
    if "cut" in change:
        finished.link = finished.link[:-1]
    if "longer" in change:
        head, _, tail = finished.link.partition("~")
        finished.link = f"{head}~{int(tail[:10]) + 600}{tail[10:]}"

    pages = [finished.get(), finished.post(start="1"), finished.post(withdraw="yes")]

    assert all("secret" not in page.text for page in pages)
    assert pages[0].status_code == 410
    assert len(finished.ballots()) == 1


def test_withdrawing_asks_once_then_deletes_and_counts(finished):
    asked = fresh(finished).post(withdraw="asks")
    between = finished.ballots()
    done = finished.post(withdraw="yes")

    assert "Withdraw all your answers to this poll?" in asked.text
    assert len(between) == 1
    assert "Your answers are withdrawn" in done.text
    assert (finished.ballots(), withdrawn(finished)) == ([], 1)


def test_withdrawing_twice_counts_once(finished):
    fresh(finished)

    pages = [finished.post(withdraw="yes"), finished.post(withdraw="yes")]

    assert "You have withdrawn your answers" in pages[1].text
    assert withdrawn(finished) == 1


def test_who_withdrew_cannot_answer_again_even_from_an_old_tab(finished):
    old_tab = fresh(finished).post(start="1")
    finished.post(withdraw="yes")

    again, late = finished.post(start="1"), finished.post(old_tab, often="1")

    assert "You have withdrawn your answers" in again.text
    assert "You have withdrawn your answers" in late.text
    assert finished.ballots() == []


def test_after_the_close_answers_can_be_read_and_withdrawn_and_not_changed(finished):
    finished.place.run(
        "UPDATE poll_window SET closes = %s WHERE poll_id = %s", int(time.time()) - 3600, finished.poll
    )
    time.sleep(1.1)  # a window is believed for a second
    offered = finished.get()

    page = fresh(finished).post(start="1")
    done = finished.post(withdraw="yes")

    assert "Mail me a link to see or withdraw my answers" in offered.text
    assert "<fieldset disabled>" in page.text
    assert "secret" in page.text
    assert "Your answers are withdrawn" in done.text


def test_a_link_that_was_revoked_leads_to_the_page_that_mails_another(visit):
    visit.open(oldest=2)

    pages = [visit.get(), visit.post(start="1"), visit.post(often="1")]

    assert all(f'href="/join/workers/poll/poll-{visit.poll}/link"' in page.text for page in pages)


def test_a_link_revoked_while_a_page_was_open_leads_there_too(visit):
    page = visit.open().post(start="1")
    visit.place.run("UPDATE poll_window SET oldest_link_key = 2 WHERE poll_id = %s", visit.poll)

    late = visit.post(page, often="1")

    assert late.status_code == 403
    assert "Send me my link again" in late.text
    assert visit.ballots() == []


def test_a_revoked_link_to_a_poll_that_is_over_promises_no_other(visit):
    visit.open(oldest=2, state="closed")

    assert "Send me my link again" not in visit.get().text


def test_a_withdrawn_poll_says_so_and_still_shows_and_deletes_answers(finished):
    finished.place.run("UPDATE poll_window SET state = 'withdrawn' WHERE poll_id = %s", finished.poll)
    time.sleep(1.1)  # a window is believed for a second

    pages = [finished.get(), finished.post(start="1")]
    shown = fresh(finished).post(start="1")
    done = finished.post(withdraw="yes")

    assert all("those handed in are not counted" in page.text for page in pages)
    assert all("Mail me a link to see or withdraw my answers" in page.text for page in pages)
    assert "secret" in shown.text
    assert "Your answers are withdrawn" in done.text


def test_a_poll_withdrawn_before_it_opened_says_so(visit):
    visit.place.add_poll(visit.poll, state="withdrawn", version=0)
    visit.link = visit.server.link(visit.who, visit.poll)

    assert "This poll was withdrawn" in visit.get().text


def test_an_anonymous_ballot_is_never_shown_by_a_link(visit):
    visit.open("anonymous", "one_page")
    visit.post(visit.post(start="1"), often="1", why="secret")

    again = visit.post(start="1")
    shown = fresh(visit).post(start="1")
    visit.post(withdraw="yes")

    assert "Mail me a link" not in again.text
    assert "secret" not in shown.text
    assert len(visit.ballots()) == 1


@pytest.mark.parametrize("state", ["paused", "left"])
def test_who_paused_or_left_reads_and_withdraws_their_answers_by_a_fresh_link(state, finished):
    finished.place.run("UPDATE standing SET state = %s WHERE member = %s", state, finished.who)
    first = finished.post(start="1")

    page = fresh(finished).post(start="1")
    done = finished.post(withdraw="yes")

    assert "no longer in use" in first.text
    assert page.status_code == 200
    assert "<fieldset disabled>" in page.text
    assert "secret" in page.text
    assert "Your answers are withdrawn" in done.text


def test_who_paused_changes_nothing_by_a_page_opened_before(finished):
    page = fresh(finished).post(start="1")
    finished.place.run("UPDATE standing SET state = 'paused' WHERE member = %s", finished.who)

    again = finished.post(page, often="0")

    assert again.status_code == 403
    assert finished.ballots() == [{"often": "never", "why": "secret"}]


@pytest.fixture
def long_ago(visit):
    """Finish a poll of this level, and let its two weeks go by."""

    def made(level="confidential", *, linked=False, layout="one_thing"):
        visit.place.run("UPDATE standing SET linked = %s WHERE member = %s", linked, visit.who)
        finish(visit.open(level, layout))
        let_pass(visit, TWO_WEEKS)
        return visit

    return made


def let_pass(visit: Visit, seconds: int) -> None:
    """The poll closed so many seconds ago."""
    closed = int(time.time()) - seconds
    visit.place.run(
        "UPDATE poll_window SET state = 'closed', closes = %s WHERE poll_id = %s", closed, visit.poll
    )
    time.sleep(1.1)  # a window is believed for a second


def test_after_two_weeks_nothing_is_offered_shown_or_withdrawn(long_ago):
    visit = long_ago()
    offered, asked = visit.get(), visit.post(mail_me="1")
    fresh(visit)

    pages = [
        asked,
        visit.get(),
        visit.post(start="1"),
        visit.post(withdraw="asks"),
        visit.post(withdraw="yes"),
    ]

    assert "Mail me" not in offered.text
    assert all("Nobody can connect answers with you any more" in page.text for page in pages)
    assert len(visit.ballots()) == 1


def test_a_minute_before_the_two_weeks_are_over_all_is_as_before(finished):
    let_pass(finished, TWO_WEEKS - 60)

    page = fresh(finished).post(start="1")

    assert "secret" in page.text


def test_a_linked_ballot_is_found_after_two_weeks_without_the_polls_key(long_ago):
    visit = long_ago("linked", linked=True)
    KeyStore(visit.place.folder / "keys").destroy(f"poll/workers/poll-{visit.poll}")

    shown = fresh(visit).post(start="1")
    done = visit.post(withdraw="yes")

    assert "secret" in shown.text
    assert "Your answers are withdrawn" in done.text
    assert visit.ballots() == []


def test_in_a_linked_poll_who_did_not_agree_is_found_no_more(long_ago):
    visit = fresh(long_ago("linked"))

    pages = [visit.post(start="1"), visit.post(withdraw="yes")]

    assert all("secret" not in page.text for page in pages)
    assert "Nobody can connect answers with you any more" in pages[1].text
    assert len(visit.ballots()) == 1


def test_a_receipt_withdraws_nothing_after_two_weeks(visit):
    visit.open("anonymous", "one_page")
    thanks = visit.post(visit.post(start="1"), often="1")
    receipt = re.search(r"class=receipt>([^<]+)", thanks.text)[1]
    let_pass(visit, TWO_WEEKS)

    page = visit.client.post(f"{visit.server.base}/b/withdraw", data={"receipt": receipt})

    assert page.status_code == 410
    assert "can no longer be shown or withdrawn" in page.text
    assert len(visit.ballots()) == 1
