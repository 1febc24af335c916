"""Events of runs as they could have happened, for the tests of the reports."""

from collections.abc import Iterator

from apitest.events import (
    Event,
    Exchange,
    Failure,
    FeatureFinished,
    FeatureStarted,
    FileFailed,
    Notice,
    RuleFailed,
    RunFinished,
    RunStarted,
    ScenarioFinished,
    ScenarioStarted,
    StepFinished,
)

URI = "features/customers.feature"

EXCHANGE = Exchange(
    "HTTP",
    "POST http://127.0.0.1:8080/customers?expand=addresses",
    (
        ("Host", "127.0.0.1:8080"),
        ("User-Agent", "apitest"),
        ("Authorization", "Basic ***"),
        ("Content-Type", "application/json"),
    ),
    '{"name":"Mario","address":{"street":"Main Street 12","city":"Łódź"},"orders":[{"id":1,"total":12.5}]}',
    "200 OK",
    (("Content-Type", "application/json"), ("Date", "Mon, 01 Jan 2024 12:00:00 GMT"), ("X-Request-Id", "8f14e45f")),
    '{"customer":{"name":"Mario","id":17,"tags":["a","b"]}}',
    0.0123,
)
NO_ANSWER = EXCHANGE._replace(response="", response_headers=(), response_body="", seconds=0.0)

CHECK = Failure(
    "CheckFailed",
    1,
    "The value at /customer/name is another",
    "path /customer/name of the response",
    "Did you mean /customer/names?",
    expected='"Maria"',
    actual='"Mario"',
    exchange=EXCHANGE,
)
DOCUMENTS = Failure(
    "CheckFailed",
    1,
    "The response is another document",
    diff=(
        "--- expected",
        "+++ actual",
        "@@ -1,4 +1,4 @@",
        " {",
        '   "id": 17,',
        '-  "name": "Maria"',
        '+  "name": "Mario"',
        " }",
    ),
)
UNDEFINED = Failure(
    "UndefinedStep",
    2,
    "Undefined step: the URL is envoked",
    fix='Did you mean: the URL is invoked\n          or: the URL "{url}" is invoked',
)
OWN_CODE = Failure(
    "KeyError",
    1,
    "KeyError: 'customer'",
    traceback=(
        '  File "/project/features/steps/own.py", line 12, in check\n'
        '    return ctx.zato.response["customer"]\n'
        "           ~~~~~~~~~~~~~~~~~^^^^^^^^^^^^"
    ),
    captured="looking at customer 17\nnothing there",
    exchange=EXCHANGE,
)
HOOK = Failure(
    "ValueError",
    1,
    "ValueError: no",
    "in before_scenario",
    traceback='  File "/project/features/environment.py", line 3, in before_scenario\n    raise ValueError("no")',
)
UNREACHABLE = Failure(
    "Unreachable",
    3,
    "Nothing listens at 127.0.0.1:8080",
    "http://127.0.0.1:8080",
    "Start the server, or correct the address in config.ini",
    exchange=NO_ANSWER,
)
BROKEN_FILE = Failure(
    "FeatureFileError",
    2,
    "This line is not a step: a step starts with Given, When, Then, And, But or *",
    "features/broken.feature:3",
    "A line is a keyword with its text (Feature:, Scenario:, Given …), a table row or a # comment",
    "Whenn I try\n^^^^^",
)


def step(
    keyword: str,
    name: str,
    line: int,
    status: str = "passed",
    seconds: float = 0.0004,
    failure: Failure | None = None,
    text: str | None = None,
    table: tuple[tuple[str, ...], ...] | None = None,
) -> StepFinished:
    """A step that has its final state."""
    return StepFinished(keyword, name, line, status, seconds, failure, text, table)


def request(line: int) -> list[StepFinished]:
    """The steps that send a request."""
    return [
        step("Given", 'address "http://127.0.0.1:8080"', line),
        step("And", 'URL path "/customers"', line + 1),
        step("When", "the URL is invoked", line + 2, seconds=0.0123),
    ]


def scenario(
    line: int,
    name: str,
    steps: list[StepFinished],
    status: str = "passed",
    seconds: float = 0.0131,
    failure: Failure | None = None,
    uri: str = URI,
) -> Iterator[Event]:
    """All events of a scenario."""
    yield ScenarioStarted(uri, line, name, ())
    for one in steps:
        if one.name == "the URL is invoked" and one.status == "passed":
            yield EXCHANGE
        yield one
    yield ScenarioFinished(uri, line, name, status, seconds, failure)


def feature(*parts: Iterator[Event], uri: str = URI, name: str = "Customers", **ended: object) -> Iterator[Event]:
    """All events of a feature with these scenarios."""
    yield FeatureStarted(uri, 1, name, ())
    for part in parts:
        yield from part
    failure = ended.get("failure")
    assert failure is None or isinstance(failure, Failure)
    yield FeatureFinished(uri, name, str(ended.get("status", "passed")), 0.5, failure)


def run(
    *parts: Iterator[Event], status: int = 0, aborted: str = "", seconds: float = 1.234, **counts: int
) -> list[Event]:
    """All events of a run; ``counts`` are of scenarios, every one counted with five steps of its state."""
    told = [event for part in parts for event in part]
    steps = {state: 5 * number for state, number in counts.items() if "undefined" not in state}
    steps["undefined"] = sum(isinstance(event, StepFinished) and "undefined" in event.status for event in told)
    ending = RunFinished({"features": {}, "scenarios": dict(counts), "steps": steps}, seconds, status, aborted)
    return [RunStarted("/project", False), *told, ending]


