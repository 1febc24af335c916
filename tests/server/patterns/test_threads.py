"""Tests of apitest_server.patterns.threads."""

import asyncio
import threading

import pytest

from apitest_server.invoke.current import current_cid
from apitest_server.patterns.threads import all_of, here_or_awaited


def test_results_are_in_the_order_of_the_functions() -> None:
    """However many run at a time."""
    functions = [lambda number=number: number * 2 for number in range(20)]
    assert all_of(functions, 3) == [number * 2 for number in range(20)]
    assert all_of([], 3) == []


def test_functions_run_at_the_same_time_but_not_more_than_allowed() -> None:
    """Two of them wait for each other; with one at a time they could not."""
    barrier = threading.Barrier(2, timeout=5)
    assert all_of([barrier.wait, barrier.wait], 2) in ([0, 1], [1, 0])
    names = all_of([threading.current_thread] * 5, 1)
    assert len({id(thread) for thread in names}) == 1


def test_on_the_event_loop_the_result_is_awaited() -> None:
    """Elsewhere the function runs in the caller's thread."""
    assert here_or_awaited(threading.get_ident) == threading.get_ident()

    async def main() -> int:
        ident: int = await here_or_awaited(threading.get_ident)
        return ident

    assert asyncio.run(main()) != threading.get_ident()


def test_an_error_reaches_who_waits() -> None:
    """On the event loop as elsewhere."""

    def fail() -> None:
        raise KeyError("x")

    async def main() -> None:
        await here_or_awaited(fail)

    with pytest.raises(KeyError):
        asyncio.run(main())


def test_the_cid_of_the_caller_is_that_of_its_threads() -> None:
    """So that the log knows which call their lines belong to."""
    token = current_cid.set("the cid")
    try:
        assert all_of([current_cid.get] * 3, 2) == ["the cid"] * 3
    finally:
        current_cid.reset(token)
