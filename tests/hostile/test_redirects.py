"""What is meant for one origin goes to no other that it redirects to."""

import pytest

from apitest.errors import ApitestError
from apitest.events import Notice
from tests.apitest.steps.playing import Play
from tests.attempts import Attempts
from tests.hostile.server import Hostile, answer

STATUSES = (301, 302, 303, 307, 308)
SECRET = "s3cret-w0rd"

# How a step brings a secret, and what of the request holds it; the body is in every one.
SOURCES = {
    "Basic Auth": f'Given Basic Auth "maria" "{SECRET}"',
    "bearer token": f'Given bearer token "{SECRET}"',
    "API key": f'Given API key "{SECRET}" in header "X-API-Key"',
    "API key of an odd name": f'Given API key "{SECRET}" in header "X-Tenant"',
    "Authorization": f'Given header "Authorization" "Token {SECRET}"',
    "authorization in small letters": f'Given header "authorization" "Token {SECRET}"',
    "Proxy-Authorization": f'Given header "Proxy-Authorization" "Basic {SECRET}"',
    "Cookie header": f'Given header "Cookie" "a={SECRET}"',
    "X-Auth-Token": f'Given header "X-Auth-Token" "{SECRET}"',
    "X-Session-Id": f'Given header "X-Session-Id" "{SECRET}"',
    "Ocp-Apim-Subscription-Key": f'Given header "Ocp-Apim-Subscription-Key" "{SECRET}"',
    "cookie": f'Given cookie "a" "{SECRET}"',
    "Digest Auth": f'Given Digest Auth "maria" "{SECRET}"',
}
ALLOW = "Given redirects to other origins keep credentials and bodies"


def _scenario(play: Play, hostile: Hostile, source: str) -> None:
    play.zato.reset()
    play(f'Given address "{hostile.address}"', 'Given HTTP method "POST"', 'Given header "X-Plain" "kept"', source)
    play.zato.scenario.close()
    if "cookie" in source:
        play(source)
    play('Given request is "{}"', f'Given path "/body" in request is "{SECRET}"')


def _leaks(request: str) -> bool:
    head, _, body = request.partition("\r\n\r\n")
    return (
        SECRET in request
        or bool(body)
        or any(name in head.lower() for name in ("authorization:", "cookie:", "response=", "x-api-key", "x-tenant"))
    )


@pytest.mark.parametrize("status", STATUSES)
def test_another_origin(play: Play, hostile: Hostile, elsewhere: Hostile, attempts: Attempts, status: int) -> None:
    """Another port is another origin: no credential, no cookie of a step and no body gets there."""
    for name, source in SOURCES.items():
        for times in (1, 2):
            onward = answer(b"", f"{status} Go", f"Location: {elsewhere.address}/taken")
            hostile.answers(onward) if times == 1 else hostile.answers(
                answer(b"", f"{status} Go", "Location: /2"), onward
            )
            elsewhere.answers(answer())
            _scenario(play, hostile, source)
            play.events.clear()
            play("When the URL is invoked")
            told = [event.text for event in play.events if isinstance(event, Notice) and event.verbose_only]
            came = elsewhere.requests[-1]
            what = f"{status}, {name}, {times} redirects: {came!r}, told: {told}"
            attempts.held(not _leaks(came), what)
            attempts.held("X-Plain: kept" in came, f"a plain header is kept, {what}")
            if (name, times) != ("Cookie header", 2):  # it answers the first page only
                attempts.held(bool(told) and SECRET not in str(told), f"it is told in --verbose, {what}")


