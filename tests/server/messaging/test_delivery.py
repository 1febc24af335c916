"""Tests of apitest_server.messaging.delivery."""

import asyncio

import pytest

from apitest_server.errors import BadRequest, HTTPError, NotFound, ServiceUnavailable
from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.pipeline import Route
from apitest_server.messaging.delivery import HANDLED, RETRIED, SKIPPED, Delivery, Terms
from apitest_server.service.messages import Request, Response


class Letter(Delivery):
    """A message of a technology of its own."""

    def origin(self) -> Origin:
        return Origin("LETTER", "box", "post office")

    async def read(self, user: str) -> Request:
        return Request("dear")


ONE = Letter(Route("shop.order", "orders", "letter"))


def test_what_the_pipeline_is_told() -> None:
    """What answers it; nobody signs in."""
    assert ONE.route() == ("shop.order", "orders", "letter", "")
    assert asyncio.run(ONE.authenticate("")) == ""


def test_a_message_that_comes_once_is_handled_or_skipped() -> None:
    """An error without words of its own is told by its name."""
    assert ONE.reply(Response(), "c1") == (200, "", "c1", HANDLED)
    assert ONE.refuse(NotFound("No such order"), "c2") == (404, "No such order", "c2", SKIPPED)
    assert ONE.refuse(HTTPError(), "c3").problem == str(HTTPError())


@pytest.mark.parametrize(
    ("error", "where_retried", "where_skipped"),
    [
        (BadRequest("Which order?"), SKIPPED, SKIPPED),
        (NotFound("No such order"), RETRIED, SKIPPED),
        (ServiceUnavailable("Not now"), RETRIED, RETRIED),
    ],
)
def test_what_becomes_of_one_that_can_come_again(error: HTTPError, where_retried: str, where_skipped: str) -> None:
    """What is wrong with a message stays wrong; what is away comes back; the rest is up to the channel."""
    terms = Terms("orders", "shop.order", "h:1")
    assert terms.verdict(error) == where_retried
    assert terms._replace(on_failure="skip").verdict(error) == where_skipped
