import importlib

import pytest

from apitest.compat import names
from tests.apitest.steps.playing import Play


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("module", sorted(names.NAMES))
def test_each_public_name_can_be_imported(module: str) -> None:
    """Every name that a module lists is there."""
    found = importlib.import_module(module)
    for name in found.__all__:
        assert getattr(found, name) is getattr(found, name)


@pytest.mark.usefixtures("old")
def test_a_star_import_gives_the_public_names() -> None:
    """`from zato.apitest.util import *` works."""
    space: dict[str, object] = {}
    exec("from zato.apitest.util import *", space)
    assert {"obtain_values", "new_context", "rand_string", "utcnow"} <= space.keys()


@pytest.mark.usefixtures("old")
def test_a_missing_name_is_told_with_what_is_alike() -> None:
    """A misspelt import fails as any other, with the nearest name."""
    util = importlib.import_module("zato.apitest.util")
    with pytest.raises(AttributeError, match="did you mean obtain_values"):
        _ = util.obtain_value
    with pytest.raises(ImportError):
        exec("from zato.apitest.util import nothing_of_the_kind")


@pytest.mark.usefixtures("old")
def test_modules_of_a_package_are_its_attributes() -> None:
    """`zato.apitest.steps.json` is reached from the package alone."""
    package = importlib.import_module("zato.apitest")
    assert package.steps.json.set_pointer is package.steps.json.set_pointer
    assert package.util.rand_int


def test_the_old_and_the_new_import_give_the_same(old: Play) -> None:
    """What projects import from apitest is what they import from zato.apitest."""
    import apitest

    util = importlib.import_module("zato.apitest.util")
    json = importlib.import_module("zato.apitest.steps.json")
    assert apitest.obtain_values is util.obtain_values
    assert apitest.set_pointer is json.set_pointer


@pytest.mark.usefixtures("old")
def test_names_of_types_are_there_for_annotations() -> None:
    """Any name of zato.apitest.typing_ can be imported; the usual ones mean what they say."""
    space: dict[str, object] = {}
    exec("from zato.apitest.typing_ import any_, cast_, dict_, strdictnone", space)
    typing_ = importlib.import_module("zato.apitest.typing_")
    assert typing_.cast_(int, "a") == "a"
    assert typing_.list_[int] == list[int]
    with pytest.raises(AttributeError):
        _ = typing_.__nothing__
