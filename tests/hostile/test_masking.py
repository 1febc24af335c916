"""No secret gets out: each source of one, in each spelling that a server echoes, at each outlet of a run."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from behave.step_registry import registry

from apitest.report import formats
from tests.apitest.command_line import Ran, here
from tests.attempts import Attempts
from tests.hostile.server import Hostile, Peer, answer
from tests.hostile.spelling import spellings

SECRETS = {"letters": "Zq7S3cretW0rd", "signs": "p\u00e4/w+\u00f6 &<z>9Kx%='q"}


class Source(NamedTuple):
    """Where a secret comes from.

    Attributes:
        steps: what the scenario does first; {} is the secret, {u} is its spelling in URLs.
        config: the project's config.ini.
        env: variables of the environment.
        login: what the server answers to /login: headers and a body.
        only: the secrets that this source can bring.
    """

    steps: str = ""
    config: str = ""
    env: tuple[tuple[str, str], ...] = ()
    login: tuple[str, str] = ("", "{{}}")
    only: str = ""


_LOGIN = '    Given URL path "/login"\n    When the URL is invoked\n'


def _doc(*lines: str) -> str:
    return '      """\n' + "".join(f"      {line}\n" for line in lines) + '      """\n'


SOURCES = {
    "Basic Auth": Source('    Given Basic Auth "maria" "{}"\n'),
    "Digest Auth": Source('    Given Digest Auth "maria" "{}"\n'),
    "bearer token": Source('    Given bearer token "{}"\n', only="letters"),
    "OAuth2 bearer token": Source('    Given OAuth2 bearer token "{}"\n', only="letters"),
    "API key in a header": Source('    Given API key "{}" in header "X-Tenant"\n', only="letters"),
    "API key in the URL": Source('    Given API key "{}" in query parameter "k"\n'),
    "OAuth2 credentials": Source('    Given OAuth2 credentials "me" "{}"\n'),
    "WSX credentials": Source('    Given Cassandra credentials "me" "{}"\n'),
    "a header": Source('    Given header "Authorization" "Token {}"\n', only="letters"),
    "a header with a key": Source('    Given header "X-Api-Key" "{}"\n', only="letters"),
    "a header with a session": Source('    Given header "X-Session-Id" "{}"\n', only="letters"),
    "a header with cookies": Source('    Given header "Cookie" "a=1; sid={}"\n', only="letters"),
    "a cookie": Source('    Given cookie "a" "{}"\n', only="letters"),
    "a path of the request": Source(
        _LOGIN
        + '    Given request is "{}"\n    And path "/user/password" in request is "{}"\n'.replace("{}", "{{}}", 1)
    ),
    "a doc string in JSON": Source("    Given request is\n" + _doc('{{"user": "maria", "client_secret": {j}}}')),
    "a doc string in XML": Source(
        '    Given format "XML"\n    Given request is\n' + _doc("<a><password>{x}</password></a>")
    ),
    "a doc string with an attribute": Source(
        '    Given format "XML"\n    Given request is\n' + _doc('<a token="{x}"/>')
    ),
    "SOAP": Source(
        '    Given format "XML"\n    Given request is\n'
        + _doc('<e xmlns:w="urn:w"><w:Password Type="t">{x}</w:Password></e>')
    ),
    "a variable": Source('    Given I store "{}" under "password"\n'),
    "the password of an address": Source('    Given address "http://maria:{u}@127.0.0.1:{port}"\n'),
    "?password= of an address": Source('    Given URL path "/x?password={u}"\n'),
    "?token= of an address": Source('    Given URL path "/x?a=1&token={u}"\n'),
    "?api_key= of an address": Source('    Given address "http://127.0.0.1:{port}/?api_key={u}"\n'),
    "a URL of a database": Source('    Given I connect to "sqlite:///:memory:?password={u}" as "db"\n'),
    "the password of a database": Source('    Given I connect to "postgresql://maria:{u}@127.0.0.1:1/x" as "db"\n'),
    "[secrets]": Source('    Given I store "@tenant" under "t"\n', config="[secrets]\ntenant = {c}\n"),
    "[user]": Source('    Given I store "@api_token" under "t"\n', config="[user]\napi_token = {c}\n"),
    "[vault]": Source(
        config="[vault]\naddress = http://127.0.0.1:1\ntoken = {c}\n", steps='    Given I store "1" under "t"\n'
    ),
    "$ENV as a password": Source('    Given Basic Auth "maria" "$SOME"\n', env=(("SOME", "{}"),)),
    "$ENV as a token": Source('    Given bearer token "$SOME"\n', env=(("SOME", "{}"),), only="letters"),
    "$ENV in a header": Source(
        '    Given header "Authorization" "Bearer ${{SOME}}"\n', env=(("SOME", "{}"),), only="letters"
    ),
    "$ENV by its name": Source('    Given I store "$SHOP_PASSWORD" under "t"\n', env=(("SHOP_PASSWORD", "{}"),)),
    "a proxy": Source(
        '    Given I store "1" under "t"\n', env=(("ftp_proxy", ""), ("https_proxy", "http://maria:{u}@127.0.0.1:1"))
    ),
    "a token that came": Source(_LOGIN, login=("", '{{"access_token": {j}}}')),
    "a password that came in XML": Source(_LOGIN, login=("", "<a><password>{x}</password></a>")),
    "a cookie that came": Source(_LOGIN, login=("Set-Cookie: sid={}; HttpOnly", "{{}}"), only="letters"),
    "a header that came": Source(_LOGIN, login=("X-Auth-Token: {}", "{{}}"), only="letters"),
    "a redirect that came": Source(_LOGIN, login=("Location: /x?token={u}", "{{}}")),
    "an OAuth2 token that came": Source(
        '    Given OAuth2 endpoint "http://127.0.0.1:{port}/login"\n    And OAuth2 credentials "me" "other-secret"\n'
        '    And I store an OAuth2 bearer token under "t"\n',
        login=("", '{{"access_token": {j}, "token_type": "bearer"}}'),
        only="letters",
    ),
}
_OWN = """
import logging
import sys

