"""Tests of apitest_server.cache.memcached, against Debian's."""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pymemcache.client.base import Client

from apitest_server.cache.memcached import MemcachedCache
from apitest_server.errors import BadRequest, HTTPError, RemoteError, ServiceUnavailable
from apitest_server.odb import StoredObject
from tests.ports import free_port
from tests.server.cache.elsewhere import cache_in
from tests.services.memcached import Memcached

pytestmark = pytest.mark.memcached


def test_entries_are_used(sessions: MemcachedCache) -> None:
    """They are written, read, added, timed and deleted."""
    sessions.set("user:1", {"name": "Maria", "roles": ["a", "b"]}, expiry=60)
    assert sessions.get("user:1") == {"name": "Maria", "roles": ["a", "b"]}
    assert [sessions.get("user:2"), sessions.get("user:2", "nobody")] == [None, "nobody"]
    assert [sessions.add("user:1", 1), sessions.add("user:3", "ż")] == [False, True]
    assert sessions.get_many(["user:1", "user:2", "user:3"]) == {"user:1": sessions.get("user:1"), "user:3": "ż"}
    assert [sessions.expire("user:1", 30.5), sessions.expire("user:2", 1)] == [True, False]
    assert [sessions.delete("user:1"), sessions.delete("user:1")] == [True, False]
    sessions.set_many({"a": b"\0", "b": None})
    assert sessions.get_many(["a", "b"]) == {"a": b"\0", "b": None}
    sessions.delete_many(["a", "b"])
    assert sessions.get("b", "gone") == "gone"
    sessions.clear()
    assert sessions.get("user:3") is None


def test_numbers_are_counted(sessions: MemcachedCache) -> None:
    """By the server; they never fall below 0."""
    assert sessions.increment("visits") is None
    sessions.set("visits", 5)
    assert [sessions.increment("visits", 3), sessions.decrement("visits"), sessions.get("visits")] == [8, 7, 7]
    assert sessions.decrement("visits", 50) == 0


def test_a_value_of_a_month_or_longer_lives(memcached: Memcached, tmp_path: Path) -> None:
    """Of so many seconds memcached makes a point in time, which would be long gone."""
    sessions = cache_in(memcached, tmp_path)
    sessions.set("long", 1, expiry=40 * 24 * 3600)
    assert sessions.get("long") == 1
    sessions.close()


def test_keys_may_have_a_prefix(memcached: Memcached, sessions: MemcachedCache, tmp_path: Path) -> None:
    """So that several share a server."""
    crm = cache_in(memcached, tmp_path, key_prefix="crm:")
    crm.set("a", 1)
    assert (sessions.get("a"), sessions.get("crm:a"), crm.get_many(["a"])) == (None, 1, {"a": 1})
    crm.close()


@pytest.mark.parametrize(
    ("act", "error", "words"),
    [
        (lambda cache: cache.set("a b", 1), BadRequest, "`sessions` must have keys of 1 to 250 bytes, without spaces"),
        (lambda cache: cache.get_many(["a", "b\r\nflush_all"]), BadRequest, "must have keys of 1 to 250 bytes"),
        (
            lambda cache: cache.set("a", object()),
            BadRequest,
            "cannot be asked to write `a`: must be made of bytes, texts",
        ),
        (lambda cache: cache.set("a", 1, -1), BadRequest, "must have an expiry"),
        (
            lambda cache: cache.set("a", "x" * 2_000_000),
            RemoteError,
            "refuses to write `a`: object too large for cache",
        ),
        (lambda cache: cache.increment("text"), RemoteError, "cannot increment or decrement non-numeric value"),
        (
            lambda cache: cache.keys(),
            BadRequest,
            "is in memcached, which does not tell its keys: `keys` needs a built-in",
        ),
    ],
)
def test_what_cannot_be_is_refused(
    sessions: MemcachedCache, act: Callable[[Any], object], error: type[HTTPError], words: str
) -> None:
    """In words; all else goes on, and nothing is lost."""
    sessions.set("text", "abc")
    with pytest.raises(error) as caught:
        act(sessions)
    assert words in caught.value.details
    assert sessions.get("text") == "abc"


