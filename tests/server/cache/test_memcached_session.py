"""Tests of apitest_server.cache.memcached_session; tests.server.cache.test_memcached has what it is for."""

import socket
from pathlib import Path
from threading import Thread

import pytest

from apitest_server.cache.memcached import MemcachedCache
from apitest_server.cache.memcached_session import Session, Settings, chosen
from apitest_server.errors import ServiceTimeout, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.places import Place
from tests.services.memcached import Memcached

PLACES = [Place("memcached", f"cache-{number}", 11211) for number in range(4)]


def test_one_server_less_moves_its_own_keys_only() -> None:
    """All others are where they were."""
    keys = [f"key-{number}" for number in range(200)]
    before = {key: chosen(key, PLACES) for key in keys}
    after = {key: chosen(key, PLACES[:-1]) for key in keys}
    assert set(before.values()) == set(PLACES)
    assert all(after[key] == place for key, place in before.items() if place != PLACES[-1])


@pytest.mark.memcached
def test_a_session_lives_until_it_is_closed_here_or_there(memcached: Memcached) -> None:
    """The server is not asked: that it has hung up is known."""
    first, second = (
        Session("c", Place("memcached", "localhost", memcached.port), Settings("", 30, None)) for _ in range(2)
    )
    assert first.is_alive()
    first.close()
    assert not first.is_alive()
    memcached.kill()
    assert not second.is_alive()
    memcached.start()
    second.close()


def test_what_is_no_memcached_is_told() -> None:
    """Whatever it says."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = Place("memcached", "127.0.0.1", server.getsockname()[1])

        def answer() -> None:
            with server.accept()[0] as connection:
                connection.recv(100)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n")

        thread = Thread(target=answer)
        thread.start()
        with pytest.raises(ServiceUnavailable, match=r"`c` cannot be reached at .*: Received unexpected response"):
            Session("c", place, Settings("", 30, None))
        thread.join()


def test_a_server_that_falls_silent_is_waited_for_so_long(tmp_path: Path) -> None:
    """Then that is told."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        given = {"servers": f"127.0.0.1:{server.getsockname()[1]}", "timeout": 1}

        def answer() -> None:
            with server.accept()[0] as connection:
                connection.recv(100)
                connection.sendall(b"VERSION 1.6\r\n")
                while connection.recv(100):
                    pass

        thread = Thread(target=answer)
        thread.start()
        cache = MemcachedCache(StoredObject(1, "cache.memcached", "sessions", given), tmp_path)
        with pytest.raises(ServiceTimeout, match="`sessions` did not answer in time when it was asked to read `a`"):
            cache.get("a")
        thread.join()
