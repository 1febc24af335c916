"""What a service raises must not end the thread, the event loop or the server that it runs in.

An event loop ends with ``SystemExit`` and ``KeyboardInterrupt``, a future does not take ``StopIteration``, and a task
that nobody cancelled must not look cancelled. As a :class:`ServiceCrashed`, each of them is an error like any other.
"""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

from apitest_server.errors import ServiceCrashed

T = TypeVar("T")


def harmless(raised: BaseException) -> Exception:
    """The error itself, or a ``ServiceCrashed`` that has it as its cause."""
    if isinstance(raised, Exception) and not isinstance(raised, StopIteration | StopAsyncIteration):
        return raised
    crashed = ServiceCrashed(f"The service raised {type(raised).__name__}")
    crashed.__cause__ = raised
    return crashed


async def harmlessly(handling: Coroutine[object, object, T]) -> T:
    """The result of a coroutine; what it raises is harmless.

    Raises:
        asyncio.CancelledError: this task was cancelled, by whoever runs it.
    """
    try:
        return await handling
    except asyncio.CancelledError as cancelled:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        raise harmless(cancelled) from cancelled
    except Exception:
        raise
    except BaseException as raised:
        raise harmless(raised) from raised
