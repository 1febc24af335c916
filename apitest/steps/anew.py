"""How what checks look at is had anew: a request is sent again, the next message is received, or nothing is needed.

Each is what ``again`` of a subject or of a sentence is.
"""

from apitest.clients import response
from apitest.clients.websocket import client as websockets
from apitest.context import StepContext
from apitest.errors import BadValue
from apitest.language.sentence import Again


def _begin(ctx: StepContext) -> None:
    """Nothing is needed: the first look finds what there is."""


def _is_new(ctx: StepContext, left: float) -> bool:
    """A look finds by itself what there is at its time."""
    return True


def _check_response(ctx: StepContext) -> None:
    """There is a response, and its request can be sent again.

    Raises:
        CheckFailed: nothing was sent, or the request was changed afterwards.
        BadValue: the response came another way.
    """
    response.last(ctx.zato)
    if not ctx.zato.can_send_again:
        raise BadValue(
            "The last response is not that of a request which could be sent again",
            fix="Put this line before the check: When the URL is invoked",
        )


def _send_again(ctx: StepContext, left: float) -> bool:
    ctx.zato.send_again()
    return True


def _check_message(ctx: StepContext) -> None:
    """A message was received, and others may follow it.

    Raises:
        CheckFailed: none was.
        BadValue: none can follow it.
    """
    websockets.latest(ctx.zato)
    if websockets.following(ctx.zato) is None:
        raise BadValue("No other message can follow this one", fix="Receive it from a WebSocket or a topic")


def _receive_next(ctx: StepContext, left: float) -> bool:
    following = websockets.following(ctx.zato)
    return following is not None and following(left)


def stays(what: str, fix: str) -> Again:
    """Of what cannot change while a step waits: says so.

    Args:
        what: its name, and that it stays.
        fix: what to write instead.
    """

    def refuse(ctx: StepContext) -> None:
        raise BadValue(f"{what}, so there is nothing to wait for", fix=fix)

    return Again(refuse, _is_new)


BY_ITSELF = Again(_begin, _is_new)
REQUEST = Again(_check_response, _send_again)
MESSAGE = Again(_check_message, _receive_next, pauses=False)
