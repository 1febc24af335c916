"""The features drive every internal service over HTTP."""

import re
from pathlib import Path

from behave.parser import parse_file

from apitest_server.config import parse
from apitest_server.deploy.internal_services import InternalServices
from apitest_server.deploy.store import ServiceStore

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
    refusing = [text for text in scenarios if REFUSED.search(text)]
    never_called = [name for name in store.names() if not any(_is_in(name, text) for text in scenarios)]
    never_refused = [name for name in store.names() if not any(_is_in(name, text) for text in refusing)]
    assert (never_called, never_refused) == ([], [])


def _is_in(name: str, text: str) -> bool:
    return f'service "{name}"' in text or f'/zato/json/{name}"' in text
