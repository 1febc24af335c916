import asyncio

from apitest_server.errors import NotFound
from apitest_server.service.messages import Response
from apitest_server.transfer.delivery import FileDelivery

ONE = FileDelivery("orders", "shop.order", "this machine", {"full_path": "/in/a.csv"})


def test_what_the_pipeline_is_told() -> None:
    """Where the file is and what it calls; nobody signs in."""
    assert ONE.origin() == ("FILE", "/in/a.csv", "this machine")
    assert ONE.route() == ("shop.order", "orders", "file-transfer", "")
    assert asyncio.run(ONE.authenticate("")) == ""


def test_what_a_service_finds() -> None:
    """Under both names that existing services know; what it changes is its own."""
    request = asyncio.run(ONE.read(""))
    assert request.payload == request.raw_request == {"full_path": "/in/a.csv"}
    request.payload["full_path"] = ""
    assert asyncio.run(ONE.read("")).payload == {"full_path": "/in/a.csv"}


def test_what_became_of_it() -> None:
    """Why a service has failed is told."""
    assert ONE.reply(Response(), "c1") == (200, "", "c1", "handled")
    assert ONE.refuse(NotFound("No such order"), "c2") == (404, "No such order", "c2", "skipped")
