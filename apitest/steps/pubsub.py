"""Sentences about publish/subscribe: who connects, publishes and subscribes; the values to publish are in a grid."""

from apitest.checks.flags import flag
from apitest.clients.pubsub import client
from apitest.clients.pubsub.reply import Reply
from apitest.context import StepContext
from apitest.errors import BadValue, CheckFailed
from apitest.language.numbers import is_integer
from apitest.language.registry import given, then, when
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.steps.headed import pairs

_NUMBERS, _FLAGS = ("priority", "expiration"), ("has_gd", "wrap_one_msg_in_list")
_KNOWN = (*_NUMBERS, *_FLAGS, "mime_type", "correl_id", "in_reply_to", "ext_client_id", "ext_pub_time")
_ALIKE = 0.8  # as difflib measures it: other names are those of other servers, and none of ours misspelt


@given('I connect to publish/subscribe over REST as "{name}"')
def connect_rest(ctx: StepContext, name: str) -> None:
    """Makes a client of publish/subscribe; further steps of the scenario call it by the name.

    It publishes, subscribes and pulls messages at the address that the scenario has at this step, with its sign-in
    and its API keys.

    Example:
        I connect to publish/subscribe over REST as "shop"
    """
    client.connect_rest(ctx.zato, str(name))


@given('I connect to publish/subscribe over WSX as "{name}"')
def connect_wsx(ctx: StepContext, name: str) -> None:
    """Connects a client of publish/subscribe to the WSX channel at the address and path of the request.

    The channel's service is a gateway. Messages are pushed to the client, which acknowledges them. Sentences about
    WebSockets call the connection by the same name; the server knows the client by it, unless `WSX client ID is` says
    otherwise.

    Example:
        I connect to publish/subscribe over WSX as "till"
    """
    client.connect_wsx(ctx.zato, str(name))


@when('"{who}" subscribes to topic "{topic}"')
def subscribe(ctx: StepContext, who: str, topic: str) -> None:
    """Subscribes a client to a topic; a subscription that is there stays as it is. The response is the server's answer.

    Example:
        "till" subscribes to topic "/orders"
    """
    client.subscribe(ctx.zato, str(who), str(topic), {})


@when('"{who}" subscribes to topic "{topic}" with')
def subscribe_with(ctx: StepContext, who: str, topic: str) -> None:
    """Subscribes a client to a topic, with more that the server is told.

    Example:
        "till" subscribes to topic "/orders" with
          | wrap_one_msg_in_list | True |
    """
    client.subscribe(ctx.zato, str(who), str(topic), _properties(ctx))


@when('"{who}" unsubscribes from topic "{topic}"')
def unsubscribe(ctx: StepContext, who: str, topic: str) -> None:
    """Ends the subscription of a client to a topic.

    Example:
        "till" unsubscribes from topic "/orders"
    """
    client.unsubscribe(ctx.zato, str(who), str(topic))


@given('"{who}" does not acknowledge messages')
def withhold(ctx: StepContext, who: str) -> None:
    """Leaves messages that are delivered over WSX from now on without an answer: the server delivers them again.

    Example:
        "till" does not acknowledge messages
    """
    client.find(ctx.zato, str(who)).acknowledge(ctx.zato, False)


@given('"{who}" acknowledges messages')
def acknowledge(ctx: StepContext, who: str) -> None:
    """Acknowledges messages that are delivered over WSX from now on, and all that were not acknowledged so far.

    Example:
        "till" acknowledges messages
    """
    client.find(ctx.zato, str(who)).acknowledge(ctx.zato, True)


@then('"{who}" may not publish on topic "{topic}"')
def may_not_publish(ctx: StepContext, who: str, topic: str) -> None:
    """Publishes a text, and checks that the server answers that this is forbidden.

    Example:
        "till" may not publish on topic "/orders"
    """
    found = client.find(ctx.zato, str(who))
    reply = found.publish(ctx.zato, client.checked(topic), {"data": "not allowed"})
    _forbidden(ctx, reply, f'"{who}" published on topic "{topic}"')


@then('"{who}" may not subscribe to topic "{topic}"')
def may_not_subscribe(ctx: StepContext, who: str, topic: str) -> None:
    """Subscribes, and checks that the server answers that this is forbidden.

    Example:
        "till" may not subscribe to topic "/payments"
    """
    found = client.find(ctx.zato, str(who))
    reply = found.subscribe(ctx.zato, client.checked(topic), {})
    _forbidden(ctx, reply, f'"{who}" subscribed to topic "{topic}"')


def publish(ctx: StepContext, who: str, topic: str, data: object) -> None:
    """Publishes a value on a topic."""
    client.publish(ctx.zato, str(who), str(topic), data, {})


def publish_with(ctx: StepContext, who: str, topic: str, data: object) -> None:
    """Publishes a value on a topic, with the properties of the table."""
    client.publish(ctx.zato, str(who), str(topic), data, _properties(ctx))


def _forbidden(ctx: StepContext, reply: Reply, done: str) -> None:
    ctx.zato.response = reply.answer
    if reply.is_success:
        raise CheckFailed(f"This must be forbidden, and {done}", reply.where, actual=reply.told())
    if not client.is_forbidden(reply):
        raise CheckFailed(
            "The server refused this for another reason", reply.where, expected="403", actual=reply.told()
        )


def _properties(ctx: StepContext) -> dict[str, object]:
    return {_named(name): _read(name, value) for name, value in pairs(ctx)}


def _named(name: str) -> str:
    """A property's name; the server would say nothing of one that is misspelt."""
    near = near_misses(name, _KNOWN, least=_ALIKE)
    if near and name not in _KNOWN:
        raise BadValue(f"Messages have no property {name}", fix=did_you_mean(near))
    return name


def _read(name: str, value: object) -> object:
    """A property as its type is: what is not a number or a flag is left to the server to refuse."""
    if not isinstance(value, str):
        return value
    if name in _NUMBERS and is_integer(value):
        return int(value)
    return flag(value, name) if name in _FLAGS else value
