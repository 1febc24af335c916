"""Tests of apitest_server.kafka.place."""

from pathlib import Path

import pytest

from apitest_server.errors import InputError
from apitest_server.kafka.place import Place, check_address, place_of, topics_of
from apitest_server.odb import StoredObject


def test_a_place_is_what_an_object_says() -> None:
    """A relative path begins in the server's directory; the password is not shown."""
    fields = {"address": "h:1", "username": "me", "use_tls": True, "ca_certs": "ca.pem"}
    place = place_of(StoredObject(1, "outgoing.kafka", "x", fields, {"password": "s3cret"}), Path("/srv"))
    assert place.password == "s3cret"
    assert (place.ca_certs, place.where, place.validate_tls) == ("/srv/ca.pem", "kafka://me@h:1", True)
    assert "s3cret" not in repr(place)


def test_settings_of_the_driver() -> None:
    """Plain, with a user, with TLS, and with TLS whose certificates nobody verifies."""
    plain = Place("h:1").settings("me")
    assert (plain["security.protocol"], plain["client.id"], "sasl.username" in plain) == ("PLAINTEXT", "me", False)
    user = Place("h:1", "u", "p", "SCRAM-SHA-512").settings("me")
    assert (user["security.protocol"], user["sasl.mechanism"], user["sasl.password"]) == (
        "SASL_PLAINTEXT", "SCRAM-SHA-512", "p",
    )  # fmt: skip
    tls = Place("h:1", use_tls=True, ca_certs="/ca").settings("me")
    assert (tls["security.protocol"], tls["ssl.ca.location"]) == ("SSL", "/ca")
    assert tls["enable.ssl.certificate.verification"] is True
    lax = Place("h:1", "u", "p", use_tls=True, validate_tls=False).settings("me")
    assert (lax["security.protocol"], lax["ssl.endpoint.identification.algorithm"]) == ("SASL_SSL", "none")
    assert lax["enable.ssl.certificate.verification"] is False


@pytest.mark.parametrize("address", ["h:1", "h1:9092, h2:9092", "[::1]:9092"])
def test_addresses(address: str) -> None:
    """Hosts with ports are taken."""
    check_address(address)


@pytest.mark.parametrize("address", ["", "h", ":1", "h:0", "h:65536", "h:x", "h:1,", "kafka://h:1", "h:1 h:2"])
def test_what_is_no_address(address: str) -> None:
    """It is refused, with an example."""
    with pytest.raises(InputError, match="such as `kafka1:9092,kafka2:9092`"):
        check_address(address)


def test_topics() -> None:
    """Names with commas between."""
    assert topics_of(" a, b,,c ") == ["a", "b", "c"]
