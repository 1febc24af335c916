"""Tests of apitest_server.patterns.old_names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.services import call

SERVICES = """\
from zato.server.service import Service
import threading
calls, told, enough = [], [], threading.Event()

class Double(Service):
    def handle(self):
        return self.request.payload * 2

class Fails(Service):
    def handle(self):
        calls.append(1)
        raise OSError(f'call {len(calls)}')

class Told(Service):
    def handle(self):
        told.append((self.request.payload['phase'], self.request.payload['cid']))
        if len(told) == self.tells:
            enough.set()
    tells = 2

class ToldOfAll(Told):
    tells = 3

class Retries(Service):
    def handle(self):
        try:
            self.patterns.invoke_retry.invoke('a.fails', repeats=3, seconds=0)
        except OSError as error:
            return self.patterns.invoke_retry.invoke('a.double', 4), str(error)

class Parallel(Service):
    def handle(self):
        cid = self.patterns.parallel.invoke([('a.double', 1), ('a.double', 2)], 'a.told')
        enough.wait(30)
        return [phase for phase, _ in told], {one for _, one in told} == {cid}

class FansOut(Service):
    def handle(self):
        cid = self.patterns.fanout.invoke({'a.double': 1, 'a.fails': 2}, ['a.told-of-all'], 'a.told-of-all')
        enough.wait(30)
        return [phase for phase, _ in told], {one for _, one in told} == {cid}
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A server with services that use the old names."""
    with served(tmp_path, a=SERVICES) as client:
        yield client


def test_a_call_is_tried_again(client: Client) -> None:
    """As often as ``repeats`` says; the last error is the caller's."""
    assert call(client, "a.retries") == (8, "call 3")


def test_callbacks_are_told_of_each_target(client: Client) -> None:
    """Under the cid that was returned at once."""
    assert call(client, "a.parallel") == (["on-target", "on-target"], True)


def test_callbacks_are_told_of_the_end(client: Client) -> None:
    """Also where a target has failed."""
    assert call(client, "a.fans-out") == (["on-target", "on-target", "on-final"], True)
