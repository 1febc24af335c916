"""The catalogue of sentences, made of the steps' docstrings: for `apitest steps` and for docs/steps.md."""

import json
import textwrap
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from apitest.commands.checks_manual import bullet, place, subjects_table
from apitest.commands.checks_manual import sections as grid_sections
from apitest.commands.gathered import gathered
from apitest.errors import UsageError
from apitest.language.grid import Cell
from apitest.language.registry import Registry, Sentence, wordings
from apitest.report.catalogue import catalogue_lines, declared
from apitest.report.style import Style

Entry = dict[str, Any]

# The headings of the topics; a topic without one is headed by its module's name.
_TITLES = {
    "http": "HTTP requests",
    "connection": "Connection, TLS and redirects",
    "cookies": "Cookies",
    "forms": "Forms and files",
    "auth": "Authentication",
    "responses": "Responses",
    "response": "Headers of responses",
    "json": "JSON",
    "xml": "XML and SOAP",
    "variables": "Variables, dates and random values",
    "flow": "Flow of a scenario",
    "checked": "Data tables of checks and values",
    "soap": "SOAP faults",
    "steps.storing": "Stored: what came",
    "predicates.equality": "Checks: what a value is",
    "predicates.sizes": "Checks: whether it is there, and how much",
    "predicates.types": "Checks: of what type it is",
    "predicates.text": "Checks: text",
    "predicates.numbers": "Checks: numbers",
    "predicates.dates": "Checks: dates",
    "predicates.documents": "Checks: JSON documents",
    "predicates.lists": "Checks: lists",
    "predicates.rows": "Checks: rows of a database",
    "values.literal": "Values: given",
    "values.random": "Values: random",
    "values.dates": "Values: dates",
    "sql": "SQL databases and CSV files",
    "cassandra": "Cassandra",
    "websocket": "WebSockets",
    "wsx": "Zato WebSockets (WSX)",
    "pubsub": "Publish/subscribe",
    "waiting": "Waiting",
}


def entries(registry: Registry, where: bool = False) -> list[Entry]:
    """All sentences, in the order of their declaration, grouped by topic.

    Each has ``keyword``, ``sentence``, ``aliases`` (all other wordings, contractions included), ``description``,
    ``example`` (as written in a .feature file, without keyword), ``since`` and ``topic``; with ``where``, the places
    of its functions as well.
    """
    return entries_of(registry.sentences, where)


def entries_of(sentences: Iterable[Sentence], where: bool = False) -> list[Entry]:
    """The entries of some sentences, grouped by topic."""
    return [entry for _, entry in _paired(sentences, where)]


def _paired(sentences: Iterable[Sentence], where: bool) -> list[tuple[Sentence, Entry]]:
    """Sentences with their entries, grouped by topic."""
    topics: dict[str, list[tuple[Sentence, Entry]]] = {}
    for sentence in sentences:
        entry: Entry = {
            "keyword": sentence.keyword.capitalize(),
            "sentence": sentence.text,
            "aliases": wordings(sentence)[1:],
            "description": sentence.description,
            "example": _straight(sentence.example),
            "since": f"zato-apitest {sentence.since}" if sentence.since[:1].isdigit() else sentence.since,
            "topic": title(sentence.topic),
        }
        if where:
            entry["where"] = [place(function) for function in sentence.places]
        topics.setdefault(sentence.topic, []).append((sentence, entry))
    return [pair for topic in topics.values() for pair in topic]


def _straight(example: str) -> str:
    """An example with what stands below its first line indented by two spaces, however deep its author went."""
    first, _, rest = example.partition("\n")
    return first + ("\n" + textwrap.indent(textwrap.dedent(rest), "  ") if rest else "")


def title(topic: str) -> str:
    """The heading of a topic."""
    return _TITLES.get(topic, topic.replace("_", " ").capitalize())


def search(found: Iterable[Entry], word: str) -> list[Entry]:
    """The entries that hold all words of ``word`` in their sentence or another wording; else, in any of their texts."""
    found = list(found)
    words = word.casefold().split()
    in_sentence = [entry for entry in found if _holds([entry["sentence"], *entry["aliases"]], words)]
    anywhere = ("keyword", "sentence", "description", "example", "topic", "since")
    return in_sentence or [
        entry for entry in found if _holds([" ".join([*entry["aliases"], *(entry[name] for name in anywhere)])], words)
    ]


def _holds(texts: list[str], words: list[str]) -> bool:
    return any(all(word in text.casefold() for word in words) for text in texts)


def near(found: Iterable[Entry], word: str) -> list[str]:
    """Words of the sentences that are like ``word``, the nearest first."""
    import difflib

    known = {part.strip('",').casefold() for entry in found for part in entry["sentence"].split() if "{" not in part}
    return difflib.get_close_matches(word.casefold(), known, n=3, cutoff=0.6)


