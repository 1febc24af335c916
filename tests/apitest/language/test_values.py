"""The language of values: what a parameter stands for, and what is said where it stands for nothing."""

import datetime
import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.errors import BadValue, UnknownValue
from apitest.language.values import Named, Sources, interpolate, pieces, resolve

VARIABLES: Mapping[str, Any] = {
    "id": 7,
    "name": "Ann",
    "none": None,
    "doc": {"é": [1, True]},
    "two words": "x",
}
SOURCES = Sources(
    env={"HOME": "/home/ann"},
    variables=VARIABLES,
    config={"city": "Łódź"},
    config_path="/project/config.ini",
    vault=lambda path: {"read": path},
)


def escaped(text: str) -> str:
    """A text as it has to be written in a step, so that it means itself."""
    text = re.sub(r"([$#@])(\1*)(?=\{)", lambda run: run[0] * 2, text)
    if text.startswith("vault:"):
        return text.replace("vault:", "vault::", 1)
    is_name = re.match(r"[$#@](?!([$#@]?)\1*\{)", text)
    return text[0] + text if is_name else text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$HOME", "/home/ann"),
        ("#id", 7),
        ("#none", None),
        ("#doc", VARIABLES["doc"]),
        ("#two words", "x"),
        ("@city", "Łódź"),
        ("vault:secret/db", {"read": "secret/db"}),
        ("vault:secret/${HOME}/#{id}", {"read": "secret//home/ann/7"}),
    ],
)
def test_whole_parameter(text: str, value: Any) -> None:
    """A sign and a name, and nothing else, are the value with its type."""
    assert resolve(text, SOURCES) == value


@pytest.mark.parametrize(("text", "value"), [("#{id}", 7), ("#{doc}", VARIABLES["doc"]), ("#{none}", None)])
def test_whole_parameter_in_braces(text: str, value: Any) -> None:
    """A name in braces keeps its type too where nothing stands before or after it."""
    assert resolve(text, SOURCES) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("/users/#{id}/of/@{city}?home=${HOME}", "/users/7/of/Łódź?home=/home/ann"),
        ("#{id}#{id}", "77"),
        (" #{id}", " 7"),
        ("#{id} ", "7 "),
        ("=#{none}", "=null"),
        ("=#{doc}", '={"é": [1, true]}'),
        ("$#{id}", "$7"),
        ("a{#{id}}", "a{7}"),
        ("$#{id}.50", "$7.50"),
        ("#${HOME}", "#/home/ann"),
    ],
)
def test_names_within_a_longer_text(text: str, value: str) -> None:
    """Within a longer text each name in braces becomes text."""
    assert resolve(text, SOURCES) == value
    assert interpolate(text, SOURCES) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$$HOME", "$HOME"),
        ("##id", "#id"),
        ("@@city", "@city"),
        ("$$", "$"),
        ("###", "##"),
        ("##{id}", "#{id}"),
        ("a ##{id} b", "a #{id} b"),
        ("###{id}", "#7"),
        ("####{id}", "##{id}"),
        ("$$5 for #{name}", "$5 for Ann"),
        ("vault::x", "vault:x"),
        ("vault::${HOME}", "vault:/home/ann"),
        ("##{a #{id}}", "#{a 7}"),
        ("$##{id}", "$#{id}"),
    ],
)
def test_doubled_signs(text: str, value: str) -> None:
    """A doubled sign is the sign itself."""
    assert resolve(text, SOURCES) == value


@pytest.mark.parametrize("text", ["", "$", "#", "@", "vault:", "plain", "5 $ and #1", "a@b.example", "{id}", "a # b"])
def test_plain_text(text: str) -> None:
    """A lone sign, or one within a text, is text."""
    assert resolve(text, SOURCES) == text
    assert interpolate(text, SOURCES) == text


def test_doc_strings_take_braces_only() -> None:
    """A doc string that begins with a sign is not a name."""
    assert interpolate("#id", SOURCES) == "#id"
    assert interpolate("##id #{id}", SOURCES) == "##id 7"


