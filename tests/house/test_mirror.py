"""`tests/` mirrors the code: each module has its test file, of the same name and at the same place."""

import ast

from tests.house.tree import ROOT, Module, modules, syntax

# Modules that need no test file of the same name, and why.
_WITHOUT = {
    "apitest/__main__.py": "hands over to cli.py; every test that starts a process goes through it",
    "server/apitest_server/__main__.py": "hands over to cli.py",
    "server/apitest_server/config/model.py": "data, which the tests of its reader look at",
    "server/apitest_server/invoke/current.py": "one context variable, which the tests of the log read",
    "server/apitest_server/wsx/backend.py": "a record of what the tests of client.py make",
    "server/apitest_server/wsx/endpoint.py": "protocols and records, which the tests of websocket.py look at",
    "server/apitest_server/invoke/observed.py": "a record and a protocol, which the tests of statistics/ look at",
    "server/apitest_server/odb/models.py": "data, which the tests of migrations look at",
    "server/apitest_server/odb/migrations/env.py": "Alembic runs it; the tests of odb/ migrate databases",
}
_MIGRATIONS = "server/apitest_server/odb/migrations/versions"

# Modules that still have no test file. The list only ever gets shorter: take out what you have filled.
GAPS: set[str] = {
    "apitest/clients/cassandra/types.py",
    "apitest/clients/http/connection.py",
    "apitest/clients/sql/csv_loading.py",
    "server/apitest_server/deploy/files.py",
    "server/apitest_server/internal/cache/several.py",
    "server/apitest_server/internal/crud/changes.py",
    "server/apitest_server/internal/crud/declarations.py",
    "server/apitest_server/internal/crud/drafts.py",
    "server/apitest_server/internal/service/_found.py",
    "server/apitest_server/rest/objects.py",
    "server/apitest_server/service/base.py",
    "server/apitest_server/statistics/keeper.py",
}


def test_every_module_has_a_test_file() -> None:
    """A module without a test file of the same name is one of the known gaps."""
    missing = [
        f"{module.name} needs {module.tests.relative_to(ROOT)}" for module in _missing() if module.name not in GAPS
    ]
    assert missing == []


def test_the_known_gaps_are_still_gaps() -> None:
    """A gap that was filled, and a module that is gone, leave the list."""
    assert GAPS - {module.name for module in _missing()} == set()


def test_exceptions_are_still_modules() -> None:
    """Each module that needs no test file is still there."""
    assert set(_WITHOUT) - {module.name for module in modules()} == set()


def _missing() -> list[Module]:
    return [module for module in modules() if _needs_tests(module) and not module.tests.exists()]


def _needs_tests(module: Module) -> bool:
    if module.name in _WITHOUT or module.name.startswith(_MIGRATIONS):
        return False
    return module.path.name != "__init__.py" or _does_something(module)


def _does_something(module: Module) -> bool:
    """Whether a package's __init__.py holds functions or classes, and not only names."""
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return any(isinstance(node, defined) for node in syntax(module.file).body)
