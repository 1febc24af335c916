"""Tests of apitest_server.deploy.discovery."""

import ast
from importlib import import_module
from pathlib import Path

from apitest_server.config import internal_modules
from apitest_server.deploy.discovery import (
    declared_names,
    declared_services,
    neighbours,
    services_of_module,
)
from apitest_server.deploy.internal_services import PACKAGE

MANY = """\
from zato import server
from zato.server.service import Service
import a_module_that_is_not_there

class Base(Service):
    def handle(self): pass

class Abstract(Service):
    pass

class MyService(Base):
    pass

class Named(server.service.Service):
    name: str = 'its.own.name'
    async def handle_GET(self): pass

class Computed(Service):
    name = 'a' + 'b'
    def handle_POST(self): pass

class Other:
    def handle(self): pass

class Loop(Loop):
    def handle(self): pass
"""


def test_services_are_found_without_running_the_file() -> None:
    """Classes that derive from Service and handle something are services, under their own or a made name."""
    assert list(declared_services(ast.parse(MANY), "my_module")) == [
        ("my-module.base", "Base"),
        ("my-module.my-service", "MyService"),
        ("its.own.name", "Named"),
        ("my-module.computed", "Computed"),
    ]


def test_all_names_that_a_module_may_have_are_found() -> None:
    """Also of classes that derive from what another module has, as far as they say how they are called."""
    text = (
        "class _A(Service): name = 'a'\nclass B(Create): name = 'zato.b.create'\nclass C(Service): pass\nclass D: pass"
    )
    assert declared_names(ast.parse(text), "my_module") == ["zato.b.create", "my-module.c"]


def test_names_of_what_is_made_of_a_type_of_objects_are_found() -> None:
    """Beside what is a class of its own; what a type does not have is called `_`."""
    text = (
        "X = ObjectType(name='outgoing.x', fields=())\nCreate, _, GetByID = crud.services_of(X, __name__)\n"
        "class Ping(crud.Ping): name = 'zato.outgoing.x.ping'"
    )
    assert declared_names(ast.parse(text), "x") == [
        "zato.outgoing.x.create", "zato.outgoing.x.get-by-id", "zato.outgoing.x.ping",
    ]  # fmt: skip


def test_neighbours_are_what_is_imported_with_a_dot() -> None:
    """Wherever in the file that is."""
    text = "from .a import x\nfrom . import b, c\nfrom d import y\ndef f():\n    from .e.f import z\n"
    assert sorted(neighbours(ast.parse(text))) == ["a", "b", "c", "e"]


def test_services_of_an_imported_module_are_those_defined_in_it() -> None:
    """What it imported from elsewhere is not its own."""
    import apitest_server.internal.ping as ping

    found = list(services_of_module(ping, internal=True))
    assert [(service.name, service.place, service.internal) for service in found] == [
        ("zato.ping", "apitest_server.internal.ping:Ping", True)
    ]


def test_the_syntax_tells_all_names_of_internal_services() -> None:
    """Those that importing their modules finds: a module that is switched off is never imported."""
    for names in internal_modules().values():
        for name in names:
            module = import_module(f"{PACKAGE}.{name}")
            file = Path(module.__file__ or "")
            deployed = {service.name for service in services_of_module(module, internal=True)}
            assert set(declared_names(ast.parse(file.read_bytes()), file.stem)) == deployed, name
