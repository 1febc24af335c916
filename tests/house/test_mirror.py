"""`tests/` mirrors the code: each module has its test file, of the same name and at the same place."""

import ast

from tests.house.tree import ROOT, Module, functions, modules, syntax

_MIGRATIONS = "server/apitest_server/odb/migrations/versions"  # the tests of odb/ run them all


def test_every_module_has_a_test_file() -> None:
    """A module in which something happens has a test file of the same name, at the same place."""
    missing = [f"{module.name} needs {module.tests.relative_to(ROOT)}" for module in modules() if _lacks_tests(module)]
    assert missing == []


def test_what_happens_is_recognised() -> None:
    """Data, protocols and names are not tested by themselves; a function or method that has a body is."""
    for text in ("A = 1", "def f(self) -> int: ...", 'class C(Protocol):\n    def f(self):\n        """Says."""'):
        assert not _does_something(ast.parse(text)), text
    for text in ("def f():\n    return 1", 'class C:\n    def f(self):\n        """Says."""\n        return 1'):
        assert _does_something(ast.parse(text)), text


def _lacks_tests(module: Module) -> bool:
    return (
        _does_something(syntax(module.file)) and not module.name.startswith(_MIGRATIONS) and not module.tests.exists()
    )


def _does_something(tree: ast.Module) -> bool:
    return any(not _is_empty(statement) for function in functions(tree) for statement in function.body)


def _is_empty(statement: ast.stmt) -> bool:
    """Whether it is a docstring or an ellipsis."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