def test_rows_of_a_database_as_text() -> None:
    """A document whose values JSON does not have is shown with them as text."""
    rows = [(1, datetime.date(2024, 5, 3))]
    assert resolve("rows: #{rows}", SOURCES._replace(variables={"rows": rows})) == 'rows: [[1, "2024-05-03"]]'


@given(st.from_regex(r"\A(vault:)?[$#@{}ab :]*\Z") | st.text())
def test_everything_can_be_written(text: str) -> None:
    """Every text has a spelling that means the text itself."""
    assert resolve(escaped(text), SOURCES) == text


@given(st.text(alphabet="$#@{}HOMEid") | st.text())
def test_values_are_not_interpreted_again(held: str) -> None:
    """What a value holds is taken as it is, whole and within a longer text."""
    sources = SOURCES._replace(variables={"x": held})
    assert resolve("#x", sources) == held
    assert resolve("<#{x}>", sources) == f"<{held}>"


@given(st.text(alphabet="$#@{}avult: HOMEid\n"))
def test_any_text_resolves_or_is_refused(text: str) -> None:
    """No text leads to an error of another kind than ours."""
    try:
        resolve(text, SOURCES)
    except (UnknownValue, BadValue) as error:
        assert error.fix


def test_unknown_variable() -> None:
    """A variable that is not stored is named, with those that may be meant and the way to write the text."""
    with pytest.raises(UnknownValue) as caught:
        resolve("a #{nmae}", SOURCES)
    assert caught.value.lines() == [
        "There is no variable #nmae",
        "  where: the variables stored in this feature",
        "  fix: Did you mean #name?",
        "       Known are #id, #name, #none, #doc, #two words.",
        "       To mean the text itself, double the character: ##{nmae}",
    ]


def test_unknown_environment_variable() -> None:
    """Of a large environment only near misses are listed, and a name that another source has is told."""
    sources = SOURCES._replace(env={f"LC_{number}": "secret" for number in range(11)})
    with pytest.raises(UnknownValue) as caught:
        resolve("$city", sources)
    assert str(caught.value) == (
        "There is no environment variable $city\n"
        "  where: the environment\n"
        "  fix: Did you mean @city?\n"
        "       To mean the text itself, double the character: $$city"
    )


def test_unknown_config_value() -> None:
    """A name that config.ini does not have is looked for in the [user] section of that very file."""
    with pytest.raises(UnknownValue) as caught:
        resolve("@port", SOURCES._replace(config={}))
    assert caught.value.where == "[user] of /project/config.ini"
    assert "Add it to [user] in config.ini." in caught.value.fix


def test_unknown_config_value_without_a_file() -> None:
    """A project without a config.ini is told which file the name would belong in."""
    with pytest.raises(UnknownValue) as caught:
        resolve("@port", SOURCES._replace(config={}, config_path=""))
    assert caught.value.where == "[user] of config.ini"


def test_known_name_with_text_after_it() -> None:
    """A known name followed by more text is shown in braces."""
    with pytest.raises(UnknownValue) as caught:
        resolve("#id/orders", SOURCES)
    assert "Within a longer text, names stand in braces: #{id}" in caught.value.fix


def test_names_compare_exactly() -> None:
    """A name that differs in case only is another name, and the first near miss."""
    with pytest.raises(UnknownValue) as caught:
        resolve("#ID", SOURCES)
    assert "Did you mean #id?" in caught.value.fix


def test_errors_show_no_value() -> None:
    """An error tells names, never what they hold."""
    sources = SOURCES._replace(env={"TOKEN": "s3cr3t-value"}, variables={"TOKEN": "s3cr3t-value"})
    for text in ("$TOKENS", "#TOKENS", "@TOKEN"):
        with pytest.raises(UnknownValue) as caught:
            resolve(text, sources)
        assert "s3cr3t-value" not in str(caught.value)


