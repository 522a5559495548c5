"""Encryption and passwords on the way to the mail server: taken up, checked, never sent in the open."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.ports import free_port
from tests.waiting import PATIENCE

from canvass.fieldwork.smtp import Courier, Server, ServerUnset, Unreachable

MAIL = b"Subject: x\r\n\r\nHello\r\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A certificate of 127.0.0.1 that only those trust who are told to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "mail.pem"
    plain = serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


class Keeper:
    """Notes for each mail whether it came encrypted, and each password it is shown."""

    def __init__(self) -> None:
        self.encrypted: list[bool] = []
        self.passwords: list[str] = []

    async def handle_DATA(self, _server, session, _envelope) -> str:
        self.encrypted.append(session.ssl is not None)
        return "250 Taken"

    def authenticate(self, _server, _session, _envelope, _mechanism, data) -> AuthResult:
        self.passwords.append(data.password.decode())
        return AuthResult(success=data.password == b"sesame", handled=False)


class _Controller(Controller):
    tls: ssl.SSLContext | None = None

    def factory(self) -> SMTP:
        return SMTP(
            self.handler,
            hostname="mail.test",
            tls_context=self.tls,
            authenticator=self.handler.authenticate,
            auth_require_tls=False,
        )


@contextmanager
def running(certificate: Path | None, host: str = "127.0.0.1") -> Iterator[tuple[Keeper, int]]:
    keeper, port = Keeper(), free_port()
    controller = _Controller(keeper, hostname=host, port=port, ready_timeout=PATIENCE)
    if certificate is not None:
        controller.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        controller.tls.load_cert_chain(certificate)
    controller.start()
    try:
        yield keeper, port
    finally:
        controller.stop()


def send(url: str, trusted: Path | None = None):
    context = ssl.create_default_context(cafile=trusted) if trusted else None
    with Courier(Server.read(url), timeout=PATIENCE, context=context) as courier:
        return courier.send("polls@example.org", "ann@example.org", MAIL)


def test_encryption_is_turned_on_where_it_is_offered(certificate):
    with running(certificate) as (keeper, port):
        reply = send(f"smtp://127.0.0.1:{port}", certificate)

    assert (reply.fate, keeper.encrypted) == ("accepted", [True])


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate):
    with running(certificate) as (keeper, port), pytest.raises(Unreachable, match="cannot be trusted"):
        send(f"smtp://127.0.0.1:{port}")

    assert keeper.encrypted == []


def test_the_password_is_given_and_a_wrong_one_is_told_without_it(certificate):
    with running(certificate) as (keeper, port):
        good = send(f"smtp://ann%40x.org:sesame@127.0.0.1:{port}", certificate)
        with pytest.raises(Unreachable, match="did not accept the user name and password") as fault:
            send(f"smtp://ann:open%2Fdoor@127.0.0.1:{port}", certificate)

    assert good.fate == "accepted"
    assert keeper.passwords[-1] == "open/door"
    assert "door" not in str(fault.value)


def test_a_password_is_never_sent_in_the_open():
    with (
        running(None, "127.0.0.2") as (keeper, port),
        pytest.raises(Unreachable, match="offers no encryption, so the password was not sent"),
    ):
        send(f"smtp://ann:sesame@127.0.0.2:{port}")

    assert keeper.passwords == []


@pytest.mark.parametrize(
    "url",
    ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://ann:sesame@mail.example.org:many"],
)
def test_an_address_that_cannot_be_read_is_refused_without_repeating_it(url):
    with pytest.raises(ServerUnset, match="CANVASS_SMTP cannot be read") as fault:
        Server.read(url)

    assert "sesame" not in str(fault.value)
    assert "sesame" not in repr(Server("h", 25, False, "ann", "sesame"))


@pytest.mark.parametrize(("url", "port"), [("smtp://h", 587), ("smtps://h", 465), ("smtp://h:25", 25)])
def test_the_ports_are_those_of_mail_submission(url, port):
    assert Server.read(url).port == port
