"""No report shows the password of a URL that stands in a step."""

from apitest import events
from apitest.report.hiding import hidden, hiding

URL, SHOWN = "postgresql://tester:s3cret@db/shop", "postgresql://tester:***@db/shop"


def step(text: str, table: tuple[tuple[str, ...], ...] | None = None) -> events.StepFinished:
    failure = events.Failure("BadValue", 2, f"No {text}", diff=(f"+ {text}",), exchange=events.Exchange("SQL", text))
    return events.StepFinished("Given ", f'I connect to "{text}"', 1, "error", 0.5, failure, text, table)


def test_passwords_are_hidden_wherever_they_stand() -> None:
    """The sentence, the doc string, the table, the failure and its exchange are without it."""
    assert hidden(step(URL, (("url",), (URL,)))) == step(SHOWN, (("url",), (SHOWN,)))


def test_an_event_without_urls_stays_itself() -> None:
    """Most events hold no URL, and are passed on as they are."""
    event = step("nothing", (("a", "b"),))
    assert hidden(event) is event


def test_a_listener_is_told_of_what_is_left() -> None:
    """The listener takes the events in their order, also those that are no tuple."""
    told: list[object] = []
    listen = hiding(told.append)
    listen(events.Notice(f"see {URL}.", verbose_only=False))
    listen(None)
    assert told == [events.Notice(f"see {SHOWN}.", verbose_only=False), None]