def render(
    registry: Registry, word: str = "", form: str = "text", style: Style | None = None, where: bool = False
) -> str:
    """The catalogue, or what of it holds ``word``, as "text", "markdown" or "json".

    Args:
        registry: the sentences.
        word: what they have to hold; all of them where it is empty.
        form: of the output.
        style: how a terminal shows it.
        where: whether to tell the file and line of what a sentence does.

    Raises:
        UsageError: no sentence holds the word.
    """
    pairs = _paired([*registry.sentences, *registry.words], where)
    everything = [entry for _, entry in pairs]
    found = search(everything, word)
    if not found and word:
        close = " or ".join(f'"{other}"' for other in near(everything, word))
        fix = f"Did you mean {close}?" if close else "`apitest steps` shows them all"
        raise UsageError(f'No sentence contains "{word}"', fix=fix)
    if form == "json":
        return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    if form == "markdown":
        return markdown(registry) if not word else sentences(found)
    if word:
        matching = set(map(id, found))
        shown = gathered((pair for pair in pairs if id(pair[1]) in matching), where)
    else:
        shown = [*entries_of(registry.declared), *_of_grids(registry), *entries_of(registry.words)]
    return "\n".join(catalogue_lines(shown, word, style or Style())) + "\n"


_INTRODUCTION = """\
# Steps

All sentences that steps can be written in, generated from the runner's own docstrings by
`apitest steps --format markdown`. `apitest steps WORD` searches them in the terminal.

Any sentence may follow any of Given, When, Then, And and But. `is not` may be written `isn't`, and `does not`
`doesn't`. In every parameter, `$NAME` stands for an environment variable, `#name` for a stored variable and `@name`
for a value of the `[user]` section of config.ini.
"""


_CHECKS = """\
## Checks

A check says something of a subject. These are the subjects:

{subjects}
`each item of`, `any item of` and `no item of` ahead of a subject say it of the items of a list:
`each item of path "/orders" is any dict`.

`within "5" seconds` ahead of any of them repeats it until it holds: the request is sent again, the query is run again,
the next message is received. Behind it may stand what ends the waiting as a failure, of the same subject or of another:
`within "5" seconds path "/state" is "paid", failing early if it is "lost"`. `never within "2" seconds` checks for the
whole time that it does not hold. See [Waiting](writing-tests.md#waiting). A check may follow
`"till" receives a message on topic "/orders" where`, to say which one.
A data table checks much at once: see [data tables](#data-tables-of-checks-and-values).
"""

_VALUES = """\
## Values

A value can be put into the request, stored under a name, or published:

{subjects}
"""


def markdown(registry: Registry) -> str:
    """The manual: a table of contents, the sentences under their topics, and the grids by theme."""
    listed = [grid for grid in registry.grids if grid.listed]
    values = [grid for grid in listed if grid.keyword == "given"]
    checks = [grid for grid in listed if grid.keyword == "then"]
    declared = entries_of(registry.declared)
    topics = [(topic, list(group)) for topic, group in groupby(declared, key=lambda entry: str(entry["topic"]))]
    sections = [(topic, "\n".join(map(_markdown_entry, group)) + "\n") for topic, group in topics]
    of_values, of_checks = grid_sections(values, title), grid_sections(checks, title)
    headings = [heading for heading, _ in [*sections, *of_values, *of_checks]]
    contents = "\n".join(f"* [{heading}](#{_anchor(heading)})" for heading in headings) + "\n"
    parts = [_INTRODUCTION, contents, *_under_headings(sections)]
    if of_values:
        parts += [_VALUES.format(subjects=subjects_table(values)), *_under_headings(of_values)]
    if of_checks:
        subjects = subjects_table(grid for grid in checks if not grid.before)
        parts += [_CHECKS.format(subjects=subjects), *_under_headings(of_checks)]
    return "\n".join(parts)


def _under_headings(sections: Iterable[tuple[str, str]]) -> list[str]:
    return [part for heading, body in sections for part in (f"## {heading}\n", body)]


def sentences(found: list[Entry]) -> str:
    """Some entries as a Markdown document."""
    return "\n".join(map(_markdown_entry, found)) + "\n"


def _of_grids(registry: Registry) -> list[Entry]:
    """An entry for each ending, in its sentence with the first subject that has it."""
    firsts: dict[int, Cell] = {}
    for grid in registry.grids:
        if grid.listed:
            for cell in grid.cells():
                firsts.setdefault(id(cell.ending), cell)
    return entries_of(firsts.values())


def _anchor(heading: str) -> str:
    """The anchor that Markdown readers give to a heading."""
    return "".join(c for c in heading.lower().replace(" ", "-") if c.isalnum() or c == "-")


def _markdown_entry(entry: Entry) -> str:
    wordings = (str(entry["sentence"]), *map(str, declared(entry)))
    keyword, example = str(entry["keyword"]), str(entry["example"])
    return bullet(wordings, str(entry["description"]), f"since {entry['since']}.", keyword, example)
