"""Sentences about Cassandra that need no node: settings, and what is wrong with them; stored rows."""

from typing import Any

import pytest

from apitest.clients.cassandra import client as cassandra_access
from apitest.clients.cassandra.settings import CassandraSettings
from apitest.errors import BadValue, Unreachable
from apitest.steps.cassandra_statements import row_at
from apitest.tables.rows import Rows
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


@pytest.mark.parametrize(
    "sentence",
    [
        'Cassandra contact points ""',
        'Cassandra port "0"',
        'Cassandra port "65536"',
        'Cassandra port "x"',
        'Cassandra protocol version "x"',
        'Cassandra timeout is "0"',
        'Cassandra timeout is "x"',
        'Cassandra CA file "nowhere.pem"',
        'CQL "SELECT 1" is executed, using "nothing"',
        'I disconnect from Cassandra "nothing"',
        'I delete from Cassandra table "t" where "id = 1", using "nothing"',
        'I delete from Cassandra table "t" where "id", using "nothing"',
    ],
)
def test_mistakes(play: Play, sentence: str) -> None:
    """What is not a setting and what was never opened is a mistake in the test's text."""
    with pytest.raises(BadValue):
        play(sentence)


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


ROWS = Rows(("id", "name"), [(1, "a"), (2, None)], "SELECT")


@pytest.mark.parametrize(
    ("rows", "idx", "value"),
    [
        (ROWS, "0", "1;a"),
        (ROWS, 1, "2;"),
        (ROWS, "-2", "1;a"),
        (Rows(("id",), [(1,), (2,)]), "1", 2),
        (Rows(("id",), []), "5", ""),
    ],
)
def test_a_row_by_its_index(rows: Rows, idx: Any, value: Any) -> None:
    """It is its only value, or the text of its values; nothing at all is an empty text."""
    assert row_at(rows, idx) == value


@pytest.mark.parametrize("idx", ["2", "-3", "x"])
def test_a_row_that_is_not_there(idx: str) -> None:
    """An index is that of a row."""
    with pytest.raises(BadValue):
        row_at(ROWS, idx)
