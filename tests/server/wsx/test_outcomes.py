"""Tests of apitest_server.wsx.outcomes."""

import asyncio
from typing import cast

import pytest

from apitest_server.invoke.pipeline import Pipeline
from apitest_server.wsx.exchange import WSXExchange, WSXReply
from apitest_server.wsx.messages import FromClient
from apitest_server.wsx.moments import Now
from apitest_server.wsx.outcomes import outcome
from apitest_server.wsx.protocol import CREATE_SESSION, INVOKE_SERVICE, Close, Send, Session, Terms

GONE = object()


@pytest.mark.parametrize(
    ("reply", "kinds", "said"),
    [
        (WSXReply(200, "c1", "[1]"), [Send], '"zwsx.rspok", "status": 200, "in_reply_to": "1"}, "data": [1]'),
        (WSXReply(404, "c1", "", "No such service"), [Send], '"zwsx.rsperr", "status": 404'),
        (WSXReply(401, "c1", "", "Unauthorized", True), [Send, Close], '"zwsx.merr"'),
        (None, [], ""),
    ],
)
def test_what_the_client_is_told(reply: WSXReply | None, kinds: list[type], said: str) -> None:
    """The response, what went wrong, that it has to sign in anew; nothing if nobody waits for the answer any more."""

    class Replying:
        async def answer(self, exchange: object) -> WSXReply | None:
            return reply

    async def test() -> None:
        session = Session(Terms(), 0.0)
        session.logged_in(FromClient(CREATE_SESSION), "token", Now(0.0))
        message = FromClient(INVOKE_SERVICE, "1")
        actions = await outcome(cast("Pipeline", Replying()), cast("WSXExchange", GONE), session, message)
        assert [type(action) for action in actions] == kinds
        assert said in str(actions)

    asyncio.run(test())
