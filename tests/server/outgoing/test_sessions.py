"""Tests of apitest_server.outgoing.sessions."""

import logging
from collections.abc import Iterator

import pytest

from apitest_server.errors import BadRequest, ServiceUnavailable
from apitest_server.outgoing.sessions import Sessions


class Remote:
    """A server whose sessions are numbers."""

    def __init__(self) -> None:
        self.is_up = True
        self.opened = 0
        self.alive: set[int] = set()
        self.closed: list[int] = []
        self.sessions: Sessions[int] = Sessions("Files `a`", self.open, self.is_alive, self.close, (KeyError,))

    def open(self) -> int:
        if not self.is_up:
            raise ServiceUnavailable("`a` cannot be reached: refused")
        self.opened += 1
        self.alive.add(self.opened)
        return self.opened

    def is_alive(self, one: int) -> bool:
        return one in self.alive

    def close(self, one: int) -> None:
        self.closed.append(one)
        raise OSError("it was closed already")

    def used(self) -> int:
        with self.sessions.session() as one:
            return one

    def crash(self) -> None:
        self.is_up = False
        self.alive.clear()


@pytest.fixture
def remote(caplog: pytest.LogCaptureFixture) -> Iterator[Remote]:
    caplog.set_level(logging.INFO, "apitest.outgoing")
    made = Remote()
    yield made
    made.sessions.close()


def test_a_session_is_used_again(remote: Remote) -> None:
    """Two uses at once have two sessions."""
    assert [remote.used(), remote.used()] == [1, 1]
    with remote.sessions.session() as one, remote.sessions.session() as other:
        assert {one, other} == {1, 2}
    assert remote.closed == []


def test_a_session_whose_server_was_restarted_is_replaced(remote: Remote, caplog: pytest.LogCaptureFixture) -> None:
    """That it was away is told once, and once that it is back, however many have asked."""
    remote.used()
    remote.crash()
    for _ in range(3):
        with pytest.raises(ServiceUnavailable):
            remote.used()
    remote.is_up = True
    assert [remote.used(), remote.used()] == [2, 2]
    assert [record.getMessage() for record in caplog.records] == [
        "Files `a` cannot be used until further notice: `a` cannot be reached: refused",
        "Files `a` is connected again",
    ]


@pytest.mark.parametrize("error", [KeyError, BadRequest])
def test_an_error_that_harms_nobody_leaves_the_session(remote: Remote, error: type[Exception]) -> None:
    """The next use has the same one."""
    with pytest.raises(error), remote.sessions.session():
        raise error
    assert remote.used() == 1


def test_any_other_error_ends_the_session(remote: Remote) -> None:
    """Nobody knows which state it is in."""
    with pytest.raises(OSError, match="broken"), remote.sessions.session():
        raise OSError("broken")
    assert (remote.used(), remote.closed) == (2, [1])


def test_what_is_in_use_ends_after_its_use(remote: Remote) -> None:
    """What is idle ends at once, and so does what is more than is kept."""
    with remote.sessions.session():
        remote.sessions.close()
        assert remote.closed == []
    assert remote.closed == [1]
