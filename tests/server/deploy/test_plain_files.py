"""Tests of apitest_server.deploy.plain_files."""

import ast
from base64 import b64encode
from pathlib import Path

import pytest

from apitest_server.deploy.plain_files import is_plain
from tests.server.asgi import served

IMPORTS = "from zato.server.service import Service\nfrom zato.server import service\nimport enum, typing\n"


@pytest.mark.parametrize(
    "text",
    [
        "class A(Service):\n    name = 'a'\n    def handle(self): pass",
        "class A(service.Service):\n    name: str = 'a'\n    class SimpleIO:\n        input_required = 'a'",
        "class Base(Service): pass\nclass A(Base):\n    def handle(self): pass",
        "class Mixin: pass\nclass A(Mixin, Service):\n    def handle(self): pass",
        "from .other import Root\nclass A(Service):\n    def handle(self): Root()",
        "class E(Exception): pass\nclass C(enum.Enum): pass\nclass G(typing.Generic[T]): pass",
        "from collections import namedtuple\nclass P(namedtuple('P', 'x y')): pass",
        "import dataclasses\n@dataclasses.dataclass\nclass D:\n    name: str = str()",
        "class A(Service):\n    def handle(self):\n        class E(Unknown): pass",
        "def made():\n    class E(ValueError): pass\n    return E",
        "PRICES = {'a': 1}\nlogger = make()\nif PRICES:\n    print('x')",
    ],
)
def test_what_syntax_tells(text: str) -> None:
    """Nothing of such a file has to be run."""
    assert is_plain(ast.parse(IMPORTS + text))


@pytest.mark.parametrize(
    "text",
    [
        "from .base import Root as R\nclass A(R): pass",
        "from .base import Service\nclass A(Service): pass",
        "from . import base\nclass A(base.Root): pass",
        "from company.base import Root\nclass A(Root): pass",
        "from zato.server.service import Service as S\nclass A(S):\n    def handle(self): pass",
        "from company import *\nclass A(Root): pass",
        "class A(Service):\n    name = PREFIX + '.a'\n    def handle(self): pass",
        "class A(Service):\n    name = f'{PREFIX}.a'\n    def handle(self): pass",
        "class A(Service):\n    handle = other",
        "class A(Service):\n    if True:\n        def handle(self): pass",
        "@registered\nclass A(Service):\n    def handle(self): pass",
        "if True:\n    class A(Service):\n        def handle(self): pass",
        "try:\n    import fast\nexcept ImportError:\n    class A(Service):\n        def handle(self): pass",
        "def made():\n    class A(Service):\n        def handle(self): pass\n    return A\nOne = made()",
        "A = type('A', (Service,), {'handle': print})",
        "class A(Service):\n    def handle(self): pass\nA.name = 'b'",
        "class A(Service):\n    def handle(self): pass\nsetattr(A, 'name', 'b')",
    ],
)
def test_what_only_importing_tells(text: str) -> None:
    """What a service derives from or is called, or that there is one."""
    assert not is_plain(ast.parse(IMPORTS + text))


def test_services_of_any_file_are_there_after_a_restart(tmp_path: Path) -> None:
    """Under the names that they had."""
    text = """\
from zato.server.service import Service as S
PREFIX = 'my'
class A(S):
    name = PREFIX + '.computed'
    def handle(self): self.response.payload = {'name': self.name}
if PREFIX:
    class B(S):
        name = 'my.conditional'
        def handle(self): self.response.payload = {'name': self.name}
"""
    for files in ({"a": text}, {}):
        with served(tmp_path, **files) as client:
            for name in ("my.computed", "my.conditional"):
                assert client.result(name) == {"name": name}


def test_the_name_of_a_service_has_to_be_a_text(tmp_path: Path) -> None:
    """What else it is, is refused with the class."""
    text = b"from zato.server.service import Service\nclass A(Service):\n    name = 5\n    def handle(self): pass\n"
    with served(tmp_path) as client:
        package = {"payload_name": "a.py", "payload": b64encode(text).decode()}
        status, details = client.refused("zato.service.upload-package", package)
        assert (status, "The name of the service `A` must be a text, and not 5" in details) == (400, True), details
