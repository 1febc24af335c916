import subprocess
import sys
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest

from apitest.runner import deferred

_ASYNC_STEPS = """\
import asyncio
from behave import then, when

@when("a coroutine waits")
async def wait(context):
    await asyncio.sleep(0)
    context.waited = type(asyncio.get_running_loop()).__name__

@then("it was run by a loop")
def check(context):
    assert context.waited
"""
_FEATURE = "Feature: F\n  Scenario: S\n    When a coroutine waits\n    Then it was run by a loop\n"


@pytest.mark.parametrize("name", ["behave.async_step", "tomllib"])
def test_behave_would_load_it(name: str) -> None:
    """Behave still loads each of the modules that are kept from it; otherwise its stand-in could go."""
    assert _loaded(f"import behave.configuration, sys; print({name!r} in sys.modules)") == "True"


def test_imports_are_deferred() -> None:
    """Behave's modules come without asyncio and TOML, which whoever asks for them afterwards gets."""
    said = _loaded(
        "import sys\n"
        "from apitest.runner import deferred\n"
        "with deferred.imports():\n"
        "    import behave.configuration, behave.runner\n"
        "print([name for name in ('asyncio', 'behave.async_step', 'tomllib') if name in sys.modules])\n"
        "import tomllib, behave.async_step\n"
        "print(tomllib.loads('a = 1'), behave.async_step.AsyncStepFunction.__name__)\n"
    )
    assert said == "[]\n{'a': 1} AsyncStepFunction"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'[tool.behave]\ntags = "x"', {"tool": {"behave": {"tags": "x"}}}),
        (b"tool.behave.stop = true", {"tool": {"behave": {"stop": True}}}),
        (b'tool = {"behave" = {stop = true}}', {"tool": {"behave": {"stop": True}}}),
        (b'[ tool . "behave" ]\nstop = true', {"tool": {"behave": {"stop": True}}}),
        (b"[tool]\nbehave = {stop = true}", {"tool": {"behave": {"stop": True}}}),
        (b'[project]\ndependencies = ["behave>=1.3"]', {}),
        (b"[tool.ruff]\n", {}),
    ],
)
def test_only_what_is_of_behave_is_read(content: bytes, said: object) -> None:
    """Nothing is made of a pyproject.toml in which behave has no section, however that may be written."""
    with patch.dict(sys.modules):
        sys.modules.pop("tomllib", None)
        with deferred.imports():
            import tomllib

            assert tomllib.load(BytesIO(content)) == said


def test_what_stands_in_loads_the_real_one() -> None:
    """Whatever is asked of a module that is kept from click and behave, while they load and afterwards."""
    said = _loaded(
        "import sys\n"
        "from apitest.runner import deferred\n"
        "with deferred.imports():\n"
        "    import inspect, gettext, platform, uuid\n"
        "    print(inspect.cleandoc(' a'), inspect.isclass(int), 'dis' in sys.modules)\n"
        "    print(gettext.gettext('a'), gettext.ngettext('a', 'b', 2), gettext.ngettext('a', 'b', 1))\n"
        "    system = platform.system()\n"
        "    print(repr(inspect.cleandoc('a\\n  b')), inspect.isfunction(print), 'dis' in sys.modules)\n"
        "import inspect as real, platform\n"
        "print(real.isfunction is inspect.isfunction, system == platform.system(), hasattr(inspect, '__path__'))\n"
    )
    assert said.splitlines() == ["a True False", "a b a", "'a\\nb' False True", "True True False"]


def test_what_is_there_stays() -> None:
    """A module that was imported already is left alone, and so is one that is imported meanwhile."""
    import tomllib

    with deferred.imports():
        assert sys.modules["tomllib"] is tomllib
    assert sys.modules["tomllib"] is tomllib


def test_coroutines_are_steps(tmp_path: Path) -> None:
    """A project's step that is a coroutine runs in an event loop, and behave's options may stand in pyproject.toml."""
    features = tmp_path / "features"
    (features / "steps").mkdir(parents=True)
    (features / "steps" / "own.py").write_text(_ASYNC_STEPS)
    (features / "a.feature").write_text(_FEATURE)
    (tmp_path / "pyproject.toml").write_text('[tool.behave]\ntags = ["not @never"]\n')
    command = [sys.executable, "-m", "apitest", "run", "features"]
    run = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert (run.returncode, "1 scenario passed" in run.stdout) == (0, True), run.stdout + run.stderr


def _loaded(code: str) -> str:
    run = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()
