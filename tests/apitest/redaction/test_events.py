"""No event holds the password of a URL, a secret of the run, or what an exchange names like a secret."""

from apitest import events
from apitest.redaction import redact, redact_string

URL, SHOWN = "postgresql://tester:s3cret@db/shop", "postgresql://tester:***@db/shop"


def step(text: str, table: tuple[tuple[str, ...], ...] | None = None) -> events.StepFinished:
    failure = events.Failure("BadValue", 2, f"No {text}", diff=(f"+ {text}",), exchange=events.Exchange("SQL", text))
    return events.StepFinished("Given ", f'I connect to "{text}"', 1, "error", 0.5, failure, text, table)


def test_passwords_of_urls() -> None:
    """The sentence, the doc string, the table, the failure and its exchange are without them."""
    assert redact(step(URL, (("url",), (URL,))), ()) == step(SHOWN, (("url",), (SHOWN,)))


def test_secrets_of_the_run() -> None:
    """They are taken out of every text of an event and of the events in it."""
    assert "abcd-1234" not in str(redact(step("abcd-1234", (("abcd-1234",),)), {"abcd-1234"}))


def test_an_event_without_secrets_stays_itself() -> None:
    """Most events hold none, and are passed on as they are, as is what is not an event."""
    event = step("nothing", (("a", "b"),))
    assert redact(event, {"abcd-1234"}) is event
    assert redact(None, ()) is None


def test_an_exchange() -> None:
    """Its URL, headers and bodies are without the values of secret names."""
    asked = events.Exchange(
        "HTTP",
        "POST http://ann:pw@host/a?api_key=s3cret",
        (("Content-Type", "application/x-www-form-urlencoded"), ("Authorization", "Basic s3cret")),
        "pin=s3cret&name=ann",
        "200 OK",
        (("content-type", "application/json"), ("Set-Cookie", "sid=s3cret; Path=/")),
        '{"token": "s3cret"}',
    )
    assert redact(asked, ()) == asked._replace(
        request="POST http://ann:***@host/a?api_key=***",
        request_headers=(asked.request_headers[0], ("Authorization", "Basic ***")),
        request_body="pin=***&name=ann",
        response_headers=(asked.response_headers[0], ("Set-Cookie", "sid=***; Path=/")),
        response_body='{"token": "***"}',
    )


def test_an_exchange_of_a_line() -> None:
    """What is named like a secret is hidden where there is neither a URL nor a header, and no secret is known."""
    assert redact(events.Exchange("HTTP", "GET /a?token=abcdefgh"), ()).request == "GET /a?token=***"
    assert redact(events.Notice("See http://u:p@h/"), ()).text == "See http://u:***@h/"


def test_statements_are_not_read_as_bodies() -> None:
    """A statement of SQL or CQL holds no fields with names."""
    asked = events.Exchange("SQL", "SELECT 'a:b@c'", request_body='{"pin": "1"}')
    assert redact(asked, ()) is asked


def test_a_string() -> None:
    """It is without secrets and passwords of URLs."""
    assert redact_string(f"abcd-1234 {URL}", {"abcd-1234"}) == f"*** {SHOWN}"
    assert redact_string("nothing", set()) == "nothing"


def test_frames() -> None:
    """What goes over a WebSocket is redacted as bodies are: by the names of fields, and by the run's secrets."""
    frames = (
        events.Frame("sent", "text", '{"meta": {"secret": "abc", "token": "def"}, "a": "s3cret-w0rd"}', 0.0),
        events.Frame("received", "close", "1008 s3cret-w0rd", 1.0),
    )
    told = redact(events.Exchange("WebSocket", "GET ws://h/", frames=frames), {"s3cret-w0rd"})
    assert [frame.body for frame in told.frames] == [
        '{"meta": {"secret": "***", "token": "***"}, "a": "***"}',
        "1008 ***",
    ]
    assert [frame.seconds for frame in told.frames] == [0.0, 1.0]


def test_places_in_files_are_shown() -> None:
    """A secret that is a common word leaves the names of files in places alone: they are what a person has to open."""
    secrets = {"orders"}
    failure = events.Failure(
        "CheckFailed", 1, "orders", where="features/orders.feature:4:2", cause="features/orders.feature:2"
    )
    assert redact(failure, secrets) == failure._replace(problem="***")
    started = events.FeatureStarted("features/orders.feature", 1, "All orders", ("orders",))
    assert redact(started, secrets) == started._replace(name="All ***", tags=("***",))
    for where in ("path /orders of the response", "POST http://orders.feature:80", "orders", "orders.example:8080"):
        assert "orders" not in redact(failure._replace(where=where), secrets).where


def test_values_that_look_alike_without_their_secrets() -> None:
    """It is said that they differ in what is hidden; not where they differ in anything else, or not at all."""
    told = "They differ in secrets, which are hidden here"
    secrets = {"abcd-1234", "wxyz-9876"}

    def fix(expected: str, actual: str, diff: tuple[str, ...] = ()) -> str:
        failure = events.Failure("CheckFailed", 1, "No", fix="Mend it", expected=expected, actual=actual, diff=diff)
        return redact(failure, secrets).fix

    assert fix('"abcd-1234"', '"wxyz-9876"') == f"{told}\nMend it"
    assert fix('"abcd-1234"', '"wxyz-9876x"') == "Mend it"
    assert fix('"abcd-1234"', '"abcd-1234"') == "Mend it"
    assert fix("", "", ("- abcd-1234", "+ wxyz-9876")) == f"{told}\nMend it"
    assert fix("", "", ("- abcd-1234", "+ b", "  wxyz-9876")) == "Mend it"
