"""Tests of apitest_server.invoke.pool."""

import asyncio
from threading import Barrier, Event, Semaphore, current_thread, get_ident

import pytest

from apitest_server.errors import ServiceCrashed, ServiceTimeout, ServiceUnavailable
from apitest_server.invoke.pool import ThreadPool

LONG = 60.0


def test_functions_run_in_threads_of_the_pool() -> None:
    """Results and errors come back to the loop, and no more threads run than the pool has."""
    pool = ThreadPool(2, 100)

    async def main() -> set[str]:
        names = await asyncio.gather(*(pool.submit(lambda: current_thread().name, LONG) for _ in range(20)))
        with pytest.raises(ZeroDivisionError):
            await pool.submit(lambda: 1 // 0, LONG)
        with pytest.raises(ServiceCrashed, match="SystemExit"):
            await pool.submit(exit, LONG)
        return set(names)

    assert asyncio.run(main()) == {"service"}
    assert pool._threads <= 2
    pool.close()


def test_a_full_queue_refuses() -> None:
    """What does not fit is told so at once, and what fits is done."""
    pool = ThreadPool(1, 1)
    go, busy = Event(), Event()

    async def main() -> None:
        first = pool.submit(lambda: (busy.set(), go.wait(LONG)), LONG)
        while not busy.is_set():
            await asyncio.sleep(0)
        second = pool.submit(lambda: 2, LONG)
        with pytest.raises(ServiceUnavailable):
            pool.submit(lambda: 3, LONG)
        go.set()
        await first
        assert await second == 2

    asyncio.run(main())
    pool.close()


def test_a_call_that_never_returns_does_not_take_the_pool_with_it() -> None:
    """Its thread is written off, another one takes its place, and it ends by itself once the call returns."""
    pool = ThreadPool(1, 10)
    go = Event()

    async def main() -> None:
        while not pool._stuck:  # A call that no thread has taken yet holds none up
            with pytest.raises(ServiceTimeout):
                await pool.submit(lambda: go.wait(LONG), 0.01)
        assert await pool.submit(lambda: 5, LONG) == 5
        assert pool._stuck == 1
        go.set()
        while pool._stuck:
            await asyncio.sleep(0)

    asyncio.run(main())
    pool.close()


def test_a_call_that_waited_too_long_is_never_made() -> None:
    """A job whose time is over before a thread was free is thrown away."""
    pool = ThreadPool(1, 10)
    go, made = Event(), Event()

    async def main() -> None:
        first = pool.submit(lambda: go.wait(LONG), LONG)
        with pytest.raises(ServiceTimeout):
            await pool.submit(made.set, 0.01)
        go.set()
        await first
        assert await pool.submit(lambda: 5, LONG) == 5

    asyncio.run(main())
    assert not made.is_set()
    pool.close()


def test_too_many_stuck_threads_stop_the_pool_from_growing() -> None:
    """Once four times its size is stuck, the pool refuses rather than starts thread after thread."""
    pool = ThreadPool(1, 10)
    go, stuck = Event(), Semaphore(0)

    def wait() -> None:
        stuck.release()
        go.wait(LONG)

    async def main() -> None:
        for _ in range(4):
            while not stuck.acquire(blocking=False):  # thrown away where its time is over before a thread took it
                with pytest.raises(ServiceTimeout):
                    await pool.submit(wait, 0.01)
        with pytest.raises(ServiceUnavailable):
            pool.submit(lambda: 1, LONG)
        go.set()

    asyncio.run(main())
    pool.close()


def test_calls_that_wait_for_something_get_as_many_threads_as_there_are() -> None:
    """Eight calls that each wait for all eight to have begun come to an end, again and again."""
    pool = ThreadPool(8, 100)

    async def main() -> None:
        for _ in range(3):
            together = Barrier(8)
            await asyncio.gather(*(pool.submit(lambda: together.wait(LONG), LONG) for _ in range(8)))  # noqa: B023

    asyncio.run(main())
    assert pool._threads == 8
    pool.close()


def test_short_calls_need_few_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """After calls that waited, threads more than needed go to rest, while others still have calls to do."""
    # No call is long, and no more threads are woken, however long it takes until a thread gets a processor.
    monkeypatch.setattr("apitest_server.invoke.pool.SHORT", LONG)
    monkeypatch.setattr("apitest_server.invoke.pool.PATIENCE", LONG)
    pool = ThreadPool(16, 10_000)
    eager, pool._eager = pool._eager, 16
    go = Event()

    async def main() -> set[int]:
        waiting = [pool.submit(lambda: go.wait(LONG), LONG) for _ in range(16)]
        short = [pool.submit(get_ident, LONG) for _ in range(5000)]
        while len(pool._jobs) > len(short):
            await asyncio.sleep(0)
        pool._eager = eager
        go.set()
        await asyncio.gather(*waiting)
        return set(await asyncio.gather(*short))

    assert len(asyncio.run(main())) <= eager
    pool.close()


def test_many_that_never_return_leave_the_others_alone() -> None:
    """While thirty calls hang, hundreds of others are made; the threads that hung end once the calls return."""
    pool = ThreadPool(8, 1000)
    go = Event()

    async def main() -> list[int]:
        hanging = [pool.submit(lambda: go.wait(LONG), 0.05) for _ in range(30)]
        others = [pool.submit(lambda number=number: number, LONG) for number in range(300)]  # type: ignore[misc]
        assert {type(error) for error in await asyncio.gather(*hanging, return_exceptions=True)} == {ServiceTimeout}
        results = await asyncio.gather(*others)
        go.set()
        while pool._stuck:
            await asyncio.sleep(0)
        return list(results)

    assert asyncio.run(main()) == list(range(300))
    assert pool._threads <= 8
    pool.close()


def test_a_pool_serves_one_loop_after_another() -> None:
    """What was lost with a loop that was closed does not keep the next one from its results."""
    pool = ThreadPool(1, 10)
    go, done = Event(), Event()

    async def leaves() -> None:
        pool.submit(lambda: (go.wait(LONG), done.set()), LONG)
        await asyncio.sleep(0)

    async def stays() -> int:
        return int(await pool.submit(lambda: 5, LONG))

    asyncio.run(leaves())
    go.set()
    assert done.wait(LONG)
    while pool._threads > len(pool._resting):
        pass
    assert asyncio.run(stays()) == 5
    pool.close()


def test_a_result_that_comes_after_the_loop_is_gone_harms_nobody() -> None:
    """The thread ends quietly."""
    pool = ThreadPool(1, 10)
    go, done = Event(), Event()

    async def main() -> None:
        pool.submit(lambda: (go.wait(LONG), done.set()), LONG)
        await asyncio.sleep(0)

    asyncio.run(main())
    go.set()
    assert done.wait(LONG)
    pool.close()
