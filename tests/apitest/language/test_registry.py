"""How a step's text finds its sentence."""

import json
import subprocess
import sys

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from apitest.language import registry as registry_module
from apitest.language.grid import Beginning, Declarations, Endings, Grid
from apitest.language.modifiers import Joint, Modifier
from apitest.language.quotes import escaped
from apitest.language.registry import Found, Registry, Sentence, load, wordings

PLAIN = st.text(st.characters(exclude_characters='"'), max_size=20)
ANY = st.text(max_size=20)


def _step(**parameters: str) -> None:
    """Does nothing.

    At
    all.

    Example:
        path "/a" is "b"
          | more |
    """


def _registry(*declared: tuple[str, str] | tuple[str, str, str]) -> Registry:
    made = Registry()
    for keyword, text, *aliases in declared:
        made.add(Sentence(keyword, text, tuple(aliases), _step, "1.0"))
    return made


PATHS = (
    ("then", 'path "{path}" is "{value}"', 'JSON Pointer "{path}" is "{value}"'),
    ("then", 'path "{path}" is not "{value}"'),
    ("then", 'path "{path}" is JSON "{value}"'),
    ("given", 'path "{path}" in request is "{value}"'),
    ("then", 'path "{path}" does not exist'),
    ("when", "the URL is invoked"),
)


def _found(keyword: str, text: str) -> Found:
    found = _registry(*PATHS).find(keyword, text)
    assert found is not None
    return found


def test_plain_values_are_taken_as_they_stand() -> None:
    """Each quoted value becomes the parameter of its place, empty ones too."""
    found = _found("then", 'path "/a/b" is ""')
    assert found.sentence.text == 'path "{path}" is "{value}"'
    assert found.arguments == {"path": "/a/b", "value": ""}


def test_an_alias_finds_the_same_sentence() -> None:
    """An older wording leads to the sentence it is an alias of."""
    assert _found("then", 'JSON Pointer "/a" is "1"').sentence is not None
    assert _found("then", 'JSON Pointer "/a" is "1"').sentence.text == 'path "{path}" is "{value}"'


@pytest.mark.parametrize("text", ['path "/a" isn\'t "1"', 'path "/a" doesn\'t exist', 'PATH "/a" Is Not "1"'])
def test_contractions_and_case_do_not_matter(text: str) -> None:
    """A sentence is found with its contraction and in any case."""
    assert _found("then", text).arguments["path"] == "/a"


@pytest.mark.parametrize("keyword", ["given", "when", "then", "step", "*"])
def test_any_keyword_may_introduce_any_sentence(keyword: str) -> None:
    """The keyword does not keep a sentence from being found."""
    assert _found(keyword, "the URL is invoked").sentence.keyword == "when"


def test_the_keyword_chooses_among_sentences_worded_alike() -> None:
    """Of two sentences with one wording, the step's own keyword decides, with quotes in its values, too."""
    registry = _registry(("given", 'a "{x}" b'), ("then", 'a "{x}" b'))
    for keyword in ("given", "then"):
        for text in ('a "1" b', 'a "say \\"1\\" now" b'):
            found = registry.find(keyword, text)
            assert found is not None
            assert found.sentence.keyword == keyword


def test_values_with_quotes_in_them_are_found() -> None:
    """A value may hold quotes, as JSON does; the most literal sentence wins."""
    found = _found("then", 'path "/a" is JSON "{"b": "c"}"')
    assert found.sentence.text == 'path "{path}" is JSON "{value}"'
    assert found.arguments == {"path": "/a", "value": '{"b": "c"}'}


def test_an_escaped_quote_belongs_to_the_value() -> None:
    """A quote after a backslash does not end a value, and stands in it without the backslash."""
    found = _found("then", r'path "/a" in request is "say \"hi\""')
    assert found.sentence.keyword == "given"
    assert found.arguments == {"path": "/a", "value": 'say "hi"'}


@pytest.mark.parametrize(
    "text",
    [
        'path "/password" or "/secret" does not exist',
        'path "/a" is not "x" # "y"',
        'path "/a" is not "x" "y"',
        'path "/a" in request is "say "hi" now"',
    ],
)
def test_other_quotes_in_a_value_find_nothing(text: str) -> None:
    """What stands between two values is never taken for a part of one; what it would be read as can be told."""
    registry = _registry(*PATHS)
    assert registry.find("then", text) is None
    found = registry.find_loosely(text)
    assert found is not None and any('"' in value for value in found.arguments.values())


@pytest.mark.parametrize("text", ['path "/a" seems "b"', "unknown", 'path "/a" is "b', "", 'path "/a" is "b" "c" d'])
def test_other_texts_find_nothing(text: str) -> None:
    """A text that is not a sentence finds none."""
    assert _registry(*PATHS).find("then", text) is None


