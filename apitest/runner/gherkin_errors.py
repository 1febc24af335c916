"""What behave's parser says of a file that is not valid Gherkin, in words, and with what to do."""

from behave.parser import ParserError

from apitest.errors import FeatureFileError
from apitest.language.suggestions import near_misses

# What behave's parser says, and what a person is told instead.
_EXPLANATIONS = (
    ("state=initial", "A feature file must start with Feature:"),
    ("state=steps", "This line is not a step: a step starts with Given, When, Then, And, But or *"),
    ("state=feature", "Only a description, Background:, Rule: or Scenario: may follow Feature:"),
    ("state=", "This line is not allowed here"),
    ("Malformed table", "This row does not have as many cells as the table's first row"),
    ("OPEN ROW", "A row of a table must end with |"),
    ("OPEN DOC STRING", "The doc string that starts here is not closed"),
    ("EXAMPLES WITHOUT", "Examples must have a table below them"),
    ("Examples must", "Examples: must follow the steps of a Scenario Outline"),
    ("Multi-line text", "A doc string must follow the step it belongs to"),
    ("TABLE-START", "A table must follow the step it belongs to"),
    ("HEADING-ROW", "A table must start with a row of headings"),
    ("BAD-INDENT", "A line of the doc string starts left of the quotes that open it"),
    ("AND-STEP", "And must follow a Given, When or Then"),
    ("BUT-STEP", "But must follow a Given, When or Then"),
    ("tag:", "Every word of a line of tags must start with @"),
    ("BAD_TAG", "Every word of a line of tags must start with @"),
)

_KEYWORDS = (
    *("Given", "When", "Then", "And", "But"),
    *("Feature:", "Background:", "Rule:", "Scenario:", "Scenario Outline:", "Examples:"),
)


def told(error: ParserError, file: str, text: str) -> FeatureFileError:
    """The error of a file that is not valid Gherkin.

    Args:
        error: what behave's parser says.
        file: its name, as people read it.
        text: what is in it.
    """
    message = str(error.args[0]) if error.args else ""
    line = error.line or 0
    lines = text.splitlines()
    excerpt = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    problem = next((told for sign, told in _EXPLANATIONS if sign in message), message.strip().splitlines()[0])
    return FeatureFileError(problem, f"{file}:{line}", _fix(message, excerpt), excerpt)


def _fix(message: str, line: str) -> str:
    from apitest.language.blanks import odd_blank  # here, since only errors need it

    if message.startswith("OPEN DOC STRING"):
        return f"Close it with another line of {line[:3]} below its last line"
    if line.startswith("```"):
        return 'A doc string stands between two lines of """'
    if "BAD-INDENT" in message:
        return "Move the line to the right, or the quotes to the left"
    if message.startswith("Examples must"):
        return "Write Scenario Outline: above its steps, in the place of Scenario:"
    if "table" in message.lower():
        return "Write each cell between two |; a | that is part of a cell is written \\|"
    if "state=initial" in message and line.startswith(_KEYWORDS):
        return "Write Feature: and a name above it"
    unseen = odd_blank(line)
    if unseen:
        return unseen
    meant = near_misses(line.partition(" ")[0], _KEYWORDS)
    if meant:
        return f"Did you mean {meant[0]}?"
    return "A line is a keyword with its text (Scenario:, Given …), a table row, a doc string, a @tag or a # comment"
