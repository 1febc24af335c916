import json
from pathlib import Path

import pytest

from apitest.commands import steps as catalogue
from apitest.errors import UsageError
from apitest.language.registry import Registry, Sentence, load
from apitest.report.style import Style
from apitest.steps import MODULES

REGISTRY = load(MODULES)
ROOT = Path(__file__).parents[3]
FIELDS = {"keyword", "sentence", "aliases", "description", "example", "since", "topic"}


def name_is(ctx: object) -> None:
    """Checks the name.

    It is compared as it is.

    Example:
        name "x" is not "Maria"
            | a | b |
            | 1 | 2 |
    """


def customers(ctx: object) -> None:
    """Takes customers.

    Example:
        customers
    """


name_is.__module__ = "apitest.steps.own_names"
customers.__module__ = "apitest.steps.json_request"


@pytest.fixture
def registry() -> Registry:
    """Two sentences of two topics."""
    registry = Registry()
    registry.add(Sentence("then", 'name "{a}" is not "{b}"', ('title "{a}" is not "{b}"',), name_is, "1.0"))
    registry.add(Sentence("given", "customers", (), customers, "apitest 0.1"))
    return registry


def explains_itself(sentence: Sentence) -> bool:
    """Whether a sentence says what it does and since when it is there, and its example is a step of this sentence."""
    found = REGISTRY.find(sentence.keyword, sentence.example.partition("\n")[0])
    is_told = sentence.description.endswith(".") and bool(sentence.since)
    return is_told and found is not None and found.sentence is sentence


def test_every_sentence_explains_itself() -> None:
    """Each sentence has a description, a version and an example that is found again."""
    assert [sentence.text for sentence in REGISTRY.sentences if not explains_itself(sentence)] == []


def test_manual_is_what_the_steps_say() -> None:
    """docs/steps.md is what `apitest steps --format markdown` writes now."""
    written = (ROOT / "docs" / "steps.md").read_text(encoding="utf-8")
    assert written == catalogue.render(REGISTRY, form="markdown"), (
        "Run `apitest steps --format markdown > docs/steps.md`"
    )


def test_every_topic_has_a_heading_of_its_own() -> None:
    """No topic is headed by a bare module's name in lower case, and no two share a heading."""
    topics = {sentence.topic for sentence in REGISTRY.sentences}
    assert len({catalogue.title(topic) for topic in topics}) == len(topics)
    assert all(catalogue.title(topic)[0].isupper() for topic in topics)


def test_json_is_a_list_of_objects() -> None:
    """The JSON form holds every sentence with all its fields."""
    entries = json.loads(catalogue.render(REGISTRY, form="json"))
    assert len(entries) == len(REGISTRY.sentences) + len(REGISTRY.words)
    assert all(set(entry) == FIELDS for entry in entries)


def test_entry(registry: Registry) -> None:
    """An entry tells all of a sentence; what stands below an example's first line is indented by two spaces."""
    assert catalogue.entries(registry)[0] == {
        "keyword": "Then",
        "sentence": 'name "{a}" is not "{b}"',
        "aliases": ['name "{a}" isn\'t "{b}"', 'title "{a}" is not "{b}"', 'title "{a}" isn\'t "{b}"'],
        "description": "Checks the name. It is compared as it is.",
        "example": 'name "x" is not "Maria"\n  | a | b |\n  | 1 | 2 |',
        "since": "zato-apitest 1.0",
        "topic": "Own",
    }


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("", ['name "{a}" is not "{b}"', "customers"]),
        ("NAME", ['name "{a}" is not "{b}"']),
        ("is title", ['name "{a}" is not "{b}"']),
        ("isn't", ['name "{a}" is not "{b}"']),
        ("maria", ['name "{a}" is not "{b}"']),
        ("compared", ['name "{a}" is not "{b}"']),
        ("takes", ["customers"]),
        ("given json", ["customers"]),
        ("nothing", []),
    ],
)
def test_search(registry: Registry, word: str, found: list[str]) -> None:
    """Words are looked for in the wordings, in any order and case; if none has them, in all that is told."""
    assert [entry["sentence"] for entry in catalogue.search(catalogue.entries(registry), word)] == found


def test_a_word_that_finds_nothing(registry: Registry) -> None:
    """A word that no sentence holds is an error with the nearest words, or with how to see all."""
    for word, fix in (
        ("custmers", 'Did you mean "customers"?'),
        ("nmae", 'Did you mean "name"?'),
        ("xyz", "`apitest steps` shows them all"),
    ):
        with pytest.raises(UsageError) as raised:
            catalogue.render(registry, word)
        assert (raised.value.problem, raised.value.fix) == (f'No sentence contains "{word}"', fix)


def test_text(registry: Registry) -> None:
    """The text form is plain where no style is given, and painted where one is."""
    assert "\x1b" not in catalogue.render(registry)
    assert "\x1b" in catalogue.render(registry, "name", style=Style(color=True))


def test_markdown(registry: Registry) -> None:
    """The Markdown form has its topics, and each sentence with example, other wordings and origin."""
    _, contents = catalogue.render(registry, form="markdown").split("config.ini.\n\n")
    assert contents == (
        "* [Own](#own)\n"
        "* [JSON](#json)\n"
        "\n"
        "## Own\n"
        "\n"
        '* **`name "{a}" is not "{b}"`, `title "{a}" is not "{b}"`** – Checks the name. It is compared as it is.\n'
        "  *Since zato-apitest 1.0.*\n"
        "\n"
        "  ```gherkin\n"
        '  Then name "x" is not "Maria"\n'
        "    | a | b |\n"
        "    | 1 | 2 |\n"
        "  ```\n"
        "\n"
        "## JSON\n"
        "\n"
        "* **`customers`** – Takes customers.\n"
        "  *Since apitest 0.1.* `Given customers`\n"
    )
