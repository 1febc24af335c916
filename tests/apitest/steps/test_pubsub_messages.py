"""Sentences that receive messages of publish/subscribe."""

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.pubsub_server import PubSubServer
from tests.apitest.steps.playing import Play

KINDS = ("REST", "WSX")


@pytest.fixture(params=KINDS)
def till(request: pytest.FixtureRequest, play: Play, pubsub: PubSubServer) -> Play:
    """A scenario with the client "till", subscribed to /orders, over REST or over WSX."""
    play('Basic Auth "maria" "s3cret-w0rd"', 'URL path "/gateway"')
    play(f'address "{pubsub.address if request.param == "REST" else pubsub.wsx_address}"')
    play(f'I connect to publish/subscribe over {request.param} as "till"', '"till" subscribes to topic "/orders"')
    return play


def fails(play: Play, line: str, problem: str | None = None) -> CheckFailed:
    with pytest.raises(CheckFailed, match=problem) as caught:
        play(line)
    return caught.value


def test_a_message(till: Play) -> None:
    """A message that is received is what checks of the message look at: its data, and the properties that it has."""
    till('"till" publishes JSON "{"id": 5, "items": [1, 2]}" on topic "/orders"')
    till('within "10" seconds "till" receives a message on topic "/orders"')
    till('the message\'s path "/id" is an integer "5"', 'each item of the message\'s path "/items" is any integer')
    till(
        'the message\'s property "delivery_count" is an integer "1"',
        'the message\'s property "priority" is at least "5"',
    )
    till(
        'the message\'s property "topic_name" starts with "/orders"', 'the message\'s property "nothing" does not exist'
    )
    assert "Did you mean priority?" in fails(till, 'the message\'s property "priorty" is "5"', "no property").fix
    fails(till, 'the message\'s path "/id" is an integer "6"')


def test_texts_and_xml(till: Play) -> None:
    """Data that are a text are that text, whatever is in it."""
    till('"till" publishes "<a><b>1</b></a>" on topic "/orders"')
    till('"till" receives a message on topic "/orders"', 'the message\'s XPath "//b" is "1"')
    till('the message\'s text is "<a><b>1</b></a>"')


def test_no_message(till: Play) -> None:
    """Where nothing was received in this scenario, a check of the message fails and says what to write."""
    assert (
        "receives a message on topic" in fails(till, 'the message\'s path "/id" is "5"', "There is no message yet").fix
    )
    assert (
        "receives a message on topic" in fails(till, 'the message\'s property "priority" is "5"', "no message yet").fix
    )


@pytest.mark.parametrize(
    "check", ['path "/id" is "b"', 'JSONPath "$.id" starts with "b"', 'the message\'s path "/id" is one of "b,c"']
)
def test_one_of_several(till: Play, check: str) -> None:
    """The first message that a check holds of is received; the others stay, and are received afterwards."""
    for name in ("a", "b", "c"):
        till(f'"till" publishes JSON "{{"id": "{name}"}}" on topic "/orders"')
    till(f'within "10" seconds "till" receives a message on topic "/orders" where {check}')
    till('the message\'s path "/id" is "b"')
    for name in ("a", "c"):
        till('"till" receives a message on topic "/orders"', f'the message\'s path "/id" is "{name}"')


def test_that_none_came_in_time(till: Play) -> None:
    """The failure says what did come: messages that the check does not hold of, shortened."""
    failure = fails(till, 'within "0" seconds "till" receives a message on topic "/orders"', "within 0 seconds")
    assert failure.actual == ""
    till(
        '"till" publishes JSON "{"id": "a"}" on topic "/orders"', f'"till" publishes "{"x" * 5000}" on topic "/orders"'
    )
    till('within "10" seconds the number of messages that "till" got on topic "/orders" is "2"')
    line = 'within "0.01" seconds "till" receives a message on topic "/orders" where path "/id" is "b"'
    failure = fails(till, line, r'No message came on topic "/orders" where path "/id" is "b" within 0\.01 seconds')
    assert '2 other messages: on /orders {"id": "a"}; on /orders "xxx' in failure.actual
    assert "(5,002 characters)" in failure.actual and len(failure.actual) < 1000


