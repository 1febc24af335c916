from pathlib import Path

import pytest

from tests.server.asgi import served
from tests.server.messaging.waiting import kept, until
from tests.server.transfer.files import SERVICES, created, status


def test_files_call_a_service(tmp_path: Path) -> None:
    """Each once, and it is gone then; one that is being written is not taken, nor one that is not wanted."""
    place = tmp_path / "in"
    place.mkdir()
    with served(tmp_path, s=SERVICES) as client:
        number = created(client, file_patterns="*.json, *.csv", parse_with="json")
        (place / "a.json").write_text('{"n": 1}')
        (place / "b.txt").write_text("no")
        with (place / "c.csv").open("w") as file:
            file.write("[1, ")
            file.flush()
            assert kept(client) == [["a.json", {"n": 1}, "file-transfer"]]
            file.write("2]")
        assert kept(client, 2)[1] == ["c.csv", [1, 2], "file-transfer"]
        until(client, lambda: status(client, number)["taken"] == 2)
        until(client, lambda: [path.name for path in place.iterdir()] == ["b.txt"])
        found = status(client, number)
        assert (found["failed"], found["problem"], found["is_active"]) == (0, "", True)
        assert found["last_look"] is not None


def test_a_file_whose_service_fails_is_tried_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It stays where it is until then, and a line of the log says why."""
    place = tmp_path / "in"
    place.mkdir()
    (place / "a").write_text("fail")
    with served(tmp_path, s=SERVICES) as client:
        number = created(client)
        until(client, lambda: status(client, number)["failed"] >= 1)
        until(client, (place / "a").exists)
        assert status(client, number)["problem"].startswith("a: service keep failed: Internal server error (cid ")
        client.result("mend")
        assert kept(client) == [["a", "fail", "file-transfer"]]
        until(client, lambda: status(client, number)["problem"] == "")
    lines = [line for line in caplog.messages if "stays" in line]
    assert lines[0].startswith("File transfer channel `files`: `a` of in (this machine) stays: service keep failed: ")


def test_a_file_that_fails_is_set_aside(tmp_path: Path) -> None:
    """Where there is a place for that; so it is with what cannot be parsed, and the service is not called."""
    place = tmp_path / "in"
    place.mkdir()
    (place / "a").write_text("{")
    with served(tmp_path, s=SERVICES) as client:
        number = created(client, parse_with="json", move_failed_to="in/bad", move_processed_to="in/good")
        until(client, (place / "bad" / "a").exists)
        assert status(client, number)["problem"] == "a: The message is not valid JSON"
        (place / "b").write_text("1")
        until(client, (place / "good" / "b").exists)
        assert [row[0] for row in kept(client)] == ["b"]


def test_a_directory_that_is_not_there_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is used as soon as it is there."""
    caplog.set_level("INFO", "apitest.transfer")
    with served(tmp_path, s=SERVICES) as client:
        number = created(client)
        until(client, lambda: status(client, number)["problem"] == f"This machine has no {tmp_path / 'in'}")
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a").write_text("x")
        kept(client)
    lines = [line for line in caplog.messages if "`files`" in line]
    assert lines == [
        f"File transfer channel `files` cannot use in (this machine): This machine has no {tmp_path / 'in'} "
        "(0 earlier failures were not logged)",
        "File transfer channel `files` looks into in (this machine)",
    ]


def test_a_file_that_is_too_large_stays(tmp_path: Path) -> None:
    """The service is not called."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_text("12345")
    with served(tmp_path, s=SERVICES) as client:
        number = created(client, max_file_size=4, move_failed_to="bad")
        until(client, lambda: status(client, number)["failed"])
        assert "is larger than the 4 bytes" in status(client, number)["problem"]
        assert (tmp_path / "in" / "a").exists()


def test_a_file_that_cannot_be_moved_calls_no_service_again(tmp_path: Path) -> None:
    """It is moved as soon as that can be: here a file was in the way of the directory."""
    (tmp_path / "in").mkdir()
    (tmp_path / "done").write_text("in the way")
    with served(tmp_path, s=SERVICES) as client:
        number = created(client, move_processed_to="done")
        (tmp_path / "in" / "a").write_text("x")
        until(client, lambda: f"{tmp_path / 'done'} cannot be used" in status(client, number)["problem"])
        (tmp_path / "done").unlink()
        until(client, (tmp_path / "done" / "a").exists)
        assert kept(client) == [["a", "x", "file-transfer"]]
