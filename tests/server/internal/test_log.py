"""Tests of apitest_server.internal.log."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.cluster.bus import BUS, Bus
from apitest_server.logs.log import LOG
from tests.server.asgi import Client, served
from tests.server.cluster.waiting import until

CID = "0123456789abcdef01234567"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A server whose log is a file with a call in it."""
    path = tmp_path / "s.log"
    begin = "time=2026-01-01T00:00:00.000Z level="
    path.write_text(
        f"{begin}INFO logger=shop cid={CID} message=begun\nprinted with {CID}\n"
        f'{begin}ERROR logger=shop cid={CID} message="password=hush, failed"\n'
    )
    with served(tmp_path, "[main]\nname = one\n") as client:
        client.app.components[LOG].goes_to(path, 0, lambda: None)
        yield client


def test_what_the_log_says_of_a_call(client: Client) -> None:
    """In order, each line with its server and its time, without secrets."""
    found = client.result("zato.log.get-by-cid", {"cid": CID})
    assert [line["text"] for line in found["lines"]][:2] == ["begun", f"printed with {CID}"]
    assert "hush" not in found["lines"][2]["text"]
    assert {(line["server"], line["time"]) for line in found["lines"]} == {("one", "2026-01-01T00:00:00.000Z")}
    assert (found["is_complete"], found["problems"]) == (True, [])


def test_the_newest_lines_are_given(client: Client) -> None:
    """No more than were asked for."""
    found = client.result("zato.log.get-by-cid", {"cid": CID, "limit": 1})
    assert [line["level"] for line in found["lines"]] == ["ERROR"]
    assert not found["is_complete"]


def test_the_last_errors(client: Client) -> None:
    """Each with the call that it is about."""
    assert [line["cid"] for line in client.result("zato.log.get-errors")["lines"]] == [CID]


@pytest.mark.parametrize("cid", ["", "password", f"{CID}0", "ERROR", CID.upper()])
def test_the_log_is_searched_for_calls_only(untouched: Client, cid: str) -> None:
    """Nothing else is looked for in it."""
    assert untouched.refused("zato.log.get-by-cid", {"cid": cid})[0] == 400


@pytest.mark.parametrize("limit", [0, 1001, "many"])
def test_the_limit_has_limits(untouched: Client, limit: object) -> None:
    """400 beyond them."""
    assert untouched.refused("zato.log.get-errors", {"limit": limit})[0] == 400


def test_a_server_that_does_not_answer(client: Client) -> None:
    """Is named; what the others have is given."""
    other = Bus(client.app.odb, "other", "http://127.0.0.1:9")
    other.start()
    until(client.app.components[BUS].peers)
    found = client.result("zato.log.get-by-cid", {"cid": CID})
    assert len(found["lines"]) == 3
    assert not found["is_complete"]
    assert found["problems"] == ["The server `other` at http://127.0.0.1:9 does not answer"]
    assert client.result("zato.log.get-by-cid", {"cid": CID, "is_own": True})["problems"] == []
    other.close()


def test_a_log_that_cannot_be_read(client: Client, tmp_path: Path) -> None:
    """Is a problem that is told, not an error."""
    client.app.components[LOG].goes_to(tmp_path, 0, lambda: None)
    (problem,) = client.result("zato.log.get-errors")["problems"]
    assert problem.startswith("Server one cannot read its log")


def test_a_log_that_is_not_a_file(tmp_path: Path) -> None:
    """The line of server.conf that changes it is named."""
    with served(tmp_path) as client:
        (problem,) = client.result("zato.log.get-errors")["problems"]
    assert problem == "Server server logs to standard error: `file` in [logging] of its server.conf changes that"
