"""What comes of a message that invokes its channel's service."""

import asyncio

from apitest_server.invoke.pipeline import Pipeline
from apitest_server.wsx.exchange import WSXExchange
from apitest_server.wsx.messages import FromClient
from apitest_server.wsx.moments import Now
from apitest_server.wsx.protocol import Action, Session

REVOKED = "The security definition was changed"


async def outcome(pipeline: Pipeline, exchange: WSXExchange, session: Session, message: FromClient) -> list[Action]:
    """Invokes the service; returns what has to be done once it has answered or failed."""
    reply = await pipeline.answer(exchange)
    if reply is None:
        return []
    moment = Now(asyncio.get_running_loop().time(), reply.cid)
    if reply.is_revoked:
        return session.revoked(moment, REVOKED)
    if reply.problem:
        return session.failed(message, reply.status, reply.problem, moment)
    return session.replied(message, reply.status, reply.data_json, moment)
