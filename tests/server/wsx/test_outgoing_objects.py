"""Tests of apitest_server.wsx.outgoing_objects, with the definitions of a real server."""

from pathlib import Path

import pytest

from apitest_server.errors import BadRequest, ComponentMissing
from apitest_server.invoke.current import current_cid
from apitest_server.wsx.client import current_client
from tests.server import asgi
from tests.server.wsx.calling import address, calling
from tests.server.wsx.serving import Listening, channel, run

LATE = """
from zato.server.service import Service

class Late(Service):
    name = 'test.late'
    async def handle(self):
        Late.look()
"""


def test_what_is_changed_is_in_effect_at_once(tmp_path: Path) -> None:
    """A new address, a new name, switched off and on, deleted."""

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling") as there:
            number = await there.connect("ws://127.0.0.1:1/")
            await there.call("zato.outgoing.wsx.edit", {"id": number, "address": address(here)})
            assert await there.call("test.call", 1) == 1
            await there.call("zato.outgoing.wsx.edit", {"id": number, "name": "Elsewhere"})
            with pytest.raises(ComponentMissing, match="no outgoing WSX connection `There`"):
                await there.call("test.call", 1)
            await there.call("zato.outgoing.wsx.edit", {"id": number, "name": "There", "is_active": False})
            with pytest.raises(ComponentMissing):
                await there.call("test.call", 1)
            await here.until(lambda: not list(here.web_sockets.clients()))
            await there.call("zato.outgoing.wsx.edit", {"id": number, "is_active": True})
            assert await there.call("test.call", 2) == 2
            await there.call("zato.outgoing.wsx.delete", {"id": number})
            with pytest.raises(ComponentMissing):
                await there.call("test.call", 1)
            await here.until(lambda: not list(here.web_sockets.clients()))

    run(tmp_path, test, channel())


def test_what_happens_later_does_not_belong_to_the_request_that_made_it(tmp_path: Path) -> None:
    """Each event has a cid of its own, and no client of a channel is the caller."""
    seen: list[tuple[str, object]] = []

    async def test(here: Listening) -> None:
        async with calling(tmp_path / "calling", late=LATE) as there:
            late = there.service("test.late")
            late.look = lambda: seen.append((current_cid.get(), current_client.get()))  # type: ignore[attr-defined]
            current_cid.set("of-the-request")
            current_client.set(here)  # type: ignore[arg-type]  # anything
            await there.connect(address(here), on_connect_service_name="test.late")
            await here.until(lambda: bool(seen))

    run(tmp_path, test, channel())
    [(cid, client)] = seen
    assert (cid != "of-the-request", len(cid), client) == (True, 24, None)


def test_they_are_there_after_a_restart(tmp_path: Path) -> None:
    """With their secrets."""

    async def test(here: Listening) -> None:
        where = tmp_path / "calling"
        async with calling(where) as there:
            await there.connect(address(here), username="user1", secret="secret1")
        async with calling(where) as there:
            assert await there.call("test.call", 1) == 1

    run(tmp_path, test, channel(security="basic"))


def test_certificates_are_looked_at_before_anything_is_stored(tmp_path: Path) -> None:
    """The connection does not come to exist."""
    with asgi.served(tmp_path) as client:
        given = {"name": "There", "address": "wss://example.com/", "ca_certs": "none.pem"}
        status, details = client.refused("zato.outgoing.wsx.create", given)
        assert status == BadRequest.status
        assert "`ca_certs` names a file that cannot be used: No such file" in details
        assert client.result("zato.outgoing.wsx.get-list", {}) == []