def test_none_may_come(till: Play) -> None:
    """No message may come on the topic, and none may be left there; those that were received do not count."""
    till('within "0.01" seconds "till" receives no message on topic "/orders"')
    till('"till" publishes JSON "{"id": "a"}" on topic "/orders"')
    failure = fails(till, 'within "10" seconds "till" receives no message on topic "/orders"', "There is a message on")
    assert failure.actual == '{"id": "a"}'
    line = 'within "{}" seconds "till" receives no message on topic "/orders" where path "/id" is "{}"'
    fails(till, line.format(10, "a"), 'where path "/id" is "a"')
    till(line.format(0.01, "b"))
    till('"till" receives a message on topic "/orders"')
    till('within "0.01" seconds "till" receives no message on topic "/orders"')


RECEIVES = '"till" receives a message on topic "/orders"'


def test_a_wait_for_a_message_fails_early(till: Play) -> None:
    """Where another check holds of a message, or of anything else, even if both do; no message is lost by that."""
    for state in ("new", "lost"):
        till(f'"till" publishes JSON "{{"state": "{state}"}}" on topic "/orders"')
    wait = f'within "3600" seconds {RECEIVES}'
    for early in ('it is "lost"', 'path "/state" is "lost"', 'the message\'s path "/state" starts with "l"'):
        failure = fails(till, f'{wait} where path "/state" is "paid", failing early if {early}')
        assert failure.problem == f"The wait failed early, since {early}"
        assert failure.actual == '{"state": "lost"}'
    number = 'the number of messages that "till" got on topic "/orders" is "2"'
    failure = fails(till, f'{wait} where path "/state" is "paid", failing early if {number}')
    assert failure.problem == f"The wait failed early, since {number}"
    fails(till, 'within "3600" seconds "till" receives no message on topic "/orders" where path "/state" is "paid", '
          'failing early if it is "lost"', "failed early")  # fmt: skip
    till(f'{wait} where path "/state" is "new", failing early if it is "lost"')
    fails(till, f'{wait}, failing early if path "/state" is "lost"', "failed early")
    till(f"{wait}, failing early if {number.replace('2', '3')}", 'the message\'s path "/state" is "lost"')


def test_a_message_that_must_never_come(till: Play) -> None:
    """It fails as soon as the check holds of one, and leaves all of them where they are."""
    till('"till" publishes JSON "{"state": "new"}" on topic "/orders"')
    till(f'never within "0" seconds {RECEIVES} where path "/state" is "lost"')
    till(f'never within "0" seconds {RECEIVES} where path "/total" is "5"')
    fails(till, f'never within "3600" seconds {RECEIVES} where path "/state" is "new"', 'where path "/state" is "new"')
    none = '"till" receives no message on topic "/orders"'
    till(f'never within "3600" seconds {none} where path "/state" is "new"')
    fails(till, f'never within "0" seconds {none}', "No message came")


def test_what_ends_a_wait_can_be_a_mistake(till: Play) -> None:
    """It is told at once, whether a message comes or not."""
    with pytest.raises(BadValue):
        till(f'within "3600" seconds {RECEIVES} where path "/a" is "1", failing early if path "b" is "1"')


@pytest.mark.parametrize("till", ["WSX"], indirect=True)
def test_the_time_out_of_the_scenario(till: Play) -> None:
    """A step that says no time waits as long as the time-out of the scenario says."""
    till('timeout is "0.01"', '"till" receives no message on topic "/orders"')
    fails(till, '"till" receives a message on topic "/orders"', r"within 0\.01 seconds")


