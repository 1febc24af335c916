"""Tests of apitest_server.sso.desk."""

import subprocess
import sys


def test_a_start_does_not_load_what_the_database_needs() -> None:
    """Only a call does."""
    loaded = "print(*(name in sys.modules for name in ('sqlalchemy', 'apitest_server.sso.users')))"
    code = f"import sys, apitest_server.sso.room; {loaded}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
