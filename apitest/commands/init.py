"""`apitest init`: a new project, small enough to be read in a minute, that runs as it is."""

import shlex
from pathlib import Path

from apitest.errors import UsageError

_CONFIG = """\
# A feature refers to a line of [user] with "@" and its name, such as "@address".
# Passwords belong in the environment: a feature refers to the variable NAME with "$NAME".

[user]
address = http://127.0.0.1:17010

# A scenario that checks nothing, since it has no Then step, fails.
[apitest]
strict = True

# Options for every run; `behave --help` lists them all.
[behave]
options =
"""

_FEATURE = """\
# A feature is a file of scenarios, a scenario a list of steps, and each step is a sentence.
# All sentences are in `apitest steps`; `apitest steps header` shows those that have to do with headers.

Feature: First tests

  # These steps come before those of each scenario; "@address" is in config.ini.
  Background:
    Given address "@address"
    And URL path "/hello"

  Scenario: Hello, World
    When the URL is invoked

    Then status is "200"
    And path "/greeting" is "Hello, World"

  Scenario: Hello to somebody
    # The request is json/request/hello.json, its name put in here; the step that follows it is in steps/steps.py.
    Given REST method "POST"
    And request "hello.json"
    And path "/name" in request is "Maria"
    And I store the greeting of "Maria" under "expected"

    When the URL is invoked

    Then status is "200"
    And path "/greeting" is "#expected"
    And response is equal to that from "hello.json"
"""

_STEPS = '''\
"""Steps of this project's own; values such as "#name" and "@name" are replaced before a step is called."""

from behave import given


@given('I store the greeting of "{name}" under "{variable}"')
def store_greeting(ctx, name, variable):
    """What is stored in ctx.zato.user_ctx can be used by later steps: "#variable"."""
    ctx.zato.user_ctx[variable] = f"Hello, {name}"
'''

_FILES = {
    "features/first.feature": _FEATURE,
    "features/config.ini": _CONFIG,
    "features/json/request/hello.json": '{"name": ""}\n',
    "features/json/response/hello.json": '{"greeting": "Hello, Maria"}\n',
    "features/steps/steps.py": _STEPS,
}


def create(directory: Path) -> list[str]:
    """Writes a new project; returns the lines to show.

    Args:
        directory: does not exist yet, or is empty.

    Raises:
        UsageError: there is something in the directory, or it cannot be written.
    """
    try:
        if directory.exists() and not directory.is_dir():
            raise UsageError(f"{directory} is a file", fix="Name a directory that does not exist yet")
        if directory.exists() and any(directory.iterdir()):
            raise UsageError(f"{directory} is not empty", fix="Name a directory that does not exist yet")
        for name, content in _FILES.items():
            path = directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
    except OSError as error:
        raise UsageError(f"{directory} cannot be written: {error.strerror or error}") from None
    return _told(directory)


def _told(directory: Path) -> list[str]:
    width = max(map(len, _FILES))
    said = ("the first tests", "where your API is", "requests", "expected responses", "steps of your own, in Python")
    made = [f"  {name:<{width}}  {what}" for name, what in zip(_FILES, said, strict=True)]
    place = shlex.quote(str(directory))
    return [
        f"A new project in {directory}",
        *made,
        "",
        "What comes next",
        f"  Put your API's address into {directory / 'features/config.ini'}",
        f"  Write what you expect of it into {directory / 'features/first.feature'}",
        f"  apitest run {place}",
        "",
        "No API at hand? The tests pass as they are against a new companion server:",
        "  apitest server create my-server",
        "  apitest server start my-server",
    ]
