import pytest

from apitest_server.errors import MethodNotAllowed
from apitest_server.service.base import Service
from apitest_server.service.compiled import Compiled


class Plain(Service):
    """One handler for every method."""

    def handle(self) -> None:
        """Does nothing."""


class Typed(Service):
    """A handler for two methods, one of them async, and SimpleIO."""

    class SimpleIO:
        """One field."""

        input_required = ("a",)

    def handle_GET(self) -> None:
        """Does nothing."""

    async def handle_POST(self) -> None:
        """Does nothing."""


def test_one_handler_takes_every_method() -> None:
    """Also where it is not reached over HTTP."""
    compiled = Compiled("plain", Plain)
    assert compiled.handler("GET") == compiled.handler("DELETE") == compiled.handler(None) == ("handle", False)
    assert compiled.io is None


def test_a_handler_for_each_method() -> None:
    """Each with whether it is async; another method is refused, and told which ones there are."""
    compiled = Compiled("typed", Typed)
    assert compiled.handler("GET") == ("handle_GET", False)
    assert compiled.handler("POST") == ("handle_POST", True)
    with pytest.raises(MethodNotAllowed) as refused:
        compiled.handler("PUT")
    assert set(refused.value.allowed) >= {"GET", "POST"}


def test_simpleio_and_logger_are_made_once() -> None:
    """The logger has the service's name."""
    compiled = Compiled("typed", Typed)
    assert compiled.io is not None
    assert compiled.logger.name == "typed"
