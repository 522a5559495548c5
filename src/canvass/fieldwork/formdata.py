"""Decoding of `application/x-www-form-urlencoded`, fast and strict: UTF-8 or nothing."""

from urllib.parse import unquote_to_bytes

MOST_FIELDS = 5_000


class FormFault(Exception):
    """The body is not a form that a browser sends."""


def decode_form(body: bytes) -> dict[str, list[str]]:
    """Field names and their values in order. Raises FormFault."""
    form: dict[str, list[str]] = {}
    if not body:
        return form
    if body.count(b"&") >= MOST_FIELDS:
        raise FormFault("too many fields")
    try:
        for pair in body.split(b"&"):
            name, _, value = pair.partition(b"=")
            form.setdefault(_text(name), []).append(_text(value))
    except UnicodeDecodeError as error:
        raise FormFault("not UTF-8") from error
    return form


def _text(raw: bytes) -> str:
    if b"+" in raw:
        raw = raw.replace(b"+", b" ")
    return (unquote_to_bytes(raw) if b"%" in raw else raw).decode()
