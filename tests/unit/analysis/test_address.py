"""The explorer's address: each link changes one thing and keeps the rest."""

from django.http import QueryDict

from canvass.analysis.views.address import Address

ADDRESS = Address.of(QueryDict("ask=0.1.2&format=csv&add_row=x&row=a&row=b&by=role&net=a:1|2&show=&row=a"))


def test_what_is_no_state_or_stands_twice_is_left_out():
    assert ADDRESS.pairs == (("row", "a"), ("row", "b"), ("by", "role"), ("net", "a:1|2"))
    assert str(ADDRESS) == "row=a&row=b&by=role&net=a%3A1%7C2"


def test_one_value_is_taken_away_and_put_back():
    assert ADDRESS.without("row", "a").all("row") == ("b",)
    assert ADDRESS.without("row").all("row") == ()
    assert ADDRESS.toggled("show", "p").toggled("show", "p") == ADDRESS
    assert ADDRESS.plus("row", "a") == ADDRESS


def test_what_begins_so_is_taken_away_and_nothing_where_nothing_does():
    assert ADDRESS.without_any("net", "a:").all("net") == ()
    assert ADDRESS.without_any("net", "b:") == ADDRESS
