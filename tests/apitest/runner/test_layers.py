"""The lean context, held against behave's own."""

import warnings
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
from behave.runner import Context, ContextMaskWarning

from apitest.runner.layers import LeanContext


class Runner:
    """As much of a runner as a context needs."""

    def __init__(self) -> None:
        self.config = SimpleNamespace(verbose=True, should_capture_hooks=lambda: False)
        self.interruption = SimpleNamespace(allowed=nullcontext)


@pytest.fixture(params=[Context, LeanContext])
def context(request: pytest.FixtureRequest) -> Any:
    """A context of either kind; its runner lives as long as it does."""
    runner = Runner()
    made = request.param(runner)
    made._keeper = runner
    return made


def test_layers(context: Any) -> None:
    """What was set in a layer goes with it; what is below comes to light again."""
    context.a = 1
    context._push(layer="feature")
    context.b = 2
    with context.use_with_user_mode():
        assert (context.a, context.b, "b" in context, "_stack" in context) == (1, 2, True, True)
    context._pop()
    assert "b" not in context
    with pytest.raises(AttributeError, match="b"):
        _ = context.b


def test_deleting(context: Any) -> None:
    """It works in the layer that has the attribute, and in no other."""
    context.a = 1
    context._push()
    with pytest.raises(AttributeError):
        del context.a
    context._pop()
    del context.a
    assert "a" not in context


@pytest.mark.parametrize(("first", "second"), [("user", "user"), ("user", "behave"), ("behave", "user")])
def test_masking_is_warned_of(context: Any, first: str, second: str) -> None:
    """Setting what a layer below has is told, with the place where that was set."""
    set_in(context, first)
    context._push(layer="feature")
    with pytest.warns(ContextMaskWarning) as caught:
        set_in(context, second)
    message = str(caught[0].message)
    assert "'colour'" in message
    if second == "behave":
        assert "originally set in" in message
        assert __file__ in message


def set_in(context: Any, mode: str) -> None:
    """Sets an attribute as a user's code or as behave."""
    if mode == "behave":
        context.colour = mode
    else:
        with context.use_with_user_mode():
            context.colour = mode


def test_clean_ups(context: Any) -> None:
    """They run in reverse order when their layer ends, the rest of them even if one fails."""
    done: list[str] = []
    context.on_cleanup_error = lambda *_: done.append("told")
    context._push(layer="feature")
    context._push(layer="scenario")

    def bad() -> None:
        raise ValueError("bad")

    context.add_cleanup(done.append, "feature", layer="feature")
    context.add_cleanup(done.append, "first")
    context.add_cleanup(bad)
    with pytest.raises(ValueError, match="bad"):
        context._pop()
    assert done == ["told", "first"]
    context._pop()
    assert done == ["told", "first", "feature"]
    assert len(context._stack) == 1


class TestLeanContext:
    """What is apitest's own."""

    @pytest.fixture
    def lean(self) -> Any:
        """One of ours."""
        runner = Runner()
        made = LeanContext(runner)
        made._keeper = runner
        return made

    def test_the_first_reason_to_abort_is_kept(self, lean: Any, capsys: pytest.CaptureFixture[str]) -> None:
        """Nothing is printed: reports tell it."""
        assert lean.abort_reason == ""
        lean.abort("one")
        lean.abort("two")
        assert lean.abort_reason == "one"
        assert capsys.readouterr() == ("", "")

    def test_an_abort_without_reason(self, lean: Any) -> None:
        """It says that it was one, even if behave set the flag by itself."""
        lean.abort()
        assert lean.abort_reason == "aborted"
        del lean.__dict__["_abort_reason"]
        assert lean.abort_reason == "aborted"

    def test_a_failing_clean_up_is_not_printed(self, lean: Any, capsys: pytest.CaptureFixture[str]) -> None:
        """It is told in its scenario's event."""
        lean._push()
        lean.add_cleanup({}.__getitem__, "x")
        with pytest.raises(KeyError):
            lean._pop()
        assert capsys.readouterr().out == ""

    def test_a_text_that_a_step_deleted(self, lean: Any) -> None:
        """It can be set again, and the next step has its own."""
        lean._push(layer="scenario")
        lean.set_step("text", None)
        del lean.text
        with lean.use_with_user_mode(), warnings.catch_warnings(record=True):
            warnings.simplefilter("always")
            lean.text = "another"
        lean.set_step("next", None)
        assert lean.text == "next"

    def test_user_mode_ends_with_an_error(self, lean: Any) -> None:
        """The mode is what it was before."""
        mode = lean._mode
        with pytest.raises(TypeError):
            lean.run_in_user_mode(len)
        assert lean._mode is mode
