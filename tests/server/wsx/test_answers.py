"""Tests of apitest_server.wsx.answers."""

import asyncio

import pytest

from apitest_server.errors import NotFound, ServiceTimeout
from apitest_server.wsx.answers import Answers


def test_each_gets_its_own_answer() -> None:
    """The first one; what nobody waits for is dropped."""

    async def test() -> None:
        answers = Answers(asyncio.get_running_loop())
        first, second = answers.wait("1", 5), answers.wait("2", 5)
        for number, response in (("2", "b"), ("1", "a"), ("1", "again"), ("3", "c")):
            answers.came(number, response)
        assert (await first, await second) == ("a", "b")
        answers.came("1", "late")

    asyncio.run(test())


def test_whoever_gives_up_is_forgotten() -> None:
    """What would have been answered is dropped; of a request whose time is over others are told."""

    async def test() -> None:
        late: list[str] = []
        answers = Answers(asyncio.get_running_loop(), late=late.append)
        one, other = answers.wait("1", 5), answers.wait("2", 0.01)
        one.cancel()
        other.cancel()
        answers.came("1", "a")
        while not late:
            await asyncio.sleep(0)
        assert (late, answers._waiting) == (["2"], {})
        answers.failed("2", NotFound("gone"))

    asyncio.run(test())


def test_whoever_waits_is_told_why_there_is_no_answer() -> None:
    """The time is over, or the client is gone; an answer that came before counts."""

    async def test() -> None:
        answers = Answers(asyncio.get_running_loop())
        with pytest.raises(ServiceTimeout, match=r"did not answer within 0\.01 s"):
            await answers.wait("1", 0.01)
        waiting, answered = answers.wait("2", 5), answers.wait("3", 5)
        answers.came("3", "c")
        answers.give_up()
        with pytest.raises(NotFound, match="left before it answered"):
            await waiting
        assert await answered == "c"

    asyncio.run(test())


def test_a_patient_wait_is_not_over_while_nothing_is_read() -> None:
    """The answer may have been sent; who is not patient is told that there was none in time."""

    async def test() -> None:
        heard: list[bool] = []
        answers = Answers(asyncio.get_running_loop(), is_heard=lambda: bool(heard))
        with pytest.raises(ServiceTimeout):
            await answers.wait("1", 0.001)
        patient, other = answers.wait("2", 0.001, is_patient=True), answers.wait("3", 0.001, is_patient=True)
        await asyncio.wait([patient], timeout=0.02)
        answers.came("2", "b")
        assert await patient == "b"
        heard.append(True)
        with pytest.raises(ServiceTimeout):
            await other

    asyncio.run(test())
