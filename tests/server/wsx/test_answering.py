"""Tests of apitest_server.wsx.answering."""

import asyncio

from apitest_server.wsx.answering import afterwards, answering


def test_what_has_to_wait_is_done_afterwards() -> None:
    """In its order, also if the call fails; for others, and after the answer, at once."""
    done: list[str] = []

    async def later(name: str) -> None:
        afterwards("one", lambda: done.append(name))

    async def scenario() -> None:
        afterwards("one", lambda: done.append("before"))
        try:
            with answering("one"):
                afterwards("one", lambda: done.append("first"))
                afterwards("other", lambda: done.append("other"))
                await asyncio.ensure_future(later("second"))
                begun = later("late")
                assert done == ["before", "other"]
                raise ValueError
        except ValueError:
            assert done == ["before", "other", "first", "second"]
        await begun
        assert done[4:] == ["late"]

    asyncio.run(scenario())
