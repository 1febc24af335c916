import functools
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from apitest import compat
from apitest.compat import installed
from tests.apitest.steps.playing import Play


def _old_modules() -> dict[str, ModuleType]:
    roots = ("zato", "bunch", "datadiff", "base32_crockford")
    return {name: module for name, module in sys.modules.items() if name.partition(".")[0] in roots}


def test_the_names_exist_within_and_nowhere_else(play: Play) -> None:
    """After the run there is no zato, no bunch and no finder left of it."""
    finders = list(sys.meta_path)
    with installed(play.run):
        import bunch  # type: ignore[import-not-found]
        from zato.apitest import steps as default_steps  # type: ignore[import-not-found]
        from zato.apitest.util import obtain_values  # type: ignore[import-not-found]

        assert bunch.Bunch(a=1).a == 1
        assert default_steps.common.given_address
        assert callable(obtain_values)
    assert sys.meta_path == finders
    assert _old_modules() == {}
    with pytest.raises(ModuleNotFoundError):
        import zato.apitest  # noqa: F401


def test_nothing_is_built_unless_a_project_asks(play: Play) -> None:
    """A run whose project imports no old name loads none of the old functions."""
    before = set(sys.modules)
    with installed(play.run):
        assert set(sys.modules) == before


def test_an_error_in_the_run_leaves_nothing_behind(play: Play) -> None:
    """The names go away however the run ends."""
    finders = list(sys.meta_path)

    def fail() -> None:
        with installed(play.run):
            import zato.apitest.util  # noqa: F401

            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert sys.meta_path == finders
    assert _old_modules() == {}


@pytest.fixture
def real_zato(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installed zato package with an apitest of its own and another module."""
    site = tmp_path / "site"
    (site / "zato" / "apitest").mkdir(parents=True)
    (site / "zato" / "apitest" / "__init__.py").write_text("version = 'theirs'\n")
    (site / "zato" / "apitest" / "util.py").write_text("rand_int = 'theirs'\n")
    (site / "zato" / "common.py").write_text("name = 'common'\n")
    monkeypatch.syspath_prepend(str(site))
    yield site
    for name in _old_modules():
        del sys.modules[name]


@pytest.mark.usefixtures("real_zato")
def test_ours_wins_within_over_an_installed_one_in_use(play: Play) -> None:
    """Afterwards the very modules that were loaded before are there again."""
    import zato.apitest.util

    before = _old_modules()
    with installed(play.run):
        from zato.apitest.util import rand_int

        assert rand_int(3, 4) == 3
        import zato.common

        assert zato.common.name == "common"
    after = _old_modules()
    assert {name: after[name] for name in before} == before
    assert sys.modules["zato"].apitest is before["zato.apitest"]
    assert zato.apitest.util.rand_int == "theirs"


@pytest.mark.usefixtures("real_zato")
def test_an_installed_one_that_was_not_in_use_is_found_afterwards(play: Play) -> None:
    """Ours leaves no trace in an installed package either."""
    with installed(play.run):
        from zato.apitest import version

        assert version == "24.10.1"
    assert _old_modules() == {}
    from zato.apitest import version as theirs

    assert theirs == "theirs"


def test_runs_may_nest(play: Play, tmp_path: Path) -> None:
    """A run within a run ends without taking the outer one's names away."""
    with installed(play.run):
        import zato.apitest.util as outer

        with installed(Play(tmp_path).run):
            import zato.apitest.util as inner

            assert inner is not outer
        import zato.apitest.util as again

        assert again is outer


@pytest.mark.parametrize(
    ("line", "old"),
    [
        ("from zato.apitest.util import obtain_values", True),
        ("from zato.apitest import steps as default_steps", True),
        ("from zato import apitest", True),
        ("import zato.apitest.util", True),
        ("    from zato.apitest.steps.json import set_pointer", True),
        ("from zato.apitest_of_mine import x", False),
        ("from zato.common.util import x", False),
        ("from apitest import obtain_values", False),
        ("# from zato.apitest.util import obtain_values", False),
    ],
)
def test_a_file_is_old_by_what_it_imports(tmp_path: Path, line: str, old: bool) -> None:
    """A function's style is that of the file that it is written in, whatever decorates it."""
    path = tmp_path / "steps.py"
    path.write_text(f"def step(ctx): pass\nif 0:\n    pass\n{line}\n")
    space: dict[str, Any] = {}
    exec(compile("def step(ctx): pass", str(path), "exec"), space)
    decorated = functools.wraps(space["step"])(lambda ctx: None)
    assert compat.is_old_style(decorated) is old


def test_functions_without_a_file_are_not_old() -> None:
    """What has no source, such as a built-in function, is of today."""
    assert compat.is_old_style(len) is False
    space: dict[str, Any] = {}
    exec("def step(): pass", space)
    assert compat.is_old_style(space["step"]) is False
