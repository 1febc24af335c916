"""Tests of apitest_server.sso.errands."""

import logging
from pathlib import Path
from threading import Event, get_ident

import pytest

from apitest_server.errors import ServiceUnavailable
from apitest_server.sso import errands
from apitest_server.sso.desk import DESK
from apitest_server.sso.letters import Letter
from tests.server.asgi import served


def test_errands_are_done_in_another_thread(tmp_path: Path) -> None:
    """One after the other; those that were begun are finished when the server ends."""
    done: list[int] = []
    with served(tmp_path) as client:
        desk = client.app.components[DESK]
        for number in range(3):
            desk.errands.do("a number", lambda number=number: done.append(number))
        desk.errands.do("a thread", lambda: done.append(get_ident()))
        desk.errands.do("the last", (last := Event()).set)
        assert last.wait(30)
    assert done[:3] == [0, 1, 2]
    assert done[3] != get_ident()


def test_what_goes_wrong_is_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """In one line where the cause is outside; the next errand is done."""

    def fail(error: Exception) -> None:
        raise error

    with served(tmp_path, "[sso]\nsmtp_conn = none\n") as client:
        errands = client.app.components[DESK].errands
        errands.do("this", lambda: fail(ServiceUnavailable("It is away")))
        errands.do("that", lambda: fail(ValueError("a mistake")))
        errands.do("an e-mail", lambda: errands.send(Letter("a@b", "s", "b")))
        errands.do("the last", (last := Event()).set)
        assert last.wait(30)
    told = [record for record in caplog.records if record.name == "apitest.sso" and record.levelno == logging.ERROR]
    assert [record.getMessage().partition("\n")[0] for record in told] == [
        "SSO: this failed: It is away", "SSO: that failed", "SSO: an e-mail failed: There is no SMTP connection `none`",
    ]  # fmt: skip
    assert [record.exc_info is not None for record in told] == [False, True, False]


def test_too_many_are_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Memory is bounded; the log says what is not done."""
    monkeypatch.setattr(errands, "WAITING", 2)
    go = Event()
    done: list[str] = []
    with served(tmp_path) as client:
        own = client.app.components[DESK].errands
        own.do("the first", lambda: done.append(str(go.wait(30))))
        own.do("the second", lambda: done.append("second"))
        own.do("the third", lambda: done.append("third"))
        assert "SSO: the third is not done, 2 others wait already" in caplog.messages
        go.set()
    assert "third" not in done
