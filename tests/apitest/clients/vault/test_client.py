"""Where a run reads its Vault values, and that no output of a run shows one of them."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from apitest.clients.vault import client as vault_access
from apitest.context import FeatureContext, RunState
from apitest.errors import ProjectError, UnknownValue, Unreachable
from apitest.project import Project

REFERENCE = "apitest-kv2/app/db#password"
PASSWORD = "s3cret-of-alice"


def run_of(section: Mapping[str, Any], environ: Mapping[str, str], features: Path) -> RunState:
    run = RunState(Project(features, features, user={"role": "x"}, vault=dict(section)))
    run.environ = environ
    run.vault = vault_access.reader(run)
    return run


def test_nothing_tells_where_vault_is(tmp_path: Path) -> None:
    """Then values from it cannot be read, and the error says what to write."""
    run = run_of({}, {}, tmp_path)
    assert run.vault is None
    with pytest.raises(UnknownValue, match="VAULT_ADDR"):
        FeatureContext(run).resolve("vault:a/b")


def test_the_environment_tells(vault_server: Mapping[str, str], tmp_path: Path) -> None:
    """Without a section it is the Vault of VAULT_ADDR and VAULT_TOKEN; one client serves the whole run."""
    run = run_of({}, {name: vault_server[name] for name in ("VAULT_ADDR", "VAULT_TOKEN")}, tmp_path)
    assert run.clients.find("vault", "") is None
    assert FeatureContext(run).resolve(f"vault:{REFERENCE}") == PASSWORD
    first = run.clients.find("vault", "")
    assert FeatureContext(run).resolve("vault:apitest-kv1/app/one") == "only-s3cret"
    assert run.clients.find("vault", "") is first
    assert {PASSWORD, "only-s3cret", vault_server["VAULT_TOKEN"]} <= run.secrets
    run.clients.close()


def test_the_section_tells(vault_server: Mapping[str, str], tmp_path: Path) -> None:
    """It counts before the environment, and its values may be names."""
    section = {"address": "$ADDRESS", "token": "$TOKEN", "verify": "false"}
    environ = {"ADDRESS": vault_server["VAULT_ADDR"], "TOKEN": vault_server["VAULT_TOKEN"], "VAULT_ADDR": "http://x"}
    run = run_of(section, environ, tmp_path)
    assert FeatureContext(run).resolve(f"vault:{REFERENCE}") == PASSWORD
    run.clients.close()


@pytest.mark.parametrize(
    ("section", "environ", "error", "told"),
    [
        ({}, {"VAULT_ADDR": "http://127.0.0.1:1"}, ProjectError, "VAULT_TOKEN is not"),
        ({"address": "http://x", "token": "t", "ca_file": "ca.pem"}, {}, ProjectError, 'There is no file "ca.pem"'),
        ({"address": "$NOWHERE", "token": "t"}, {}, UnknownValue, "no environment variable \\$NOWHERE"),
        ({}, {"VAULT_ADDR": "http://127.0.0.1:1", "VAULT_TOKEN": "t"}, Unreachable, "cannot be reached"),
        (
            {},
            {"VAULT_ADDR": "http://127.0.0.1:1", "VAULT_TOKEN": "t", "VAULT_SKIP_VERIFY": "true"},
            Unreachable,
            "cannot be reached",
        ),
    ],
)
def test_mistakes(
    section: dict[str, str], environ: dict[str, str], error: type[Exception], told: str, tmp_path: Path
) -> None:
    """What is wrong with the settings is told when the first value is read, not before."""
    zato = FeatureContext(run_of(section, environ, tmp_path))
    with pytest.raises(error, match=told):
        zato.resolve("vault:a/b")


def test_a_ca_file_of_the_project(tmp_path: Path) -> None:
    """Its path is relative to the directory of the features."""
    (tmp_path / "ca.pem").write_text("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")
    section = {"address": "https://127.0.0.1:1", "token": "t", "ca_file": "ca.pem"}
    with pytest.raises(Unreachable):
        FeatureContext(run_of(section, {}, tmp_path)).resolve("vault:a/b")


FEATURE = f"""\
Feature: Secrets
  Background:
    Given I store "vault:apitest-kv2/app/db" under "all"
    And I store "vault:{REFERENCE}" under "password"

  Scenario: Told
    Given I store text under "letter"
      \"\"\"
      {"x" * 190}#{{password}}
      \"\"\"
    When this scenario is invoked
    Then context is logged

  Scenario: Sent
    Given address "http://127.0.0.1:1"
    And REST method "POST"
    And header "X-Anything" "#password"
    And query string "?a=#{{password}}"
    And request is "{{}}"
    And path "/a" in request is "#all"
    When the URL is invoked

  Scenario: Compared
    When this scenario is invoked
    Then variable "#password" is "another"

  Scenario: Compared, cut off
    Given I store text under "long"
      \"\"\"
      {"x" * 190}#{{password}}
      \"\"\"
    Then variable "#long" is "another"

  Scenario: Raised
    Given I raise "#password"
"""
STEPS = """\
from behave import given

@given('I raise "{value}"')
def own_raise(context, value):
    print("printed", value)
    raise ValueError(value)
"""


@pytest.mark.parametrize("options", [["--verbose"], ["-f", "plain"], ["-f", "json.pretty"], ["--junit"]])
def test_no_output_shows_a_value(vault_server: Mapping[str, str], tmp_path: Path, options: list[str]) -> None:
    """Whatever a run prints or writes, and whoever prints it, is without the secrets, cut off or not."""
    features = tmp_path / "features"
    (features / "steps").mkdir(parents=True)
    (features / "steps" / "own.py").write_text(STEPS)
    (features / "secrets.feature").write_text(FEATURE)
    command = [sys.executable, "-m", "apitest", "run", "--events", "events.jsonl", *options]
    done = subprocess.run(
        command,
        check=False,
        cwd=tmp_path,
        env=os.environ | vault_server,
        capture_output=True,
        text=True,
        timeout=60,
    )
    written = [path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file() and path.parent != features]
    everything = "\n".join([done.stdout, done.stderr, *written])
    assert "another" in everything
    assert "ValueError" in everything
    assert PASSWORD not in everything
    assert PASSWORD[:8] not in everything
