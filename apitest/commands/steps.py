"""The catalogue of sentences, made of the steps' docstrings: for `apitest steps` and for docs/steps.md."""

import json
import textwrap
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from apitest.errors import UsageError
from apitest.language.registry import Registry, wordings
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
    "sql": "SQL databases and CSV files",
    "cassandra": "Cassandra",
    "wsx": "WebSocket",
}


def entries(registry: Registry) -> list[Entry]:
    """All sentences, in the order of their declaration, grouped by topic.

    Each has ``keyword``, ``sentence``, ``aliases`` (all other wordings, contractions included), ``description``,
    ``example`` (as written in a .feature file, without keyword), ``since`` and ``topic``.
    """
    topics: dict[str, list[Entry]] = {}
    for sentence in registry.sentences:
        entry: Entry = {
            "keyword": sentence.keyword.capitalize(),
            "sentence": sentence.text,
            "aliases": wordings(sentence)[1:],
            "description": sentence.description,
            "example": _straight(sentence.example),
            "since": f"zato-apitest {sentence.since}" if sentence.since[:1].isdigit() else sentence.since,
            "topic": title(sentence.topic),
        }
        topics.setdefault(sentence.topic, []).append(entry)
    return [entry for topic in topics.values() for entry in topic]


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


def render(registry: Registry, word: str = "", form: str = "text", style: Style | None = None) -> str:
    """The catalogue, or what of it holds ``word``, as "text", "markdown" or "json".

    Raises:
        UsageError: no sentence holds the word.
    """
    everything = entries(registry)
    found = search(everything, word)
    if not found and word:
        close = " or ".join(f'"{other}"' for other in near(everything, word))
        fix = f"Did you mean {close}?" if close else "`apitest steps` shows them all"
        raise UsageError(f'No sentence holds "{word}"', fix=fix)
    if form == "json":
        return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    if form == "markdown":
        return markdown(found)
    return "\n".join(catalogue_lines(found, word, style or Style())) + "\n"


_INTRODUCTION = """\
# Steps

All sentences that steps can be written in, generated from the runner's own docstrings by
`apitest steps --format markdown`. `apitest steps WORD` searches them in the terminal.

Any sentence may follow any of Given, When, Then, And and But. `is not` may be written `isn't`, and `does not`
`doesn't`. In every parameter, `$NAME` stands for an environment variable, `#name` for a stored variable and `@name`
for a value of the `[user]` stanza of config.ini.
"""


def markdown(found: list[Entry]) -> str:
    """The entries as a Markdown document: a table of contents, then each sentence under its topic."""
    topics = [(topic, list(group)) for topic, group in groupby(found, key=lambda entry: str(entry["topic"]))]
    contents = [f"* [{topic}](#{_anchor(topic)}) – {len(group)}" for topic, group in topics]
    parts = [_INTRODUCTION, "\n".join(contents) + "\n"]
    for topic, group in topics:
        parts.append(f"## {topic}\n")
        parts += [_markdown_entry(entry) for entry in group]
    return "\n".join(parts)


def _anchor(heading: str) -> str:
    """The anchor that Markdown readers give to a heading."""
    return "".join(c for c in heading.lower().replace(" ", "-") if c.isalnum() or c == "-")


def _markdown_entry(entry: Entry) -> str:
    parts = [f"### {entry['keyword']} `{entry['sentence']}`\n", f"{entry['description']}\n"]
    parts.append(f"```gherkin\n{example(entry)}\n```\n")
    others = declared(entry)
    if others:
        parts.append("Also: " + ", ".join(f"`{other}`" for other in others) + "\n")
    parts.append(f"*Since {entry['since']}*\n")
    return "\n".join(parts)


def example(entry: Entry) -> str:
    """An entry's example with its keyword; a table or doc string stands indented below it."""
    return f"{entry['keyword']} {entry['example']}"
