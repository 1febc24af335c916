"""Responses on their way to clients, and whether a client was there to take one."""

from apitest_server.rest.exchange import HTTPReply
from apitest_server.service.asgi import WHOLE, Receive, Send
from apitest_server.service.messages import WhenSent


async def sent(reply: HTTPReply, receive: Receive, send: Send, at_once: bool = False) -> None:
    """Sends a response; if somebody wants to know whether it arrived, they are told.

    A response whose client is gone, or that could not be sent, did not arrive. More than that a server cannot know: the
    last bytes of it may be on their way.

    Args:
        reply: the response.
        receive: tells whether the client is there.
        send: takes the response's parts.
        at_once: whether ``send`` takes it as a whole, too.
    """
    if reply.when_sent is None and at_once:
        await send({"type": WHOLE, "status": reply.status, "headers": reply.headers, "body": reply.body})
    elif reply.when_sent is None:
        await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
        await send({"type": "http.response.body", "body": reply.body})
    else:
        await _watched(reply, reply.when_sent, receive, send)


async def _watched(reply: HTTPReply, when_sent: WhenSent, receive: Receive, send: Send) -> None:
    arrived = False
    try:
        await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
        await send({"type": "http.response.body", "body": reply.body, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": True})  # Waits for a client that is slow
        arrived = not _is_gone(receive)
    finally:
        await when_sent(arrived)
    await send({"type": "http.response.body", "body": b""})


def _is_gone(receive: Receive) -> bool:
    """Whether there is nobody any longer; of a client that is there, nothing comes once its request is complete."""
    waiting = receive().__await__()
    try:
        next(waiting)
    except StopIteration as done:
        return bool(done.value["type"] == "http.disconnect")
    waiting.close()
    return False
