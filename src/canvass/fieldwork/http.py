"""The little of HTTP that the ballot needs: reading a request's body, and answers with their headers."""

import gzip
from collections.abc import Awaitable, Callable
from typing import Any

type Scope = dict[str, Any]
type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]
type Headers = list[tuple[bytes, bytes]]

LARGE_PAGE = 16_000  # bytes; from here on a page is worth the time to compress it
LARGEST_BODY = 2 * 1024 * 1024  # bytes; a page of long texts in any script stays far below
REVALIDATE = b"private, no-cache"  # the browser's Back shows the page without asking to send again
FORGET = b"no-store"  # stored answers are on it
RETRY_AFTER = b"5"


class BodyTooLarge(Exception):
    """More than LARGEST_BODY."""


class HungUp(Exception):
    """The visitor left before the body was whole."""


def header(scope: Scope, name: bytes) -> bytes:
    """The value of a request header; empty where there is none."""
    for key, value in scope["headers"]:
        if key == name:
            found: bytes = value
            return found
    return b""


async def read_body(receive: Receive) -> bytes:
    """The whole body. Raises BodyTooLarge, HungUp."""
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return _whole(message, body)
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        parts.append(_whole(message, message.get("body", b"")))
        size += len(parts[-1])
        if size > LARGEST_BODY:
            raise BodyTooLarge
    return b"".join(parts)


def _whole(message: dict[str, Any], body: bytes) -> bytes:
    if message["type"] == "http.disconnect":
        raise HungUp
    if len(body) > LARGEST_BODY:
        raise BodyTooLarge
    return body


def page_headers(policy: bytes, cache: bytes) -> Headers:
    """The headers of a ballot page, apart from its length."""
    return [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-security-policy", policy),
        (b"cache-control", cache),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"x-robots-tag", b"noindex"),
    ]


def compressed(scope: Scope, headers: Headers, body: bytes) -> bytes:
    """A large page compressed for a browser that takes it, with the headers that say so; else as it is."""
    if len(body) < LARGE_PAGE or b"gzip" not in header(scope, b"accept-encoding"):
        return body
    headers += [(b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")]
    return gzip.compress(body, compresslevel=1, mtime=0)


async def respond(send: Send, status: int, headers: Headers, body: bytes, *, head: bool = False) -> None:
    length = (b"content-length", b"%d" % len(body))
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": b"" if head else body})
