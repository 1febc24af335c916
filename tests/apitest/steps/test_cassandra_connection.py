"""Sentences that say how to reach Cassandra; the settings need no node."""

import pytest

from apitest.clients.cassandra import client as cassandra_access
from apitest.clients.cassandra.settings import CassandraSettings
from apitest.errors import BadValue, Unreachable
from tests.apitest.clients.certificates import Authority
from tests.apitest.steps.playing import Play


def test_defaults(play: Play) -> None:
    """Where nothing is said it is a node on this machine, without user and TLS."""
    assert cassandra_access.settings(play.zato) == CassandraSettings()


def test_settings(play: Play) -> None:
    """Each sentence changes a setting of the connections to come, until the context is cleaned up."""
    play('Cassandra contact points "a, b"', 'Cassandra port "9043"', 'Cassandra protocol version "4"')
    play('Cassandra credentials "u" "pass-word"', 'Cassandra timeout is "2.5"', "Cassandra TLS is on")
    assert cassandra_access.settings(play.zato) == CassandraSettings(
        ("a", "b"), 9043, 4, "u", "pass-word", tls=True, timeout=2.5
    )
    assert "pass-word" in play.run.secrets
    play("context is cleaned up")
    assert cassandra_access.settings(play.zato) == CassandraSettings()


def test_tls(play: Play) -> None:
    """TLS is on as soon as something is said of it, and all of that is forgotten when it is off."""
    certificates = Authority(play.run.project.features)
    certificate, key = certificates.issue("client")
    play(f'Cassandra CA file "{certificates.ca_file.name}"', "Cassandra TLS verification is off")
    play(f'Cassandra client certificate "{certificate.name}" with key "{key.name}"')
    found = cassandra_access.settings(play.zato)
    assert (found.encrypted, found.verify) == (True, False)
    assert (found.ca_file, found.certificate, found.key) == (str(certificates.ca_file), str(certificate), str(key))
    play("Cassandra TLS verification is on")
    assert cassandra_access.settings(play.zato).verify
    play("Cassandra TLS is off")
    assert cassandra_access.settings(play.zato) == CassandraSettings()


def test_a_certificate_with_its_key(play: Play) -> None:
    """Both may stand in one file."""
    certificate, key = Authority(play.run.project.features).issue("client")
    both = certificate.with_name("both.pem")
    both.write_bytes(certificate.read_bytes() + key.read_bytes())
    play('Cassandra client certificate "both.pem"')
    found = cassandra_access.settings(play.zato)
    assert (found.certificate, found.key) == (str(both), str(both))


def test_settings_of_an_old_project(play: Play) -> None:
    """What the Python of an old project set counts, and what sentences say counts more."""
    play.zato["cassandra_ctx"] = {"contact_points": ["c"], "port": 1, "metrics_enabled": True}
    play('Cassandra port "2"')
    assert cassandra_access.settings(play.zato) == CassandraSettings(("c",), 2)


def test_the_contact_points_are_named(play: Play) -> None:
    """Where nothing answers, the error tells what was tried; there is no connection then."""
    play('Cassandra contact points "127.0.0.1, 127.0.0.2"', 'Cassandra port "1"')
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1:1, 127\.0\.0\.2:1"):
        play('I connect to keyspace "k" as "c"')
    assert "c" not in play.zato.user_ctx


def test_mistakes_in_settings(play: Play, subtests: pytest.Subtests) -> None:
    """What is not a setting and what was never opened is a mistake in the test's text."""
    for sentence in [
        'Cassandra contact points ""',
        'Cassandra port "0"',
        'Cassandra port "65536"',
        'Cassandra port "x"',
        'Cassandra protocol version "x"',
        'Cassandra timeout is "0"',
        'Cassandra timeout is "x"',
        'Cassandra CA file "nowhere.pem"',
        'I disconnect from Cassandra "nothing"',
    ]:
        with subtests.test(sentence), pytest.raises(BadValue):
            play(sentence)
