"""What Python steps import from apitest itself."""

import subprocess
import sys

import pytest

import apitest


def test_each_public_name_is_there() -> None:
    """Every name of __all__ can be imported."""
    for name in apitest.__all__:
        assert callable(getattr(apitest, name))


def test_the_decorators_are_those_of_behave() -> None:
    """A step declared with them is one of the project's own."""
    import behave

    assert apitest.given is behave.given
    assert apitest.step is behave.step


def test_an_unknown_name_is_an_attribute_error() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="nothing"):
        _ = apitest.nothing  # type: ignore[attr-defined]


def test_importing_the_package_loads_nothing() -> None:
    """Not even the modules of the standard library that most of it needs."""
    code = "import sys; before = set(sys.modules); import apitest; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['apitest']"
