"""Log-in: never says which was wrong, and stops guessing without locking the owner out."""

from datetime import timedelta

import pytest

from canvass.team import limits, services
from canvass.team.audit import VISITOR
from canvass.team.models import AttemptCount, AuditEntry, Staff

from .conftest import NOON, PASSWORD

HOME, STRANGER = "192.0.2.0/24", "198.51.100.0/24"


def log_in(email="ann@example.org", password=PASSWORD, network=HOME, now=NOON):
    return services.log_in(email, password, network=network, by=VISITOR, now=now)


def refusal(**what) -> str:
    with pytest.raises(services.TeamRefusal) as caught:
        log_in(**what)
    return str(caught.value)


def test_the_right_password_lets_in_whatever_the_case_of_the_address(ann):
    assert log_in(email=" ANN@Example.org ") == ann
    assert AuditEntry.objects.filter(verb="staff.logged_in", actor=str(ann.pk)).exists()


def test_a_wrong_password_and_an_unknown_address_read_the_same(ann):
    assert refusal(password="wrong") == refusal(email="nobody@example.org")


def test_a_closed_account_reads_like_an_unknown_one(ann):
    Staff.objects.update(is_active=False)

    assert refusal() == refusal(email="nobody@example.org")


def test_guessing_is_stopped_even_for_the_right_password(ann):
    for _ in range(limits.LOG_IN_ACCOUNT_FROM_NETWORK.times):
        refusal(password="wrong")

    assert refusal().startswith("Too many tries")


def test_a_strangers_guesses_do_not_lock_the_owner_out(ann):
    for _ in range(limits.LOG_IN_ACCOUNT_FROM_NETWORK.times + 1):
        refusal(password="wrong", network=STRANGER)

    assert log_in() == ann


def test_trying_is_free_again_in_the_next_window(ann):
    for _ in range(limits.LOG_IN_ACCOUNT_FROM_NETWORK.times + 1):
        refusal(password="wrong")

    assert log_in(now=NOON + timedelta(minutes=15)) == ann


def test_the_counts_name_nobody(ann):
    log_in()

    held = str(list(AttemptCount.objects.values()))
    assert "ann" not in held
    assert HOME not in held


def test_counts_of_past_windows_are_dropped(ann):
    log_in()
    log_in(now=NOON + timedelta(days=1))

    assert AttemptCount.objects.count() == 3
