"""PURE: events as the plain objects that the page's scripts read, without what is empty."""

from apitest.events import Exchange, Failure, FeatureStarted, ScenarioFinished, ScenarioStarted, StepFinished

Plain = dict[str, object]


def _without_empty(fields: Plain) -> Plain:
    return {name: value for name, value in fields.items() if value not in ("", (), None, 0, [])}


def exchange(made: Exchange) -> Plain:
    """An exchange; its fields are those of the event."""
    return _without_empty(made._asdict())


def failure(made: Failure, exchanges: tuple[Exchange, ...] = ()) -> Plain:
    """A failure; its exchange is left out if it is among those that are shown with it anyway."""
    fields = _without_empty(made._asdict() | {"exchange": None})
    if made.exchange is not None and made.exchange not in exchanges:
        fields["exchange"] = exchange(made.exchange)
    return fields


def step(made: StepFinished) -> Plain:
    """A step with its exchanges, attempts and failure."""
    fields = _without_empty(made._asdict() | {"exchanges": [exchange(one) for one in made.exchanges]})
    if made.failure is not None:
        fields["failure"] = failure(made.failure, made.exchanges)
    return fields


def feature(made: FeatureStarted, number: int) -> Plain:
    """A feature, and the number that its scenarios name it by."""
    return {"feature": number, "uri": made.uri, "line": made.line, "name": made.name, "tags": list(made.tags)}


def scenario(
    began: ScenarioStarted, ended: ScenarioFinished, number: int, place: tuple[int, int], steps: list[Plain]
) -> Plain:
    """A scenario as a line of the overview.

    Args:
        began: its beginning.
        ended: its end.
        number: that of its feature.
        place: the block that has its steps, and where in there.
        steps: what it did.
    """
    failures = [one["failure"] for one in steps if "failure" in one]
    problem = ended.failure.problem if ended.failure else failures[0].get("problem", "") if failures else ""  # type: ignore[attr-defined]  # made above
    fields = {
        "of": number,
        "line": began.line,
        "name": began.name,
        "rule": began.rule,
        "tags": list(began.tags),
        "status": ended.status,
        "seconds": round(ended.seconds, 6),
        "at": round(began.at, 4),
        "worker": began.worker,
        "attempt": began.attempt if began.attempt > 1 else 0,
        "steps": len(steps),
        "problem": problem[:_PROBLEM],
        "unchecked": int(not ended.checked),
        "cause": ended.cause,
        "block": place[0],
    }
    ending: Plain = {"again": True} if ended.tried_again else {}
    return _without_empty(fields) | ending | {"place": place[1]}


_PROBLEM = 300  # characters of what is wrong, in lists
