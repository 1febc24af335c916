"""Tests of apitest_server.admin.routes."""

from apitest_server.admin.routes import ROUTES
from tests.house.tree import ROOT


def test_no_two_pages_have_one_path() -> None:
    """Of one method."""
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)


def test_every_act_goes_through_an_internal_service() -> None:
    """Nothing in admin/ imports the ODB, or another room that does the work."""
    allowed = ("about", "admin", "errors", "invoke", "service", "components", "room", "redaction")
    for file in (ROOT / "server" / "apitest_server" / "admin").rglob("*.py"):
        for line in file.read_text("utf-8").splitlines():
            words = line.split()
            if words[:1] == ["from"] and words[1].startswith("apitest_server."):
                assert words[1].split(".")[1] in allowed, f"{file.name}: {line}"