@pytest.mark.parametrize("status", STATUSES)
def test_there_and_back(play: Play, hostile: Hostile, elsewhere: Hostile, attempts: Attempts, status: int) -> None:
    """What another origin sends back to the first one is that origin's request, without credentials."""
    for name, source in SOURCES.items():
        hostile.answers(answer(b"", f"{status} Go", f"Location: {elsewhere.address}/"), answer())
        elsewhere.answers(answer(b"", f"{status} Go", f"Location: {hostile.address}/delete-everything"))
        _scenario(play, hostile, source)
        play("When the URL is invoked")
        attempts.held(not _leaks(hostile.requests[-1]), f"{status}, {name}: {hostile.requests[-1]!r}")


@pytest.mark.parametrize("status", STATUSES)
def test_same_origin(play: Play, hostile: Hostile, attempts: Attempts, status: int) -> None:
    """Within an origin, credentials go along; so does the body with 307 and 308."""
    for name, source in SOURCES.items():
        if name in ("Cookie header", "Digest Auth"):
            continue
        for location in ("/there", f"{hostile.address}/there", "there", f"//127.0.0.1:{hostile.port}/there"):
            hostile.answers(answer(b"", f"{status} Go", f"Location: {location}"), answer())
            _scenario(play, hostile, source)
            play("When the URL is invoked")
            came = hostile.requests[-1]
            secret = SECRET if "Basic" not in name else "Authorization: Basic"
            held = secret in came.partition("\r\n\r\n")[0] and came.endswith("}") == (status in (307, 308))
            attempts.held(held, f"{status}, {name}, {location}: {came!r}")


def test_unless_the_test_says_so(play: Play, hostile: Hostile, elsewhere: Hostile, attempts: Attempts) -> None:
    """A sentence sends credentials, cookies and the body along."""
    for name, source in SOURCES.items():
        if name in ("Cookie header", "Digest Auth"):
            continue
        hostile.answers(answer(b"", "307 Go", f"Location: {elsewhere.address}/"))
        elsewhere.answers(answer())
        _scenario(play, hostile, source)
        play(ALLOW, "When the URL is invoked")
        came = elsewhere.requests[-1]
        secret = SECRET if "Basic" not in name else "Authorization: Basic"
        attempts.held(secret in came.partition("\r\n\r\n")[0] and came.endswith("}"), f"{name}: {came!r}")


def test_digest_elsewhere(play: Play, hostile: Hostile, elsewhere: Hostile, attempts: Attempts) -> None:
    """A challenge of another origin is not answered, whichever status leads there."""
    challenge = answer(b"", "401 No", 'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth", algorithm=MD5')
    for status in STATUSES:
        hostile.answers(answer(b"", f"{status} Go", f"Location: {elsewhere.address}/"))
        elsewhere.answers(challenge)
        _scenario(play, hostile, SOURCES["Digest Auth"])
        play("When the URL is invoked")
        came = elsewhere.requests
        attempts.held(len(came) == 1 and "Digest" not in came[0] and "maria" not in came[0], f"{status}: {came}")


NOT_HTTP = """
    file:///etc/passwd FILE:///etc/passwd ftp://127.0.0.1/x gopher://127.0.0.1:25/_x javascript:alert(1)
    data:text/plain,x ldap://127.0.0.1/ dict://127.0.0.1:11211/stats http+unix://%2Fvar%2Frun%2Fdocker.sock/x
    ws://127.0.0.1/ jar:http://127.0.0.1!/x http://[::1 http://127.0.0.1:99999/ http://127.0.0.1:x/
    mailto:a@example.com http://.../ http://%00/ http://[::g]/ //[ https://
"""


def test_schemes(play: Play, hostile: Hostile, attempts: Attempts) -> None:
    """A redirect leads to http and https only."""
    for location in NOT_HTTP.split():
        hostile.answers(answer(b"", "302 Go", f"Location: {location}"))
        play(f'Given address "{hostile.address}"')
        try:
            play("When the URL is invoked")
        except ApitestError as error:
            told: BaseException | None = error
        except Exception as error:
            told = error
        else:
            told = None
        attempts.held(isinstance(told, ApitestError) and len(hostile.requests) == 1, f"{location}: {told!r}")
