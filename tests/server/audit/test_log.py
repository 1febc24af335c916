from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.audit import log as module
from apitest_server.audit.log import AuditLog
from apitest_server.audit.rules import Rules
from apitest_server.audit.stored import Wanted, page
from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import ODB, StoredObject
from apitest_server.odb.rows import Draft, Objects
from tests.server.cluster.waiting import until

ON = {"is_audit_log_received_active": True, "max_len_messages_received": 3}


@pytest.fixture
def log(tmp_path: Path) -> Iterator[tuple[AuditLog, ODB, int]]:
    """A log of one object."""
    odb = ODB("", tmp_path)
    odb.load()
    with odb.writing() as session:
        number = Objects(session, odb.key.open).add(Draft("x", "X", "x", "one", ON)).id
    made = AuditLog(odb, lambda: "here", Rules())
    made.rules.put(StoredObject(number, "x", "one", ON, {}))
    yield made, odb, number
    made.close()
    odb.close()


def kept(odb: ODB) -> list[object]:
    return [row["data"] for row in page(odb, Wanted(), 0, None)[0]]


def test_what_is_noted_is_written_a_moment_later(
    log: tuple[AuditLog, ODB, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a thread that there is from then on; what nobody has asked for is not noted."""
    monkeypatch.setattr(module, "PAUSE", 0.01)
    made, odb, number = log
    made.record(number, "sent", "c", "not this")
    made.record(number + 1, "received", "c", "nor this")
    assert made._thread is None
    for each in range(5):
        made.record(number, "received", "c" * 300, each, "x" * 2000)
    assert until(lambda: kept(odb)) == ["4", "3", "2"]


def test_the_last_ones_are_written_at_the_end(log: tuple[AuditLog, ODB, int]) -> None:
    """Whatever the thread does."""
    made, odb, number = log
    made.record(number, "received", "c", "last")
    made.close()
    assert kept(odb) == ["last"]


def test_what_waits_while_the_database_is_away(
    log: tuple[AuditLog, ODB, int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is written when it is there again; of too much the oldest is lost. Both are told once."""
    monkeypatch.setattr(module, "PAUSE", 0.01)
    monkeypatch.setattr(module, "MOST", 2)
    made, odb, number = log
    file = odb.where.path
    assert file is not None
    file.rename(file.with_name("away"))
    for each in range(3):
        made.record(number, "received", "c", each)
    with pytest.raises(ServiceUnavailable):
        made.save()
    until(lambda: any("cannot be written until further notice" in line for line in caplog.messages))
    file.with_name("away").rename(file)
    assert until(lambda: kept(odb)) == ["2", "1"]
    until(lambda: "The audit log has lost 1 messages: there were too many at once" in caplog.messages)


def test_a_fault_of_ours_is_logged_and_over(
    log: tuple[AuditLog, ODB, int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The next messages are written."""
    made, odb, number = log
    monkeypatch.setattr(module, "PAUSE", 0.01)
    with monkeypatch.context() as patched:
        patched.setattr(module, "write", lambda *_: 1 / 0)
        made.record(number, "received", "c", "lost")
        until(lambda: any("what waited is lost" in line for line in caplog.messages))
    made.record(number, "received", "c", "kept")
    assert until(lambda: kept(odb)) == ["kept"]
