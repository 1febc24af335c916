"""Tests of apitest_server.invoke.crashes."""

import asyncio

import pytest

from apitest_server.errors import ServiceCrashed
from apitest_server.invoke.crashes import harmless, harmlessly


class Own(BaseException):
    pass


CRASHES = [SystemExit(3), KeyboardInterrupt(), StopIteration(), StopAsyncIteration(), GeneratorExit(), Own()]


async def raising(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize("raised", [*CRASHES, asyncio.CancelledError()], ids=lambda raised: type(raised).__name__)
def test_what_could_end_the_server_becomes_an_error(raised: BaseException) -> None:
    """It names what was raised, and has it as its cause."""
    found = harmless(raised)
    assert isinstance(found, ServiceCrashed)
    assert (str(found), found.__cause__) == (f"The service raised {type(raised).__name__}", raised)


def test_other_errors_stay_as_they_are() -> None:
    """The same object."""
    error = ValueError("x")
    assert harmless(error) is error
    with pytest.raises(ValueError, match="x"):
        asyncio.run(harmlessly(raising(error)))


@pytest.mark.parametrize("raised", [SystemExit(3), GeneratorExit(), Own(), asyncio.CancelledError()], ids=repr)
def test_a_coroutine_cannot_end_the_event_loop(raised: BaseException) -> None:
    """Even a CancelledError that it made itself is an error."""
    with pytest.raises(ServiceCrashed, match=type(raised).__name__):
        asyncio.run(harmlessly(raising(raised)))


def test_a_task_that_is_cancelled_is_cancelled() -> None:
    """Whoever cancelled it sees that."""

    async def cancelled() -> bool:
        task = asyncio.create_task(harmlessly(asyncio.Event().wait()))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        return task.cancelled()

    assert asyncio.run(cancelled())
