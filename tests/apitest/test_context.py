"""What one feature carries from step to step."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from apitest.clients.http.auth import BasicAuth
from apitest.context import FeatureContext, RunState
from apitest.errors import UnknownValue
from apitest.events import Exchange, Notice
from apitest.project import Project
from tests.apitest.test_open_clients import Closable


def _feature(tmp_path: Path, **user: str) -> FeatureContext:
    return FeatureContext(RunState(Project(tmp_path, tmp_path / "features", user=user), seed=1))


def test_a_run_repeats_its_random_values_by_its_seed(tmp_path: Path) -> None:
    """Two runs of one seed draw the same random values."""
    project = Project(tmp_path, tmp_path)
    assert RunState(project, seed=7).random.random() == RunState(project, seed=7).random.random()


def test_a_run_passes_events_on(tmp_path: Path) -> None:
    """Events go to the listener of the run; without one they go nowhere."""
    seen: list[Any] = []
    project = Project(tmp_path, tmp_path)
    notice = Notice("hello", False)
    RunState(project, emit=seen.append).emit(notice)
    RunState(project).emit(notice)
    assert seen == [notice]


def test_values_are_resolved_from_every_source(tmp_path: Path) -> None:
    """Variables, config.ini and the environment answer for their signs."""
    feature = _feature(tmp_path, host="example.com")
    feature.run.environ = {"HOME_TOWN": "Delft"}
    feature.reset()
    feature.user_ctx["n"] = 5
    assert feature.resolve("#n") == 5
    assert feature.resolve("@host") == "example.com"
    assert feature.resolve("$HOME_TOWN") == "Delft"
    assert feature.interpolate("${HOME_TOWN} #{n} @{host} #n") == "Delft 5 example.com #n"


def test_a_missing_name_says_where_it_was_looked_for(tmp_path: Path) -> None:
    """An unknown ``@name`` names the config.ini of the project."""
    with pytest.raises(UnknownValue, match=r"config\.ini"):
        _feature(tmp_path).resolve("@nothing")


def test_date_formats_have_labels(tmp_path: Path) -> None:
    """A label stands for its format, anything else for itself."""
    feature = _feature(tmp_path)
    feature.date_formats["short"] = "DD.MM."
    assert feature.date_format("short") == "DD.MM."
    assert feature.date_format("default") == "YYYY-MM-DDTHH:mm:ss"
    assert feature.date_format("YYYY") == "YYYY"


def test_table_cells_are_resolved(tmp_path: Path) -> None:
    """Cells of a table are values like parameters; no table has no rows."""
    feature = _feature(tmp_path)
    feature.user_ctx["n"] = 5
    table = SimpleNamespace(headings=["path", "value"], rows=[SimpleNamespace(cells=["/a", "#n"])])
    assert feature.rows(table) == [{"path": "/a", "value": 5}]
    assert feature.rows(None) == []


def test_reset_forgets_all_but_the_open_clients(tmp_path: Path) -> None:
    """After a reset no variable, request, response or credential is left; clients stay until close."""
    log: list[str] = []
    feature = _feature(tmp_path)
    feature.user_ctx["a"] = 1
    feature.request.method = "PUT"
    feature.authenticate(BasicAuth("ann", "s3cret"), "s3cret")
    feature.date_formats["x"] = "YYYY"
    feature.clients.put("sql", "a", Closable(log, "a"))
    feature.reset()
    assert (feature.user_ctx, feature.sign_in, feature.request.method, feature.exchange) == ({}, None, "GET", None)
    assert feature.date_format("x") == "x"
    with pytest.raises(UnknownValue):
        feature.resolve("#a")
    assert log == []
    feature.close()
    assert log == ["a"]


def test_the_request_files_are_where_the_features_are(tmp_path: Path) -> None:
    """environment_dir is the project's features directory unless another one is given."""
    assert _feature(tmp_path).environment_dir == str(tmp_path / "features")
    run = RunState(Project(tmp_path, tmp_path))
    assert FeatureContext(run, tmp_path / "other").environment_dir == str(tmp_path / "other")


def test_a_scenarios_clients_end_with_it(tmp_path: Path) -> None:
    """What lives as long as a scenario is closed when it is over, or the feature ends."""
    log: list[str] = []
    feature = _feature(tmp_path)
    feature.scenario.put("cookies", "", Closable(log, "first"))
    feature.finish_scenario()
    assert log == ["first"]
    feature.scenario.put("cookies", "", Closable(log, "second"))
    feature.close()
    assert log == ["first", "second"]


def test_a_scenarios_client_that_fails_to_close_keeps_no_other_open(tmp_path: Path) -> None:
    """The feature's clients are closed even if one of the scenario's fails to."""
    log: list[str] = []
    feature = _feature(tmp_path)
    feature.scenario.put("cookies", "", Closable(log, "first", "no"))
    feature.clients.put("sql", "a", Closable(log, "second"))
    with pytest.raises(OSError, match="no"):
        feature.close()
    assert log == ["first", "second"]


def test_the_last_exchange_is_there_for_reports(tmp_path: Path) -> None:
    """The last exchange is None until something was sent; it is made when a report asks."""
    feature = _feature(tmp_path)
    assert feature.last_exchange() is None
    feature.exchange = lambda: Exchange("HTTP", "GET /")
    assert feature.last_exchange() == Exchange("HTTP", "GET /")


def test_secrets_of_config_ini(monkeypatch: pytest.MonkeyPatch) -> None:
    """No event shows them, nor what an environment variable that they name holds."""
    monkeypatch.setenv("TENANT_KEY", "from-the-environment")
    told: list[object] = []
    project = Project(Path(), Path("features"), secrets=("7f3c-99-secret", "$TENANT_KEY", "$NOT_SET", ""))
    RunState(project, emit=told.append).emit(Notice("7f3c-99-secret from-the-environment", verbose_only=False))
    assert "7f3c" not in str(told)
    assert "environment" not in str(told)