def test_other_topics(till: Play) -> None:
    """A message on another topic does not count, and is not lost."""
    till('"till" subscribes to topic "/other"', '"till" publishes "a" on topic "/other"')
    till('within "0.05" seconds "till" receives no message on topic "/orders"')
    fails(till, 'within "0.01" seconds "till" receives a message on topic "/orders"', "No message came")
    till('"till" receives a message on topic "/other"', 'the message\'s text is "a"')


def test_that_nothing_comes_says_nothing_without_a_subscription(till: Play) -> None:
    """Without a subscription, that no message comes is a failure which says what to write; so is a look at messages."""
    for line in (
        'within "0.01" seconds "till" receives no message on topic "/other"',
        'the number of messages that "till" got on topic "/other" is "0"',
        'JSONPath "$[*]" of the messages that "till" got on topic "/other" does not exist',
    ):
        assert 'Given "till" subscribes to topic "/other"' in fails(till, line, "subscribed").fix
    till('"till" unsubscribes from topic "/orders"', '"till" publishes "a" on topic "/orders"')
    till('within "0.05" seconds "till" receives no message on topic "/orders"')


def test_all_messages(till: Play) -> None:
    """Order, duplicates and numbers of deliveries are seen in the list of all messages that came."""
    for number in (1, 2, 3):
        till(f'"till" publishes JSON "{{"id": {number}}}" on topic "/orders"')
    till('within "10" seconds the number of messages that "till" got on topic "/orders" is "3"')
    messages = 'of the messages that "till" got on topic "/orders"'
    till(
        f'JSONPath "$[*].data.id" {messages} is JSON "[1, 2, 3]"',
        f'JSONPath "$[*].msg_id" {messages} has unique elements',
    )
    till(f'each item of JSONPath "$[*].delivery_count" {messages} is an integer "1"')
    till('"till" receives a message on topic "/orders"', f'I store JSONPath "$[0].msg_id" {messages} under "first"')
    till('the message\'s property "msg_id" is "#first"')
    fails(till, f'JSONPath "$[*].data.id" {messages} is JSON "[3, 2, 1]"')


def test_mistakes(till: Play) -> None:
    """A topic that cannot be one, a time below zero and a check that cannot be made are refused, message or not."""
    for line, problem in (
        ('"till" receives a message on topic "orders"', "starts with a slash"),
        ('"till" receives no message on topic "/"', "starts with a slash"),
        ('within "-1" seconds "till" receives a message on topic "/orders"', "must be 0 or more"),
        ('within "x" seconds "till" receives no message on topic "/orders"', "number"),
        (
            'within "0" seconds "till" receives no message on topic "/orders" where path "id" is "5"',
            "must start with a slash",
        ),
        ('"tills" receives a message on topic "/orders"', 'no client "tills"'),
    ):
        with pytest.raises(BadValue, match=problem):
            till(line)


def test_checks_that_are_not_of_a_message(play: Play) -> None:
    """Only what can be looked up in a message may follow after where."""
    for check in ('header "X" is "1"', 'variable "x" is "1"', 'SQL "q" is "1", using "db"', 'status is "200"'):
        assert play.registry.find("then", f'"till" receives a message on topic "/orders" where {check}') is None
    found = play.registry.find("then", 'within "2" seconds "c" receives a message on topic "/x" where path "/a" is "y"')
    assert found and found.sentence.checks
    assert found.arguments == {"wait": "2", "who": "c", "topic": "/x", "path": "/a", "value": "y"}
    assert (
        found.wording
        == 'within "{wait}" seconds "{who}" receives a message on topic "{topic}" where path "{path}" is "{value}"'
    )


def test_the_response_stays(till: Play) -> None:
    """Looking at messages leaves the response as it was."""
    till('"till" publishes JSON "{"id": "a"}" on topic "/orders"', 'I store "/msg_id" from response under "id"')
    till('within "10" seconds "till" receives a message on topic "/orders" where path "/id" is "a"')
    till('path "/msg_id" is "#id"', 'the message\'s property "msg_id" is "#id"')