def test_vault_without_an_address() -> None:
    """A Vault path needs the address that [vault] of config.ini gives."""
    with pytest.raises(UnknownValue) as caught:
        resolve("vault:secret/db", SOURCES._replace(vault=None))
    assert "vault:secret/db cannot be read: the [vault] section has no address" in str(caught.value)
    assert caught.value.where == "/project/config.ini"
    with pytest.raises(UnknownValue) as caught:
        resolve("vault:secret/db", SOURCES._replace(vault=None, config_path=""))
    assert caught.value.where == "this project has no config.ini"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a #{id", '#{ in "a #{id" is followed by no name and closing brace'),
        ("a #{i{d}", '#{ in "a #{i{d}" is followed by no name and closing brace'),
        ("a #{", '#{ in "a #{" is followed by no name and closing brace'),
        ("a #{}", '#{ in "a #{}" holds no name'),
    ],
)
def test_braces_that_hold_no_name(text: str, problem: str) -> None:
    """A brace that is not closed, or is empty, is a mistake and not a text."""
    with pytest.raises(BadValue) as caught:
        resolve(text, SOURCES)
    assert caught.value.problem == problem
    assert caught.value.fix == "Write #{name}, or ##{ to mean the text itself."


def test_name_does_not_reach_into_the_next_line() -> None:
    """A brace that is closed lines below, by another part of the document, is not closed."""
    with pytest.raises(BadValue):
        interpolate('{"a": "${HOME",\n"b": {}}', SOURCES)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("$HOME", "/home/ann"),
        ("file://${HOME}/x", "file:///home/ann/x"),
        ("$$HOME", "$HOME"),
        ("a$${HOME}", "a${HOME}"),
        ("pa$word#{id}@{city}", "pa$word#{id}@{city}"),
        ("${HOME}#{id}@{city}", "/home/ann#{id}@{city}"),
        ("#id", "#id"),
        ("$", "$"),
        (["$HOME", "x"], ["/home/ann", "x"]),
    ],
)
def test_environment_variables_in_config_ini(written: Any, value: Any) -> None:
    """A value of config.ini may be one, or have some in braces; no other sign means anything there."""
    assert resolve("@v", SOURCES._replace(config={"v": written})) == value


@pytest.mark.parametrize("written", ["$nope", "a ${nope}", "a ${"])
def test_environment_variables_in_config_ini_that_are_not_set(written: str) -> None:
    """They are errors that name the file, but stay as they are in old projects."""
    sources = SOURCES._replace(config={"v": written})
    with pytest.raises((UnknownValue, BadValue)) as raised:
        resolve("@v", sources)
    if isinstance(raised.value, UnknownValue):
        assert raised.value.problem == "There is no environment variable $nope"
        assert raised.value.where == "/project/config.ini"
    assert resolve("@v", sources._replace(lenient=True)) == written


@pytest.mark.parametrize(
    ("path", "fix"),
    [
        ("$.a.b", 'Part of a JSON document is written as path "/a/b", or as JSONPath "$.a.b".'),
        ("$[?@.a]", 'Part of a JSON document is written as JSONPath "$[?@.a]".'),
    ],
)
def test_a_json_path(path: str, fix: str) -> None:
    """It is not an environment variable."""
    with pytest.raises(UnknownValue) as raised:
        resolve(path, SOURCES)
    assert raised.value.fix.splitlines()[0] == fix


def test_a_text_without_names_is_one_piece() -> None:
    """Signs alone are not names."""
    assert pieces("a $b #c @d {e}", SOURCES) == ["a $b #c @d {e}"]


def test_a_text_with_names_is_in_pieces() -> None:
    """Texts as they stand, and values with the names that they have there."""
    assert pieces("a ${HOME}, #{id}!", SOURCES) == [
        "a ",
        Named("/home/ann", "${HOME}"),
        ", ",
        Named(7, "#{id}"),
        "!",
    ]