def passing() -> list[Event]:
    """A run in which everything passed: a slow scenario, a long name, wide characters, one skipped by itself."""
    good = step("Then", 'status is "200"', 8)
    long = "Create a customer with a very long name that fits no line of eighty columns, not even nearly -- @1.2 rows"
    return run(
        iter([Notice('features/steps/own.py: "path is" replaces the built-in step', True)]),
        feature(
            scenario(4, "Create a customer", [*request(5), good]),
            scenario(12, long, request(13), seconds=1.731),
            scenario(18, "日本語のシナリオ名 works", request(19), seconds=0.0004),
            iter([ScenarioFinished(URI, 30, "Not selected", "skipped", 0, None)]),
            scenario(40, "Switched off today", [], "skipped", 0),
            name="Customers can be created and read back",
        ),
        iter([Notice("Nothing is encrypted: TLS verification is off", False)]),
        feature(scenario(5, "", [good], uri="features/o.feature"), uri="features/o.feature", name=""),
        feature(uri="features/not_selected.feature", name="Nothing of this is to run"),
        passed=4,
        skipped=2,
    )


def failing() -> list[Event]:
    """A run with every kind of failure."""
    checked = step("Then", 'path "/customer/name" is "Maria"', 28, "failed", 0.001, CHECK)
    unmet = [step("And", 'status is "200"', 29, "skipped", 0), step("And", "a step more", 30, "skipped", 0)]
    document = '{\n  "id": 17,\n  "name": "Maria"\n}'
    table = (("name", "city"), ("Maria", "Łódź"), ("日本", "X"))
    unknown = step("When", "the URL is envoked", 43, "undefined", 0, UNDEFINED)
    orders = "features/orders.feature"
    down = step("When", "the URL is invoked", 7, "error", 0.002, UNREACHABLE)
    return run(
        feature(
            scenario(4, "Create a customer", request(5)),
            scenario(24, "Read a customer back", [*request(25), checked, *unmet], "failed", 0.02),
            scenario(31, "Compare", [step("Then", "JSON is", 35, "failed", 0.001, DOCUMENTS, document)], "failed"),
            scenario(41, "A typo", [*request(41)[:2], unknown, *unmet], "undefined"),
            scenario(51, "Own Python", [step("Then", "it is good", 55, "error", 0, OWN_CODE, None, table)], "error"),
            scenario(60, "Switched off today", [], "skipped", 0),
            scenario(62, "A hook fails", [], "hook_error", 0.02, HOOK),
            scenario(70, "Another good one", request(71), seconds=0.5),
            status="failed",
        ),
        iter([FileFailed("features/broken.feature", BROKEN_FILE)]),
        feature(
            scenario(5, "The server is down", [*request(5)[:2], down], "error", uri=orders),
            uri=orders,
            name="Orders",
            status="cleanup_error",
            failure=Failure("RuntimeError", 1, "RuntimeError: could not close", "a clean-up"),
        ),
        iter([FileFailed("environment.py, after_all", HOOK._replace(where=""))]),
        status=2,
        passed=2,
        failed=2,
        error=2,
        hook_error=1,
        undefined=1,
        skipped=1,
        seconds=62.4,
    )


def ruled() -> list[Event]:
    """A run in which a hook of one rule, which has no name, fails and a clean-up of another."""
    hook = Failure("ValueError", 1, "ValueError: no", "before_rule")
    clean_up = Failure("RuntimeError", 1, "RuntimeError: could not close", "a clean-up")
    return run(
        feature(
            iter([RuleFailed(URI, 3, "", hook)]),
            scenario(9, "It holds", request(10)),
            iter([RuleFailed(URI, 8, "Two", clean_up)]),
            status="error",
        ),
        status=1,
        passed=1,
        untested=1,
    )


def dry() -> list[Event]:
    """A dry run: nothing is tested, an undefined step is found."""
    untested = [one._replace(status="untested", seconds=0.0) for one in request(5)]
    unknown = step("When", "the URL is envoked", 43, "untested_undefined", 0, UNDEFINED)
    return run(
        feature(
            scenario(4, "Create a customer", untested, "untested", 0.0),
            scenario(41, "A typo", [untested[0], unknown, untested[2]], "untested", 0.0),
        ),
        status=2,
        untested=2,
    )


def aborted() -> list[Event]:
    """A run that was interrupted in its first scenario."""
    interrupted = Failure("KeyboardInterrupt", 1, "Interrupted")
    stopped = step("When", "the URL is invoked", 7, "error", 3.2, interrupted)
    return run(
        feature(scenario(4, "Slow", [*request(5)[:2], stopped], "error", 3.2), status="error"),
        status=1,
        aborted="KeyboardInterrupt",
        error=1,
        untested=12,
    )


def nothing_selected() -> list[Event]:
    """A run whose tags select nothing."""
    return run(feature(), feature(uri="features/b.feature"), skipped=7, seconds=0.01)


def nothing_there() -> list[Event]:
    """A run of a directory without scenarios."""
    return run(seconds=0.0)


def of_rules() -> list[Event]:
    """Two rules that each have a scenario of the same name."""
    both = [event for line, rule in ((4, "Cash"), (9, "Cards")) for event in _paid(line, rule)]
    return run(feature(iter(both)), passed=2)


def _paid(line: int, rule: str) -> Iterator[Event]:
    for event in scenario(line, "It is paid", []):
        yield event._replace(rule=rule) if isinstance(event, ScenarioStarted) else event
