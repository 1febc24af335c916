"""Tests of apitest_server.sso.running."""

import asyncio
import threading
from pathlib import Path

from apitest_server.invoke.invoker import INVOKER
from apitest_server.sso.desk import DESK
from apitest_server.sso.running import Runner
from tests.server.sso.place import sso


def test_where_things_are_done(tmp_path: Path) -> None:
    """Here in a thread, which may wait; elsewhere on an event loop, which must not."""
    with sso(tmp_path) as (rest, _):
        have = rest.client.app.components
        runner = Runner(have[DESK], have[INVOKER], 30)
        assert runner.run(threading.get_ident) == threading.get_ident()

        async def asked() -> object:
            found = runner.run(threading.get_ident)
            assert not isinstance(found, int)
            return await found

        assert asyncio.run(asked()) != threading.get_ident()

        async def work() -> int:
            return 1

        assert rest.client.runner.run(asyncio.to_thread(lambda: runner.on_loop(work()))) == 1