from behave import then, when
from apitest.steps.documents import json_document

@when('the echo is printed')
def show(context):
    for text in json_document(context).values():
        print(text)
        print(text, file=sys.stderr)
        logging.getLogger("own").warning(text)

@then('the echo fails')
def fail(context):
    raise AssertionError("\\n".join(json_document(context).values()))

@then('the echo is wrong')
def wrong(context):
    raise KeyError(json_document(context))
"""
_ENDS = (
    "    Then paths are\n      | path | check | value |\n{rows}",
    '    Then path "" is JSON "[]"\n',
    "    Then response is equal to\n" + _doc("{{}}"),
    "    When the echo is printed\n    Then the echo fails\n",
    "    When the echo is printed\n    Then the echo is wrong\n",
    '    Then header "X-Echo" is "none"\n',
    '    Then path "" has "0" elements\n',
)
_FORMATTERS = ("plain", "pretty", "progress3", "json")


def _written(secret: str) -> dict[str, str]:
    import html
    import urllib.parse

    return {
        "u": urllib.parse.quote(secret, safe=""),
        "j": json.dumps(secret),
        "x": html.escape(secret),
        "c": f'"{secret}"',
    }


def _feature(source: Source, secret: str, port: int) -> str:
    rows = "".join(f"      | /{number} | is | none |\n" for number in range(len(spellings(secret))))
    lines = ["Feature: Echoes\n"]
    for number, end in enumerate(_ENDS):
        steps = source.steps.format(secret, port=port, **_written(secret))
        start = f'  Scenario: {number}\n    Given address "http://127.0.0.1:{port}"\n    And format "JSON"\n'
        again = "" if "address" in source.steps or 'URL path "/x' in source.steps else '    Given URL path "/echo"\n'
        lines.append(f"{start}{steps}{again}    When the URL is invoked\n{end.format(rows=rows)}")
    return "".join(lines)


def _serve(hostile: Hostile, source: Source, secret: str) -> None:
    spelled = spellings(secret)
    echo = json.dumps({str(number): text for number, text in enumerate(spelled.values())}, ensure_ascii=False)
    header, body = (each.format(secret, **_written(secret)) for each in source.login)
    headers = [f"X-Echo: {spelled['Base64']} {spelled['URL']}", "Content-Type: application/json"]

    def behave(peer: Peer) -> None:
        while request := peer.request():
            if request.split()[1].startswith("/login"):
                peer.send(answer(body.encode(), "200 OK", *([header] if header else [])))
            else:
                peer.send(answer(echo.encode(), "200 OK", *headers))

    hostile.behave = behave


def _outlets(directory: Path, capfd: pytest.CaptureFixture[str]) -> Iterator[tuple[str, str]]:
    """What each outlet of a run tells, with the strings of JSON and XML as they read."""
    told = directory / "told"
    told.mkdir(exist_ok=True)
    arguments = [part for name in _FORMATTERS for part in ("-f", name, "-o", str(told / name))]
    junit = ["--junit", "--junit-directory", str(told)]
    reports = [part for name in formats.FORMATS for part in ("--report", f"{name}={told / f'report.{name}'}")]
    yield "terminal", _run(directory / "features", "--verbose", *reports).output
    yield "formatters", _run(directory / "features", *arguments, *junit).output
    yield "without capture", _run(directory / "features", "--no-capture", "--no-logcapture", "-f", "plain").output
    yield "streams", "".join(capfd.readouterr())
    for file in sorted(each for each in directory.rglob("*") if each.is_file() and _is_told(each, directory)):
        name, text = file.relative_to(directory).as_posix(), file.read_text("utf-8")
        yield name, text
        yield f"{name}, read", "\n".join(_read(file, text))
    yield "names of files", "\n".join(str(each.relative_to(directory)) for each in directory.rglob("*"))


def _is_told(file: Path, directory: Path) -> bool:
    """Whether a run wrote a file; the features and the steps were there before."""
    return not file.is_relative_to(directory / "features")


def _read(file: Path, text: str) -> Iterator[str]:
    """The strings of a file in JSON, in lines of JSON, in XML, and the JSON within a page."""
    if file.suffix in (".xml", ".junit"):
        root = ElementTree.fromstring(text)
        yield from (str(part) for each in root.iter() for part in (each.text, *each.attrib.values()))
    for part in (text, *text.splitlines(), *re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)):
        with suppress(ValueError):
            yield from _strings(json.loads(part))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield name
            yield from _strings(member)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    else:
        yield str(value)


def _run(*arguments: str | Path) -> Ran:
    registry.steps = {kind: [] for kind in registry.steps}
    return here("run", *arguments)


_CASES = [(name, kind) for name, source in SOURCES.items() for kind in SECRETS if source.only in ("", kind)]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project whose own steps print, log and raise what was answered."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(sys, "path", list(sys.path))
    kept = registry.steps
    (tmp_path / "features/steps").mkdir(parents=True)
    (tmp_path / "features/steps/own.py").write_text(_OWN)
    yield tmp_path
    registry.steps = kept


def _leaks(text: str, spelled: dict[str, str]) -> Iterator[str]:
    """The spellings that stand in a text, as they are or as it writes line ends and backslashes."""
    flat = re.sub(r"\s+", "", text)
    for name, written in spelled.items():
        forms = {written, json.dumps(written, ensure_ascii=False)[1:-1], repr(written)[1:-1]}
        if name == "plain" and written.isalnum() and written in re.sub("[^A-Za-z0-9]", "", text):
            yield name  # taken apart by whatever stands between its parts
        elif any(form in text for form in forms) or (len(written) > 9 and re.sub(r"\s+", "", written) in flat):
            yield name


@pytest.mark.timeout(600)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("name", "kind"), _CASES)
def test_masking(
    name: str,
    kind: str,
    project: Path,
    hostile: Hostile,
    attempts: Attempts,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """No spelling of the secret is told anywhere."""
    source, secret = SOURCES[name], SECRETS[kind]
    for variable, value in source.env:
        monkeypatch.setenv(variable, value.format(secret, **_written(secret)))
    if source.config:
        (project / "features/config.ini").write_text(source.config.format(secret, **_written(secret)), "utf-8")
    (project / "features/a.feature").write_text(_feature(source, secret, hostile.port), "utf-8")
    _serve(hostile, source, secret)
    spelled = spellings(secret)
    for outlet, text in _outlets(project, capfd):
        leaking = list(_leaks(text, spelled))
        for spelling in spelled:
            attempts.held(spelling not in leaking, f"{name}, {kind}, {spelling}, {outlet}")
