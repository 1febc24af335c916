"""Tests of apitest_server.service.store."""

from pathlib import Path

import pytest

from apitest_server.errors import DeploymentError, NoSuchService
from apitest_server.service.modules import UserPackage
from apitest_server.service.store import Deployed, ServiceStore, import_class

PING = Deployed("zato.ping", "apitest_server.internal.ping:Ping", "ping.py", internal=True)


def test_a_module_is_imported_at_the_first_call() -> None:
    """Deploying imports nothing; getting does, once."""
    store = ServiceStore()
    store.deploy([PING])
    assert store.names() == ["zato.ping"]
    assert store.loaded("zato.ping") is None
    first = store.get("zato.ping")
    assert store.get("zato.ping") is first is store.loaded("zato.ping")


def test_an_unknown_service_is_not_found() -> None:
    """The error says which name was near."""
    store = ServiceStore()
    store.deploy([PING])
    with pytest.raises(NoSuchService, match=r"`zato.pign`; did you mean `zato.ping`\?"):
        store.get("zato.pign")
    with pytest.raises(NoSuchService, match=r"No such service: `x`$"):
        store.about("x")


def test_two_services_of_one_name_are_refused_with_both_places() -> None:
    """Either all services of a deployment are taken or none."""
    store = ServiceStore()
    store.deploy([PING, PING])
    with pytest.raises(DeploymentError, match=r"ping\.py and other\.py"):
        store.deploy([Deployed("new", "a:B"), Deployed("zato.ping", "other:Ping", "other.py")])
    assert store.names() == ["zato.ping"]


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        ("nonsense", "no place of the form"),
        ("no_such_module_anywhere:A", "There is no module `no_such_module_anywhere`"),
        ("apitest_server.nope.b:A", "There is no module"),
        ("apitest_server.internal.ping:Nope", "has no `Nope`"),
        ("apitest_server.service.store:Deployed", "`Deployed` is no Service"),
    ],
)
def test_a_wrong_place_says_what_is_wrong(place: str, problem: str) -> None:
    """A bad form, a missing module, a missing class and another kind of class are told apart."""
    with pytest.raises(DeploymentError, match=problem):
        import_class(place)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x = 1\nimport no_such_module\n", r"ModuleNotFoundError(?s:.*)a\.py:2"),
        ("x = 1\n\n1 / 0\n", r"ZeroDivisionError(?s:.*)a\.py:3"),
        ("x = (\n", r"SyntaxError(?s:.*)a\.py:1"),
    ],
)
def test_a_module_that_fails_names_the_line(tmp_path: Path, text: str, problem: str) -> None:
    """What goes wrong inside a module is told with file and line."""
    (tmp_path / "a.py").write_text(text)
    package = UserPackage(tmp_path)
    package.install()
    with pytest.raises(DeploymentError, match=problem):
        import_class(f"{package.name}.a:A")
    package.uninstall()
