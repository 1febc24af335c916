"""Tests of apitest_server.wsx.fqdn."""

from queue import Queue
from threading import Event

import pytest

from apitest_server.wsx import fqdn
from apitest_server.wsx.fqdn import THREADS, WAITING, Names, looked_up


def test_a_name_is_told_once_it_is_known() -> None:
    """The address is what there is until then; afterwards the name is there at once, for an hour."""
    now, told, asked = [0.0], Queue[str](), list[str]()

    def look_up(address: str) -> str:
        asked.append(address)
        return f"{address}.example"

    names = Names(look_up, lambda: now[0])
    assert names.ask("a", told.put) == "a"
    assert told.get(timeout=5) == "a.example"
    assert (names.ask("a", told.put), asked) == ("a.example", ["a"])
    now[0] = 4000.0
    assert names.ask("a", told.put) == "a.example"
    assert told.get(timeout=5) == "a.example"
    assert asked == ["a", "a"]


def test_a_name_server_that_hangs_holds_up_nobody() -> None:
    """Each asks and goes on; more than so many do not even wait, and all who wait are told in the end."""
    hangs, told = Event(), Queue[str]()

    def look_up(address: str) -> str:
        hangs.wait(10)
        return f"{address}.example"

    names = Names(look_up)
    for number in range(THREADS + WAITING + 10):
        assert names.ask(str(number), told.put) == str(number)
        assert names.ask("0", told.put) == "0"
    assert len(names._threads) == THREADS
    hangs.set()
    assert {told.get(timeout=5) for _ in range(THREADS)}


def test_only_so_many_names_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest ones go."""
    monkeypatch.setattr(fqdn, "SIZE", 2)
    names, told = Names(lambda address: address * 2), Queue[str]()
    for address in "abc":
        names.ask(address, told.put)
        told.get(timeout=5)
    assert list(names._known) == ["b", "c"]


def test_an_address_without_a_name_is_its_own() -> None:
    """So is what is no address at all."""
    assert looked_up("192.0.2.1") == "192.0.2.1"
    assert looked_up("") == ""
    assert looked_up("\udcff") == "\udcff"
