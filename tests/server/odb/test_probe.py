import asyncio
from pathlib import Path

from apitest_server.odb.database import ODB
from apitest_server.odb.probe import Probe


def test_whoever_asks_meanwhile_gets_the_same_answer(tmp_path: Path) -> None:
    """One thread asks, for all; and asks anew later."""
    odb = ODB("", tmp_path)
    probe, asked = Probe(odb), 0
    original = probe._asked

    def counted() -> bool:
        nonlocal asked
        asked += 1
        return original()

    probe._asked = counted  # type: ignore[method-assign]

    async def twice() -> tuple[list[bool], bool]:
        before = await asyncio.gather(*(probe.answers() for _ in range(5)))
        odb.load()
        return before, await probe.answers()

    assert asyncio.run(twice()) == ([False] * 5, True)
    assert asked == 2
    odb.close()


def test_a_database_that_is_silent_does_not_answer(tmp_path: Path) -> None:
    """Nobody waits for longer than a probe may take."""

    async def silent() -> bool:
        probe = Probe(ODB("", tmp_path))
        probe._asking = asyncio.create_task(asyncio.sleep(3600, True))
        found = await probe.answers()
        probe._asking.cancel()
        return found

    import apitest_server.odb.probe as module

    before, module.SECONDS = module.SECONDS, 0.01
    try:
        assert asyncio.run(silent()) is False
    finally:
        module.SECONDS = before
