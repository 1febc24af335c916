"""Tests of apitest_server.deploy.store."""

import builtins
from pathlib import Path
from threading import Event, Thread

import pytest

from apitest_server.deploy.store import Deployed, NameTaken, ServiceStore, import_class
from apitest_server.errors import DeploymentError, NoSuchService
from apitest_server.service.compiled import Compiled

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
        ("nonsense", "not of the form"),
        ("no_such_module_anywhere:A", "There is no module `no_such_module_anywhere`"),
        ("apitest_server.nope.b:A", "There is no module"),
        ("apitest_server.internal.ping:Nope", "has no `Nope`"),
        ("apitest_server.deploy.store:Deployed", "`Deployed` is not a Service"),
    ],
)
def test_a_wrong_place_says_what_is_wrong(place: str, problem: str) -> None:
    """A bad form, a missing module, a missing class and another kind of class are told apart."""
    with pytest.raises(DeploymentError, match=problem):
        import_class(place)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x = 1\nimport no_such_module\n", r"ModuleNotFoundError(?s:.*)a_module\.py:2"),
        ("x = 1\n\n1 / 0\n", r"ZeroDivisionError(?s:.*)a_module\.py:3"),
        ("x = (\n", r"SyntaxError(?s:.*)a_module\.py:1"),
    ],
)
def test_a_module_that_fails_names_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, problem: str
) -> None:
    """What goes wrong inside a module is told with file and line."""
    (tmp_path / "a_module.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(DeploymentError, match=problem):
        import_class("a_module:A")


def test_services_are_exchanged_at_once() -> None:
    """A name may go and come back with another place; what was imported under it is forgotten, what stays is not."""
    store = ServiceStore()
    store.deploy([PING, Deployed("a", "m:A"), Deployed("b", "m:B")])
    ping = store.get("zato.ping")
    again = Deployed("a", "apitest_server.internal.ping:Ping")
    ready = Compiled("a", ping.cls)
    store.exchange(["a", "b"], [again], [ready])
    assert (store.names(), store.about("a"), store.loaded("a")) == (["a", "zato.ping"], again, ready)
    assert store.loaded("zato.ping") is ping
    store.exchange(["a"], [Deployed("a", "m:A")])
    assert store.loaded("a") is None


def test_an_exchange_that_is_refused_changes_nothing() -> None:
    """A name that is taken names the newcomer, and nothing goes."""
    store = ServiceStore()
    store.deploy([PING, Deployed("a", "m:A")])
    newcomer = Deployed("zato.ping", "m:Ping", "m.py")
    with pytest.raises(NameTaken, match=r"ping\.py and m\.py") as caught:
        store.exchange(["a"], [newcomer])
    assert caught.value.service is newcomer
    assert store.names() == ["a", "zato.ping"]


def test_what_is_made_of_the_services_is_made_anew_once_others_are_there() -> None:
    """By its name; an exchange and a module that is switched off both count, also while it is being made."""
    store = ServiceStore()
    store.deploy([PING])
    assert store.derived("names", store.names) == ["zato.ping"]
    assert store.derived("names", lambda: ["made twice"]) == ["zato.ping"]
    assert store.derived("others", lambda: 5) == 5

    def meanwhile() -> list[str]:
        before = store.names()
        store.deploy([Deployed("a", "m:A")])
        return before

    store.disable("pubsub", list)
    assert store.derived("names", meanwhile) == ["zato.ping"]
    assert store.derived("names", store.names) == ["a", "zato.ping"]


def test_a_module_that_takes_its_time_keeps_no_other_service_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one module is being imported, services of others are ready; each class is made ready once."""
    slow = "import builtins\nfrom apitest_server.service.base import Service\nbuiltins.slow_import()\n"
    (tmp_path / "slow_one.py").write_text(slow + "class A(Service):\n    def handle(self): pass\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    begun, go = Event(), Event()
    monkeypatch.setattr(builtins, "slow_import", lambda: (begun.set(), go.wait(60)), raising=False)
    store = ServiceStore()
    store.deploy([PING, Deployed("a", "slow_one:A")])
    found: list[Compiled] = []
    threads = [Thread(target=lambda: found.append(store.get("a"))) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert begun.wait(60)
    assert store.get("zato.ping").name == "zato.ping"
    go.set()
    for thread in threads:
        thread.join()
    assert found[0] is found[1]
