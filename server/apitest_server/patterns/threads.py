"""Threads beside the server's pool, for calls that wait for other calls: with those of the pool they could all wait."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextvars import copy_context
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def in_thread(function: Callable[[], T]) -> "Future[T]":
    """Runs a function in a new thread, which does not keep the process from ending; its log has the same cid."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(function())
        except BaseException as error:  # Whoever waits for the result is told
            future.set_exception(error)

    Thread(target=copy_context().run, args=(run,), name="pattern", daemon=True).start()
    return future


def here_or_awaited(function: Callable[[], object]) -> object:
    """The function's result; on the event loop, something to be awaited for it."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return function()
    return asyncio.wrap_future(in_thread(function), loop=loop)


def all_of(functions: Sequence[Callable[[], T]], at_once: int) -> list[T]:
    """The functions' results in their order; at most so many run at a time. They must not raise."""
    waiting: SimpleQueue[int] = SimpleQueue()
    for index in range(len(functions)):
        waiting.put(index)
    results: dict[int, T] = {}

    def work() -> None:
        while True:
            try:
                index = waiting.get_nowait()
            except Empty:
                return
            results[index] = functions[index]()

    workers = [in_thread(work) for _ in range(min(at_once, len(functions)))]
    for worker in workers:
        worker.result()
    return [results[index] for index in range(len(functions))]
