"""Sentences about Zato's WebSocket channels (WSX): a session with a channel, its requests in both directions."""

from apitest.clients.websocket import client as websockets
from apitest.clients.wsx import client
from apitest.clients.wsx.settings import WSXSettings
from apitest.context import StepContext
from apitest.errors import CheckFailed
from apitest.language.literals import json_value
from apitest.language.registry import given, then
from apitest.steps.lookup import doc_string


@given("I use Zato WSX", since="1.11")
def use_wsx(ctx: StepContext) -> None:
    """Sends the following requests of the scenario over a Zato WSX channel instead of HTTP.

    The channel is at the address and path of the request; "the URL is invoked" connects where nothing is open, and
    where these or the credentials have changed since it did.

    Example:
        I use Zato WSX
    """
    ctx.zato.transport = client.invoke


@given('Zato WebSockets credentials "{username}" "{secret}"')
def credentials(ctx: StepContext, username: object, secret: object) -> None:
    """Sets who creates the session; without them, the user name and password of Basic Auth do.

    Example:
        Zato WebSockets credentials "maria" "$PASSWORD"
    """
    ctx.zato.run.secrets.add(str(secret))
    ctx.zato.change(WSXSettings, username=str(username), secret=str(secret))


@given('WSX client ID is "{client_id}" and its name is "{client_name}"')
def client_is(ctx: StepContext, client_id: object, client_name: object) -> None:
    """Sets what the server knows the client by, for connections that are opened from now on.

    Example:
        WSX client ID is "till-7" and its name is "Till 7"
    """
    ctx.zato.change(WSXSettings, client_id=str(client_id), client_name=str(client_name))


@given('Zato WebSockets service "{service}"', since="1.11")
def service(ctx: StepContext, service: object) -> None:
    """Names the service that requests are for, on a channel whose own service is helpers.web-sockets-gateway.

    Example:
        Zato WebSockets service "customer.get"
    """
    ctx.zato.change(WSXSettings, service=str(service))


@given("I connect to a Zato WSX channel without credentials", since="1.11")
def connect_without_credentials(ctx: StepContext) -> None:
    """Connects to the channel at the address and path of the request, and creates a session.

    Sentences about WebSockets call the connection "WSX".

    Example:
        I connect to a Zato WSX channel without credentials
    """
    client.connect(ctx.zato, with_credentials=False)


@given("I connect to a Zato WSX channel")
def connect(ctx: StepContext) -> None:
    """Connects to the channel at the address and path of the request, and creates a session with credentials.

    Example:
        I connect to a Zato WSX channel
    """
    client.connect(ctx.zato, with_credentials=True)


@given("WSX client answers requests with")
def answers_with(ctx: StepContext) -> None:
    '''Answers each request that the server sends from now on with the JSON of the doc string.

    The requests are messages of WebSocket "WSX" as well.

    Example:
        WSX client answers requests with
            """
            {"status": "ready"}
            """
    '''
    response = json_value(doc_string(ctx), "the answer")
    client.find(ctx.zato).answer = lambda: response


@given("I close WSX connection", since="1.11")
def close(ctx: StepContext) -> None:
    """Closes the connection to the Zato WSX channel.

    Example:
        I close WSX connection
    """
    client.find(ctx.zato)
    with websockets.used(ctx.zato, client.NAME) as connection:
        connection.close()


@then("WSX client is authenticated", since="1.11")
def is_authenticated(ctx: StepContext) -> None:
    """Checks that the server has created a session, and that the connection is open.

    Example:
        WSX client is authenticated
    """
    session = client.find(ctx.zato)
    if not session.token:
        raise client.not_authenticated(session)
    session.connection.check_open()


@then("WSX client is disconnected", since="1.11")
def is_disconnected(ctx: StepContext) -> None:
    """Checks that the connection is closed, by either end; waits for it as long as `timeout is` says.

    Example:
        WSX client is disconnected
    """
    client.find(ctx.zato)
    limit = websockets.timeout(ctx.zato)
    with websockets.used(ctx.zato, client.NAME) as connection:
        if not connection.wait_for_end(limit):
            problem = f"The WSX client is still connected after {limit:g} seconds"
            raise CheckFailed(problem, connection.where, "To disconnect it: Given I close WSX connection")
