"""Tests of apitest_server.security.verifying."""

import asyncio
from threading import Event

import pytest

from apitest_server.errors import ServiceUnavailable
from apitest_server.security import verifying as module
from apitest_server.security.verifying import Question, Verifying


def test_slow_answers_of_others_do_not_hold_up_passwords() -> None:
    """However many of them are waited for."""
    answered = Event()

    def ask() -> str:
        answered.wait(30)
        return "asked"

    async def main() -> None:
        verifying = Verifying()
        questions = [asyncio.create_task(verifying.verdict(Question(ask))) for _ in range(40)]
        assert await verifying.verdict(lambda: "u") == "u"
        assert not any(one.done() for one in questions)
        answered.set()
        assert await asyncio.gather(*questions) == ["asked"] * 40
        verifying.close()

    asyncio.run(main())


def test_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what waits does not grow without end."""
    monkeypatch.setattr(module, "_WAITING", 1)
    answered = Event()

    async def main() -> None:
        verifying = Verifying()
        first = asyncio.create_task(verifying.verdict(Question(lambda: str(answered.wait(30)))))
        await asyncio.sleep(0)
        with pytest.raises(ServiceUnavailable):
            await verifying.verdict(Question(lambda: None))
        answered.set()
        assert await first == "True"
        assert await verifying.verdict(Question(lambda: None)) is None
        verifying.close()

    asyncio.run(main())
