"""Tests of apitest_server.service.hooks, through a server in this process."""

from pathlib import Path

import pytest

from apitest_server.service.base import Service
from apitest_server.service.hooks import has_hooks
from tests.server.asgi import served

SERVICES = """\
from zato.server.service import Service
class Hooked(Service):
    def before_handle(self):
        self.order = ['before']
    def handle(self):
        self.order.append('handle')
        if self.request.payload == 'fail':
            raise ValueError('on purpose')
        self.response.payload = {'order': self.order}
    def after_handle(self):
        self.order.append('after')
    def finalize_handle(self):
        self.order.append('finalize')
        Hooked.last = self.order
class HookedAsync(Hooked):
    async def before_handle(self):
        self.order = ['before']
    async def handle(self):
        Hooked.handle(self)
class Calling(Service):
    def handle(self):
        return self.invoke('a.hooked')
class Last(Service):
    def handle(self):
        return Hooked.last
"""
ALL = ["before", "handle", "after", "finalize"]


@pytest.mark.parametrize("service", ["a.hooked", "a.hooked-async", "a.calling"])
def test_hooks_are_called_around_the_handler(tmp_path: Path, service: str) -> None:
    """In their order, whoever calls."""
    with served(tmp_path, a=SERVICES) as client:
        assert client.result(service)["order"] == ALL
        assert client.result("a.last") == ALL


@pytest.mark.parametrize("service", ["a.hooked", "a.hooked-async"])
def test_the_last_one_is_called_whatever_happens(tmp_path: Path, service: str) -> None:
    """The one before it only where the handler has not raised."""
    with served(tmp_path, a=SERVICES) as client:
        assert client.call(service, "fail").status == 500
        assert client.result("a.last") == ["before", "handle", "finalize"]


def test_a_service_without_hooks_costs_nothing() -> None:
    """It is known beforehand."""
    assert not has_hooks(Service)
    assert has_hooks(type("Own", (Service,), {"finalize_handle": lambda self: None}))


def test_what_a_hook_leaves_in_the_environ_the_handler_finds(tmp_path: Path) -> None:
    """Of the same call; another one has its own."""
    kept = """\
from zato.server.service import Service
class Kept(Service):
    def before_handle(self):
        self.environ['found'] = 'before' if 'found' not in self.environ else 'twice'
    def handle(self):
        self.response.payload = {'found': self.environ['found'], 'method': self.environ.get('REQUEST_METHOD', '')}
"""
    with served(tmp_path, a=kept) as client:
        for _ in range(2):
            assert client.result("a.kept") == {"found": "before", "method": "POST"}
