"""Which function a step runs."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from behave.api.step_matchers import register_type, use_step_matcher
from behave.matchers import MatchWithError
from behave.step_registry import StepRegistry

from apitest.errors import UnknownValue
from apitest.language.registry import Registry, Sentence
from apitest.runner import matching
from apitest.runner.matching import RAW, BuiltinMatch, OwnMatch, ProjectRegistry, is_dynamic


def built_in(context: Any, **values: Any) -> None:
    """A built-in step that keeps what it was given."""
    context.given = values


class Own:
    """Own steps beside two built-in ones; what was told of them."""

    def __init__(self, *, is_old: bool = False) -> None:
        self.steps = StepRegistry()
        self.told: list[str] = []
        builtin = Registry()
        builtin.add(Sentence("given", 'I keep "{value}"', (), built_in, "1.0"))
        builtin.add(Sentence("given", 'I keep "{value}" as "{name}"', (), built_in, "1.0"))
        self.registry = ProjectRegistry(self.steps, builtin, self.told.append, is_old=is_old)

    def add(self, sentence: str, keyword: str = "given", **attributes: Any) -> Callable[..., None]:
        """An own step, which keeps its values, too."""

        def own(context: Any, *values: Any, **named: Any) -> None:
            context.given = values or named

        for name, value in attributes.items():
            setattr(own, name, value)
        self.steps.add_step_definition(keyword, sentence, own)
        return own

    def find(self, text: str, keyword: str = "given") -> Any:
        """What a step with this text runs."""
        return self.registry.find_match(SimpleNamespace(step_type=keyword, name=text))

    def run(self, text: str, keyword: str = "given") -> Any:
        """The values that the step with this text is given; #x is 5, anything else with a sign is unknown."""
        context = Context()
        self.find(text, keyword).run(context)
        return context.given


class Context:
    """As much of a context as steps need."""

    def __init__(self) -> None:
        self.zato = SimpleNamespace(resolve=self.resolve)
        self.given: Any = None

    @staticmethod
    def resolve(text: str) -> Any:
        if text != "#x":
            raise UnknownValue(text)
        return 5

    def __contains__(self, name: str) -> bool:
        return name in vars(self)

    def run_in_user_mode(self, function: Callable[..., None], *positional: Any, **named: Any) -> None:
        function(self, *positional, **named)


@pytest.fixture
def own() -> Iterator[Own]:
    """A project without steps; behave's matcher and types are put back afterwards."""
    yield Own()
    use_step_matcher("parse")


@pytest.mark.parametrize(
    ("text", "dynamic"),
    [("$A", True), ("a #b", True), ("@c", True), ("vault:x", True), ("a vault:x", False), ("", False)],
)
def test_what_may_have_to_be_resolved(text: str, dynamic: bool) -> None:
    """A text with one of the signs, or one that starts with vault:."""
    assert is_dynamic(text) is dynamic


class TestBuiltIn:
    """Built-in sentences."""

    def test_values(self, own: Own) -> None:
        """They are resolved; texts without a sign are taken as they are."""
        assert own.run('I keep "#x" as "y"') == {"value": 5, "name": "y"}
        assert own.run('I keep "y"', "then") == {"value": "y"}

    def test_one_match_for_a_text(self, own: Own) -> None:
        """It is found once."""
        assert own.find('I keep "y"') is own.find('I keep "y"')

    def test_not_too_many_are_kept(self, own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
        """A run of many different texts does not grow with them."""
        monkeypatch.setattr(matching, "_KEPT_MATCHES", 3)
        for number in range(10):
            own.find(f'I keep "{number}"')
        assert len(own.registry._matches) <= 3

    def test_an_unknown_text(self, own: Own) -> None:
        """There is no match, until somebody defines it."""
        assert own.find("nobody knows this") is None
        own.add("nobody knows this")
        assert type(own.find("nobody knows this")) is OwnMatch


class TestOwn:
    """Steps of a project."""

    def test_values(self, own: Own) -> None:
        """Texts are resolved; what a converter made is taken as it is."""
        own.add("have {value} and {number:d}")
        assert own.run("have #x and 3") == {"value": 5, "number": 3}

    def test_values_by_position(self, own: Own) -> None:
        """Groups without a name, and one that matched nothing."""
        use_step_matcher("re")
        own.add(r"have (\S+)( or not)?")
        assert own.run("have #x") == (5, None)

    @pytest.mark.parametrize("attribute", [RAW, None])
    def test_raw_values(self, own: Own, attribute: str | None) -> None:
        """A function may ask for its values as they stand in the text; nor is there a value without ctx.zato."""
        own.add("have {value}", **({attribute: True} if attribute else {}))
        context = Context()
        if attribute is None:
            del context.zato
        own.find("have #y").run(context)
        assert context.given == {"value": "#y"}

    def test_any_keyword(self, own: Own) -> None:
        """A @step is found after every keyword, a @given after its own, as in behave."""
        own.add("any", "step")
        own.add("only")
        assert all(own.find("any", keyword) for keyword in ("given", "when", "then"))
        assert own.find("only")
        assert own.find("only", "then") is None

    def test_converters_run_each_time(self, own: Own) -> None:
        """What they make may be another object, or another value, the next time."""
        register_type(Fresh=lambda text: [text])
        own.add("have {items:Fresh}")
        first, second = own.run("have a"), own.run("have a")
        assert first == second
        assert first["items"] is not second["items"]

    def test_texts_are_matched_once(self, own: Own) -> None:
        """Nothing can be another the next time."""
        own.add("have {value}")
        assert own.find("have a") is own.find("have a")

    def test_a_converter_that_refuses(self, own: Own) -> None:
        """The step is found, and fails when it runs."""
        register_type(Bad=int)
        own.add("have {number:Bad}")
        match = own.find("have x")
        assert type(match) is MatchWithError
        with pytest.raises(ValueError, match="invalid literal"):
            match.run(Context())


class TestBoth:
    """An own step where there is a built-in one."""

    def test_the_same_sentence(self, own: Own) -> None:
        """The project's own replaces the built-in one, which is told once."""
        own.add('I keep "{value}"')
        assert type(own.find('I keep "a"')) is type(own.find('I keep "b"')) is OwnMatch
        assert len(own.told) == 1
        assert "test_matching.py" in own.told[0]
        assert own.told[0].endswith('replaces the built-in step: I keep "{value}"')

    def test_a_wider_sentence(self, own: Own) -> None:
        """One that takes more of the text as its values was not meant where a built-in one reads all of it."""
        own.add("I keep {anything}")
        assert type(own.find('I keep "a"')) is BuiltinMatch
        assert type(own.find("I keep a")) is OwnMatch
        assert own.told == []

    def test_an_expression_without_groups(self, own: Own) -> None:
        """All of its text counts as its own."""
        use_step_matcher("re")
        own.add(r"I keep .*")
        assert type(own.find('I keep "a"')) is OwnMatch


def test_quotes_within_values_of_old_projects() -> None:
    """They are read as zato-apitest read them, unless a step of the project has the text; elsewhere as ever."""
    text = 'I keep "the "best" one"'
    assert Own().find(text) is None
    own = Own(is_old=True)
    assert own.run(text) == {"value": 'the "best" one'}
    assert own.find('I keep "a" # "b"') is None
    own = Own(is_old=True)
    own.add('I keep "the {rest}')
    assert own.run(text) == {"rest": '"best" one"'}