def test_what_nobody_has_ever_heard_of_is_missing(sessions: MemcachedCache) -> None:
    """As of any object."""
    with pytest.raises(AttributeError, match="has no `shake`"):
        sessions.shake()  # type: ignore[misc]


def test_what_others_have_pickled_is_not_read(memcached: Memcached, sessions: MemcachedCache) -> None:
    """It could run code; the next use goes on."""
    other = Client((memcached.host, memcached.port))
    other.set("theirs", b"cos\nsystem\n(S'true'\ntR.", noreply=False, flags=1)
    other.close()
    with pytest.raises(RemoteError, match="`sessions` has `theirs`, which was pickled by another client"):
        sessions.get("theirs")
    assert sessions.get("none") is None


def test_keys_are_spread_over_servers(memcached: Memcached, tmp_path: Path) -> None:
    """Each is always on the same one; what is asked of all is asked of each."""
    other = Memcached()
    try:
        servers = f"{memcached.host}:{memcached.port}\n{other.host}:{other.port}"
        both = cache_in(memcached, tmp_path, servers=servers)
        both.clear()
        values = {f"key-{number}": number for number in range(40)}
        both.set_many(values)
        assert both.get_many(values) == values
        assert [both.get(key) for key in values] == list(values.values())
        assert list(both.statistics()) == servers.split("\n")
        alone = [cache_in(server, tmp_path) for server in (memcached, other)]
        counts = [len(cache.get_many(values)) for cache in alone]
        for cache in alone:
            cache.close()
        assert (sum(counts), min(counts) > 0) == (40, True)
        assert both.ping() == servers.replace("\n", ", ")
        both.delete_many(values)
        assert both.get_many(values) == {}
        other.kill()
        with pytest.raises(ServiceUnavailable):
            both.ping()
        both.close()
    finally:
        other.stop()


def test_tls_is_spoken(memcached: Memcached, tmp_path: Path) -> None:
    """With a server whose certificate is trusted, and with no other."""
    server = {"servers": f"{memcached.host}:{memcached.tls_port}", "use_tls": True}
    trusting = cache_in(memcached, tmp_path, **server, ca_certs=str(memcached.authority))
    trusting.set("secret", 1)
    assert trusting.get("secret") == 1
    trusting.close()
    with pytest.raises(ServiceUnavailable, match=r"cannot be reached at .*: CERTIFICATE_VERIFY_FAILED"):
        cache_in(memcached, tmp_path, **server).ping()


def test_a_restart_is_survived(
    sessions: MemcachedCache, memcached: Memcached, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody has to do anything, the cache is empty, and each change is one line in the log."""
    caplog.set_level(logging.INFO, "apitest.outgoing")
    sessions.set("a", 1)
    memcached.kill()
    for _ in range(2):
        with pytest.raises(ServiceUnavailable, match=r"cannot be reached at .*: Connection refused"):
            sessions.get("a")
    memcached.start()
    assert [sessions.get("a", "gone") for _ in range(2)] == ["gone", "gone"]
    told = [record.getMessage() for record in caplog.records if record.name == "apitest.outgoing"]
    assert [text.partition(" at ")[0] for text in told] == ["Memcached cache `sessions`"] * 2
    assert ["cannot be used until further notice" in told[0], told[1].endswith("is connected again")] == [True, True]


def test_a_server_that_is_lost_in_the_middle_is_told(sessions: MemcachedCache, memcached: Memcached) -> None:
    """The session is not used again."""
    sessions.ping()
    words = "`sessions` was lost when it was asked to shut down"
    with pytest.raises(ServiceUnavailable, match=words), sessions._session("a", "to shut down") as session:
        memcached.kill()
        session.client.get("a")
    memcached.start()
    assert sessions.ping()


def test_a_driver_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the command that installs it, and only where it is needed."""
    monkeypatch.setitem(sys.modules, "apitest_server.cache.memcached_session", None)
    given = {"servers": f"127.0.0.1:{free_port()}"}
    cache = MemcachedCache(StoredObject(1, "cache.memcached", "sessions", given), tmp_path)
    with pytest.raises(ServiceUnavailable, match=r"install it with: pip install apitest\[memcached\]"):
        cache.ping()
