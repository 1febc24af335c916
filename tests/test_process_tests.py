"""What starts a process, listens or makes a whole server is found through functions, fixtures and classes.

What does not is left alone.
"""

import asyncio
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from apitest_server.app import App
from tests.process_tests import Reach, integrates
from tests.server.asgi import Client, served


def _starts() -> None:
    subprocess.run([sys.executable, "--version"], check=True)


def _starts_through_another() -> None:
    _starts()


def _starts_inside() -> None:
    def inner() -> None:
        _starts()

    inner()


class _Starter:
    def start(self) -> None:
        _starts()


def _uses_a_class() -> _Starter:
    return _Starter()


def _calls_itself(depth: int) -> int:
    return _calls_itself(depth - 1) if depth else len(sys.argv)


def test_what_starts_a_process_is_found() -> None:
    """Directly, through another function, in a function inside, and through a class's method."""
    reach = Reach()
    for function in (_starts, _starts_through_another, _starts_inside, _uses_a_class, _Starter):
        assert reach.reaches(function), function


def _listens() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


async def _listens_in_a_loop() -> None:
    await asyncio.get_running_loop().create_server(asyncio.Protocol, "127.0.0.1", 0)


def _runs_pytest(pytester: pytest.Pytester) -> None:
    pytester.runpytest_subprocess()


def _runs_in_workers() -> list[str]:
    return [*("run", "-j"), "2"]


def _runs_in_workers_once() -> list[tuple[str, ...]]:
    return [options for options in ((), ("-j", "2")) if options]


def _has_options_of_workers() -> str:
    return "[behave]\noptions = --format pretty --jobs 2\n"


def _speaks_of_workers() -> str:
    return "with --jobs 2 there are workers"


def _spawns() -> object:
    import multiprocessing

    return multiprocessing.get_context("spawn")


def _makes_workers() -> object:
    from apitest.runner.workers.crew import Crew

    return Crew


def test_workers_are_found() -> None:
    """By the option that starts them, also one of several or in a file, and by the names of what does."""
    found = (_runs_in_workers, _runs_in_workers_once, _has_options_of_workers, _makes_workers, _spawns)
    assert all(map(Reach().reaches, found))
    assert not Reach().reaches(_speaks_of_workers)


def _runs_pytest_here(pytester: pytest.Pytester) -> None:
    pytester.runpytest_inprocess()


def test_pytest_in_a_process_is_found() -> None:
    """By the method of its fixture that starts one; a whole run in the test's process is none, but is found, too."""
    assert Reach().reaches(_runs_pytest)
    assert not Reach().reaches(_runs_pytest_here)
    assert Reach(integrates).reaches(_runs_pytest_here)


def test_what_listens_is_found() -> None:
    """By a socket, and in an event loop."""
    assert Reach().reaches(_listens)
    assert Reach().reaches(_listens_in_a_loop)


def test_what_starts_none_is_left_alone() -> None:
    """A function that calls itself, and one of another package, start nothing."""
    reach = Reach()
    assert not reach.reaches(_calls_itself)
    assert not reach.reaches(len)


def _has_a_server() -> list[str]:
    with served(Path("x")) as client:
        return client.app.store.names()


def _is_given_a_server(client: Client) -> list[str]:
    return client.app.store.names()


def test_what_makes_a_whole_server_is_found() -> None:
    """Directly and through a function; who is only given one makes none, and neither does what starts a process."""
    servers = Reach(integrates)
    assert servers.reaches(App)
    assert servers.reaches(_has_a_server)
    assert not servers.reaches(_is_given_a_server)
    assert not servers.reaches(_starts)
    assert not Reach().reaches(_has_a_server)


def _given(test: object, maker: object, scope: str) -> pytest.Function:
    """A test as pytest collects it, with a fixture of a function and a scope."""
    definitions = {"client": [SimpleNamespace(func=maker, scope=scope)]}
    return SimpleNamespace(function=test, _fixtureinfo=SimpleNamespace(name2fixturedefs=definitions))  # type: ignore[return-value]


def test_a_server_that_tests_share_is_none_of_their_own() -> None:
    """What a fixture of each test makes is the test's, and what one of the module makes only if shared ones count."""
    own, shared = (_given(_is_given_a_server, _has_a_server, scope) for scope in ("function", "module"))
    servers = Reach(integrates)
    assert servers.of_test(own, shared=False)
    assert not servers.of_test(shared, shared=False)
    assert servers.of_test(shared)
    assert servers.of_test(_given(_has_a_server, _is_given_a_server, "module"), shared=False)
