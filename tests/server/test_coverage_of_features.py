"""The features drive every internal service over HTTP."""

import re
from collections.abc import Iterable
from pathlib import Path

from behave.parser import parse_file

from apitest_server.config import parse
from apitest_server.deploy.internal_services import InternalServices
from apitest_server.deploy.store import ServiceStore

CALLED = re.compile(r'(?:service "|/zato/json/)([^"/]+)"')
REFUSED = re.compile(r'status is "[45]\d\d"')
FEATURES = Path(__file__).resolve().parents[2] / "features" / "server"


def test_every_internal_service_is_in_a_feature(tmp_path: Path) -> None:
    """Each is called in some scenario, and refuses something in some scenario."""
    store = ServiceStore()
    InternalServices(parse("", tmp_path / "server.conf")).deploy(store)
    scenarios = [
        " ".join(f"{step.name} {step.text or ''} " for step in scenario.steps)
        for file in FEATURES.rglob("*.feature")
        for scenario in parse_file(str(file)).walk_scenarios()
    ]
    called = _called(scenarios)
    refused = _called(text for text in scenarios if REFUSED.search(text))
    never_called = [name for name in store.names() if name not in called]
    never_refused = [name for name in store.names() if name not in refused]
    assert (never_called, never_refused) == ([], [])


def _called(scenarios: Iterable[str]) -> set[str]:
    """The names of services that come in scenarios as what is called."""
    return {name for text in scenarios for name in CALLED.findall(text)}
