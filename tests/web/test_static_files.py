"""Static files: lasting addresses, small bodies, and no way out of the folders."""

import gzip
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import Client

from canvass.web import assets

STATIC = Path(assets.__file__).parent / "static" / "canvass"


def _address(name: str) -> str:
    return Template(f"{{% load static %}}{{% static '{name}' %}}").render(Context())


def test_an_address_with_the_digest_may_be_kept_for_a_year(client: Client):
    address = _address("canvass/canvass.css")

    response = client.get(address)

    assert re.fullmatch(r"/static/canvass/canvass\.css\?v=[0-9a-f]{16}", address)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize("query", ["", "?v=0123456789abcdef"])
def test_a_plain_or_outdated_address_works_and_is_asked_again(client: Client, query):
    response = client.get(f"/static/canvass/canvass.css{query}")

    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=3600"


def test_a_file_is_sent_gzipped_to_those_who_take_it(client: Client):
    plain = client.get("/static/canvass/canvass.js")
    zipped = client.get("/static/canvass/canvass.js", headers={"Accept-Encoding": "br, gzip"})

    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped["Vary"] == plain["Vary"] == "Accept-Encoding"


def test_a_file_that_the_browser_has_is_not_sent_again(client: Client):
    first = client.get("/static/canvass/canvass.js")

    again = client.get("/static/canvass/canvass.js", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_the_font_is_served_under_its_own_kind(client: Client):
    response = client.get("/static/canvass/fonts/PublicSans-Variable.woff2")

    assert response["Content-Type"] == "font/woff2"
    assert response.content.startswith(b"wOF2")


@pytest.mark.parametrize(
    "name",
    [
        "../web/views.py",
        "canvass/../../views.py",
        "..%2f..%2fsettings.py",
        "/etc/passwd",
        "canvass/",
        "canvass",
        "nothing.css",
    ],
)
def test_no_address_climbs_out_of_the_static_folders(client: Client, name):
    assert client.get(f"/static/{name}").status_code == 404


def test_static_files_cannot_be_posted_to(client: Client):
    assert client.post("/static/canvass/canvass.css").status_code == 405


def test_a_page_that_names_a_missing_file_fails_loudly():
    with pytest.raises(assets.MissingAssetError, match=r"nothing\.css"):
        _address("nothing.css")


def test_every_file_that_the_stylesheet_loads_is_shipped():
    css = (STATIC / "canvass.css").read_text()

    assert all((STATIC / name).is_file() for name in re.findall(r'url\("([^"]+)"\)', css))