@hypothesis_given(PLAIN, PLAIN)
def test_values_without_quotes_come_back(path: str, value: str) -> None:
    """Whatever two values hold, quotes apart, they come back exactly."""
    assert _found("then", f'path "{path}" is "{value}"').arguments == {"path": path, "value": value}


@hypothesis_given(ANY)
def test_a_value_comes_back_whatever_it_holds(value: str) -> None:
    """A value comes back exactly once its quotes are escaped."""
    value = value.replace("\\", "/")
    found = _registry(("given", 'request is "{data}"')).find("given", f'request is "{escaped(value)}"')
    assert found is not None
    assert found.arguments == {"data": value}


def test_a_wording_is_declared_once() -> None:
    """Two sentences of one keyword and wording, even by contraction, are a mistake that is named."""
    registry = _registry(*PATHS)
    with pytest.raises(ValueError, match="declared twice"):
        registry.add(Sentence("then", 'Path "{p}" isn\'t "{v}"', (), _step, "1.0"))


def test_a_parameter_stands_in_quotes() -> None:
    """A parameter outside quotes is a mistake that is named."""
    with pytest.raises(ValueError, match="outside quotes"):
        _registry(("then", "path {path} exists"))


def test_near_misses_keep_the_values() -> None:
    """What a person may have meant is shown with the values that were written; no other meaning is offered."""
    near = _registry(*PATHS).near('path "/a/b" iz "2"')
    assert near[0] == 'path "/a/b" is "2"'
    assert _registry(*PATHS).near('path "/a" "b" does not exit') == []
    assert _registry(*PATHS).near('path "/a" does exist') == []
    assert _registry(*PATHS).near('path "/a" does not exit') == ['path "/a" does not exist']
    assert _registry(*PATHS).near("something else altogether") == []


def test_wordings_are_the_text_the_aliases_and_their_contractions() -> None:
    """Every way to write a sentence is listed once; quoted parameters are never contracted."""
    sentence = Sentence("then", 'a "{is_not}" is not b', ('c "{is_not}" does not d',), _step, "1.0")
    assert wordings(sentence) == [
        'a "{is_not}" is not b',
        'a "{is_not}" isn\'t b',
        'c "{is_not}" does not d',
        'c "{is_not}" doesn\'t d',
    ]


def test_description_example_and_topic_come_from_the_function() -> None:
    """What the catalogue shows of a sentence stands in the step's docstring and module."""
    sentence = Sentence("then", "a", (), _step, "1.0")
    assert sentence.description == "Does nothing. At all."
    assert sentence.example == 'path "/a" is "b"\n  | more |'
    assert sentence.topic == "test"


def test_a_function_without_docstring_has_no_description() -> None:
    """A bare function gives empty texts."""
    sentence = Sentence("then", "a", (), lambda: None, "1.0")
    assert (sentence.description, sentence.example) == ("", "")


def test_the_decorators_declare_in_the_registry_of_all() -> None:
    """given, when and then put a function's sentence into REGISTRY; load imports modules and returns it."""
    script = """
import json, sys, types
from apitest.language import registry
module = types.ModuleType("made_up_steps")
sys.modules["made_up_steps"] = module
@registry.given('a "{x}"', 'b "{x}"', since="1.1")
def a(ctx, x): "Sets."
@registry.when("c")
def c(ctx): "Acts."
@registry.then("d")
def d(ctx): "Checks."
loaded = registry.load(["made_up_steps"])
print(json.dumps([[s.keyword, s.text, s.aliases, s.since, s.function is not None] for s in loaded.sentences]))
assert loaded is registry.REGISTRY and a(None, "1") is None
"""
    output = subprocess.run(  # a process of its own, since the registry is the process's
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    ).stdout
    assert json.loads(output) == [
        ["given", 'a "{x}"', ['b "{x}"'], "1.1", True],
        ["when", "c", [], "apitest 0.1", True],
        ["then", "d", [], "apitest 0.1", True],
    ]


def test_load_imports_and_returns_the_registry() -> None:
    """Loading no or known modules gives the one registry."""
    assert load(["json"]) is registry_module.REGISTRY


