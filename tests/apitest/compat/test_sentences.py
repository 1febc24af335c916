from types import SimpleNamespace
from typing import Any

import pytest

from apitest.compat import sentences
from apitest.errors import CheckFailed, UndefinedStep
from apitest.language.registry import load
from apitest.steps import MODULES
from tests.apitest.steps.answers import answers_json

_FUNCTIONS = [(module, name) for module, functions in sentences.table().items() for name in functions]


def test_each_function_has_its_sentence() -> None:
    """Every function of the table stands for a built-in sentence that takes the same number of values."""
    load(MODULES)
    for module, name in _FUNCTIONS:
        old = sentences.table()[module][name]
        sentence, renamed = sentences._sentence(old)
        assert sorted(renamed) == sorted(old.parameters), f"{module}.{name}"
        assert sentence.function, f"{module}.{name}"


def test_a_function_takes_values_by_place_and_by_name(ctx: Any) -> None:
    """Both ways of calling do what the sentence does."""
    sentences.function("common", "given_address")(ctx, "http://one")
    assert ctx.zato.request.address == "http://one"
    sentences.function("common", "given_address")(ctx, address="http://two")
    assert ctx.zato.request.address == "http://two"


def test_values_given_by_name_are_resolved(ctx: Any) -> None:
    """As obtain_values always did: by name, not by place."""
    ctx.zato.user_ctx["where"] = "http://three"
    sentences.function("common", "given_address")(ctx, address="#where")
    assert ctx.zato.request.address == "http://three"
    sentences.function("common", "given_address")(ctx, "#where")
    assert ctx.zato.request.address == "#where"


def test_a_check_fails_as_its_sentence_does(ctx: Any) -> None:
    """The failure is the same, too."""
    play: Any = SimpleNamespace(zato=ctx.zato)
    answers_json(play, {"a": "b"})
    sentences.function("json", "then_json_pointer_is")(ctx, "/a", "b")
    with pytest.raises(CheckFailed):
        sentences.function("json", "then_json_pointer_is")(ctx, path="/a", value="c")


def test_a_sentence_that_is_not_there_is_named() -> None:
    """A function whose sentence is missing says which one."""
    with pytest.raises(UndefinedStep, match="there is no such sentence"):
        sentences._sentence(sentences.Old((), "given", "there is no such sentence"))