def test_decorated_functions_stay_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A decorator returns the function it was given."""
    monkeypatch.setattr(registry_module, "REGISTRY", Registry())
    assert registry_module.then("a")(_step) is _step
    assert registry_module.REGISTRY.find("then", "a") is not None


def test_a_colon_at_the_end_may_be_added() -> None:
    """A colon that announces a table or a text below the step does not matter; more than one does."""
    registry = _registry(("then", "paths are"), ("then", 'path "{path}" is JSON'))
    assert registry.find("then", "paths are:") == registry.find("then", "paths are")
    found = registry.find("then", 'path "/a" is JSON:')
    assert found is not None and found.arguments == {"path": "/a"}
    assert registry.find("then", "paths were:") is None
    assert registry.find("then", 'path "/a" is JSON:"') is None


def _worded() -> Registry:
    """Sentences of a grid, words ahead of sentences, and words between two of them."""
    made = _registry(*PATHS, ("then", 'cell "{place}" is "{value}"'))
    words = Declarations()
    words('is "{value}"', of="any")(_step)
    words('is other than "{value}"', of="any", negates='is "{value}"')(_step)
    subject = Beginning(('header "{header}" {}',), 'header "A" {}', _step, frozenset(("any",)), "header")
    made.grids.append(Grid("then", [subject], Endings(words.endings), lambda beginning, ending: _step))

    def ahead(wording: str, sentence: Sentence) -> Sentence | None:
        return sentence.changed(text=wording, aliases=())

    made.modifiers.append(Modifier('within "{seconds}" seconds {}', ahead, _step))
    made.joints.append(Joint(", or after ", lambda first, second, find: find(second)))
    return made


def test_sentences_of_a_grid_come_after_the_others() -> None:
    """And the words ahead of sentences and between them, as the catalogue tells of them."""
    registry = _worded()
    texts = [sentence.text for sentence in registry.sentences]
    assert texts[-2:] == ['header "{header}" is "{value}"', 'header "{header}" is other than "{value}"']
    assert [sentence.text for sentence in registry.words] == ['within "{seconds}" seconds …']


def test_words_ahead_and_between_are_found() -> None:
    """Each with what it is ahead of, or between."""
    registry = _worded()
    found = registry.find("then", 'within "5" seconds header "A" is "b"')
    assert found is not None
    assert found.arguments == {"seconds": "5", "header": "A", "value": "b"}
    assert registry.find("then", 'within "5" seconds it rains') is None


def test_the_opposite_of_a_sentence() -> None:
    """That which says what it negates, or is negated by it, whether it is declared or of a grid; else none."""
    registry = Registry()
    for text, negates in (("a is b", ""), ("a is not b", "a is b"), ('c "{x}"', ""), ("d", 'header "{h}" is "{v}"')):
        registry.add(Sentence("then", text, (), _step, "1.0", negates=negates))
    registry.grids += _worded().grids
    plain, negated, alone, of_grid = registry.declared
    assert (registry.opposite(plain), registry.opposite(negated)) == (negated, plain)
    assert registry.opposite(alone) is None
    opposite = registry.opposite(of_grid)
    assert opposite is not None and opposite.text == 'header "{header}" is "{value}"'


def test_values_with_quotes_are_read_as_they_were_meant() -> None:
    """For what is said of them; where there are few quotes, or no sentence, it is nothing."""
    registry = _worded()
    found = registry.find_loosely('path "/a" is "say "no" to it"')
    assert found is not None and found.arguments == {"path": "/a", "value": 'say "no" to it'}
    for text in ('header "A" isn\'t "b" at all "c"', 'path "/a" is', 'it "rains" on "the" roof'):
        assert registry.find_loosely(text) is None


def test_quotes_within_values_are_read_as_behave_reads_them_if_each_has_its_end() -> None:
    """What may have been meant as two values, or as a value and a comment, is read as neither."""
    registry = _registry(*PATHS)
    found = registry.find_as_behave('path "/a" isn\'t "it isn\'t "so""')
    assert found is not None and found.arguments == {"path": "/a", "value": 'it isn\'t "so"'}
    for value in ('x" # "y', 'x" or "y', 'x" "y', '5" tall'):
        assert registry.find_as_behave(f'path "/a" is not "{value}"') is None


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ('path "/a" iss "b"', 'path "/a" is "b"'),
        ('header "A" is othr than "b"', 'header "A" is other than "b"'),
        ('withn "5" seconds header "A" is "b"', 'within "5" seconds header "A" is "b"'),
        ('within "5" seconds header "A" iz "b"', 'within "5" seconds header "A" is "b"'),
        ('cell "1" is "2", or aftr header "A" is "b"', 'cell "1" is "2", or after header "A" is "b"'),
        ('cel "1" is "2", or after header "A" is "b"', 'cell "1" is "2", or after header "A" is "b"'),
        ('cell "1" is "2", or after headr "A" is "b"', 'cell "1" is "2", or after header "A" is "b"'),
    ],
)
def test_what_is_nearly_a_sentence(text: str, near: str) -> None:
    """Also of a grid, and where either of the words ahead and the sentence behind them is nearly so."""
    assert _worded().near(text)[0] == near


def test_of_many_wordings_those_with_most_words_in_common_are_compared() -> None:
    """The right one is among them, however many there are."""
    registry = _registry(*(("then", f'word{number} of many "{{x}}" here') for number in range(500)))
    assert registry.near('word321 of meny "a" here')[0] == 'word321 of many "a" here'
