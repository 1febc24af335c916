"""Sentences that build a request and send it."""

import json
from typing import Any

import pytest

from apitest.clients.http.settings import RequestSettings
from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.playing import Play
from tests.apitest.web import WebServer


def echoed(play: Play, *lines: str) -> Any:
    play(*lines, "When the URL is invoked")
    return play.zato.response.json()


def test_url_is_made_of_its_parts(play: Play, web: WebServer) -> None:
    """Address, path and query string reach the server as one URL, percent-encoded."""
    play(f'address "{web.address}"', 'URL path "/a b/ł"', 'query string "?x=1&y=é"')
    assert echoed(play)["path"] == "/a%20b/%C5%82?x=1&y=%C3%A9"
    assert play.zato.full_address == f"{web.address}/a b/ł?x=1&y=é"


def test_true_is_written_as_in_json(play: Play, web: WebServer) -> None:
    """A value of a response goes on to another request as it came: in the URL, a header, a form."""
    play.zato.user_ctx.update(paid=True, note=None)
    play(f'address "{web.address}"', 'URL path "/a?x=#{paid}"', 'query parameter "y" is "#paid"')
    play('header "X-Paid" "#paid"', 'REST method "POST"', 'format "FORM"', 'form field "paid" is "#paid"')
    document = echoed(play, 'form field "note" is "#note"')
    assert document["path"] == "/a?x=true&y=true"
    assert document["headers"]["x-paid"] == "true"
    assert document["body"] == "paid=true&note=null"


def test_query_parameters_are_added(play: Play, web: WebServer) -> None:
    """Parameters from sentences and tables follow the query string, whatever characters they hold."""
    play(f'address "{web.address}"', 'query string "a=1"', 'query parameter "b" is "x&y"')
    play.step("Given query parameters", table=[["name", "value"], ["c", "1 2"]])
    play.step("Given query parameters:", table=[["d", "#"], ["e", "f"]])
    assert echoed(play)["path"] == "/?a=1&b=x%26y&c=1%202&d=%23&e=f"


def test_a_parameter_of_the_query_string_is_dropped(play: Play, web: WebServer) -> None:
    """Wherever a parameter was given, the sentence drops it, and only it."""
    play(f'address "{web.address}"', 'query string "?a+b=1&c=2&a%20b=3&d"', 'query parameter "a b" is not sent')
    assert echoed(play)["path"] == "/?c=2&d"
    play('query string "a=1"', 'query parameter "a" is not sent')
    assert echoed(play)["path"] == "/"


def test_method_is_get_by_default(play: Play, web: WebServer) -> None:
    """A request without a method is a GET without body or length."""
    document = echoed(play, f'address "{web.address}"')
    assert document["method"] == "GET"
    assert document["body"] == ""
    assert "content-length" not in document["headers"]
    assert "content-type" not in document["headers"]


@pytest.mark.parametrize("sentence", ["REST method", "HTTP method"])
def test_any_method_can_be_sent(play: Play, web: WebServer, sentence: str) -> None:
    """A method needs not be one that HTTP defines; its name is sent in capitals."""
    assert echoed(play, f'address "{web.address}"', f'{sentence} "purge"')["method"] == "PURGE"


def test_method_without_sense_is_refused(play: Play) -> None:
    """What could break the request line is not a method."""
    with pytest.raises(BadValue, match="not an HTTP method"):
        play('REST method "GET /"')


def test_json_is_sent(play: Play, web: WebServer) -> None:
    """A JSON request is sent as UTF-8 with its type; request.data is the text that was sent."""
    play(f'address "{web.address}"', 'REST method "POST"', 'request is "{"name": "Zoë", "n": 1.0}"')
    headers = echoed(play)["headers"]
    assert headers["content-type"] == "application/json"
    assert headers["user-agent"].startswith("apitest/")
    assert json.loads(web.requests[0][3]) == {"name": "Zoë", "n": 1.0}
    assert play.zato.request.data == '{"name":"Zoë","n":1.0}'


def test_given_content_type_wins(play: Play, web: WebServer) -> None:
    """A Content-Type that the test gives is sent, whatever the format."""
    play(f'address "{web.address}"', 'header "content-type" "application/vnd.x+json"', 'request is "{}"')
    assert echoed(play)["headers"]["content-type"] == "application/vnd.x+json"


def test_headers_are_sent(play: Play, web: WebServer) -> None:
    """Headers come from sentences and tables; the last one of a name counts, in whatever case it is written."""
    play(f'address "{web.address}"', 'header "X-One" "1"', 'header "x-one" "2"', 'user agent is "Mine/1"')
    play.step("headers", table=[["value", "name"], ["zwei", "X-Two"]])
    headers = echoed(play)["headers"]
    assert (headers["x-one"], headers["x-two"], headers["user-agent"]) == ("2", "zwei", "Mine/1")


def test_header_beyond_ascii_is_utf_8(play: Play, web: WebServer) -> None:
    """A header's text is sent as UTF-8."""
    headers = echoed(play, f'address "{web.address}"', 'header "X-Name" "Łódź"')["headers"]
    assert headers["x-name"].encode("latin-1").decode() == "Łódź"


def test_header_on_two_lines_is_refused(play: Play, web: WebServer) -> None:
    """A header cannot smuggle in another one."""
    with pytest.raises(BadValue, match="header cannot be sent"):
        echoed(play, f'address "{web.address}"', 'header "X-One" "1\r\nX-Two: 2"')
    assert not web.requests


def test_soap_request(play: Play, web: WebServer) -> None:
    """A SOAP request carries its action, and XML with its type."""
    play(f'address "{web.address}"', 'format "XML"', 'SOAP action "urn:a"', 'request is "<a>é</a>"')
    document = echoed(play, 'REST method "POST"')
    assert document["headers"]["soapaction"] == "urn:a"
    assert document["headers"]["content-type"] == "text/xml; charset=utf-8"
    assert document["body"].encode("latin-1").decode() == "<a>é</a>"
    assert play.zato.request.data == "<a>é</a>"


def test_xml_keeps_its_encoding(play: Play, web: WebServer) -> None:
    """XML that declares an encoding is sent in it, and the header says so."""
    directory = play.run.project.features / "xml" / "request"
    directory.mkdir(parents=True)
    (directory / "a.xml").write_bytes('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'.encode("latin-1"))
    document = echoed(play, f'address "{web.address}"', 'format "XML"', 'request "a.xml"')
    assert document["headers"]["content-type"] == "text/xml; charset=iso-8859-1"
    assert document["body"].endswith("<a>é</a>")


def test_raw_request(play: Play, web: WebServer) -> None:
    """A RAW request is sent as it is, without a type."""
    document = echoed(play, f'address "{web.address}"', 'format "RAW"', 'request is "a;b {"')
    assert document["body"] == "a;b {"
    assert "content-type" not in document["headers"]


@pytest.mark.parametrize("content", [b"\x00\xff\xfe\x89PNG", b"\xef\xbb\xbfa;b\r\n", "é\r\n".encode(), b""])
def test_raw_request_from_a_file(play: Play, web: WebServer, content: bytes) -> None:
    """The bytes of the file are sent, be they text or not."""
    directory = play.run.project.features / "raw" / "request"
    directory.mkdir(parents=True)
    (directory / "a.bin").write_bytes(content)
    echoed(play, f'address "{web.address}"', 'REST method "PUT"', 'format "RAW"', 'request "a.bin"')
    assert web.requests[-1][3] == content


def test_request_from_text(play: Play, web: WebServer) -> None:
    """A doc string is the request, with the values of names put in."""
    play.zato.user_ctx["id"] = 7
    play.step("Given request is", text='{"id": #{id}, "key": "${SECRET}"}')
    assert json.loads(echoed(play, f'address "{web.address}"')["body"]) == {"id": 7, "key": "s3cret-value"}


def test_request_without_text_is_refused(play: Play) -> None:
    """The sentence for a doc string asks for one."""
    with pytest.raises(BadValue, match="a doc string"):
        play("request is:")


def test_request_from_file(play: Play, web: WebServer) -> None:
    """A file is found below the directory of its format."""
    directory = play.run.project.features / "json" / "request"
    directory.mkdir(parents=True)
    (directory / "a.json").write_text('\ufeff{"from": "file"}', encoding="utf-8")
    assert json.loads(echoed(play, f'address "{web.address}"', 'request "a.json"')["body"]) == {"from": "file"}


def test_malformed_json_is_shown(play: Play) -> None:
    """A request that is not JSON is refused at once, with its place and a caret."""
    with pytest.raises(BadValue) as raised:
        play('request is "{"a": 1 x}"')
    assert "line 1, column 9" in raised.value.where
    assert raised.value.excerpt.endswith("^")


def test_malformed_xml_is_shown(play: Play) -> None:
    """A request that is not XML is refused at once."""
    with pytest.raises(BadValue, match="not well-formed XML"):
        play('format "XML"', 'request is "<a>"')


def test_formats(play: Play) -> None:
    """One sentence sets both formats, two set one each; names are taken in any case, unknown ones are refused."""
    play('format "xml"')
    assert (play.zato.request.format, play.zato.request.response_format) == ("XML", "XML")
    play('request format "FORM"')
    assert (play.zato.request.format, play.zato.request.response_format) == ("FORM", "XML")
    play('response format "RAW"')
    assert (play.zato.request.format, play.zato.request.response_format) == ("FORM", "RAW")
    with pytest.raises(BadValue, match='Unknown format "YAML"'):
        play('format "YAML"')


def test_address_without_scheme(play: Play) -> None:
    """An address without a scheme is met with the one that was probably meant."""
    with pytest.raises(BadValue) as raised:
        play('address "localhost:8080"', "the URL is invoked")
    assert raised.value.fix == 'Did you mean "http://localhost:8080"?'


def test_no_address(play: Play) -> None:
    """Without an address nothing is sent, and the sentence to add is named."""
    with pytest.raises(BadValue, match="no address") as raised:
        play("the URL is invoked")
    assert 'Given address "http://' in raised.value.fix


def test_other_transport(play: Play) -> None:
    """A transport that another client has put in place gets the request instead of HTTP."""
    taken: list[Any] = []
    play.zato["transport"] = taken.append
    play("When the URL is invoked")
    assert taken == [play.zato]


@pytest.mark.parametrize("table", [None, [["a", "b", "c"]]])
def test_table_of_other_columns(play: Play, table: list[list[str]] | None) -> None:
    """Headers need a table of names and values."""
    with pytest.raises(BadValue, match="names and values"):
        play.step("headers", table=table)


def test_what_describes_one_request_is_gone_once_it_was_sent(play: Play, web: WebServer) -> None:
    """The next step that describes something starts a new request; address and sign-in stay."""
    play(f'address "{web.address}"', 'Basic Auth "ann" "s3cret"', 'API key "key-1" in header "X-Key"')
    play('URL path "/echo"', 'REST method "POST"', 'header "X-A" "b"', 'query parameter "q" is "1"', 'request is "{}"')
    first = echoed(play)
    assert (first["method"], first["path"], first["body"]) == ("POST", "/echo?q=1", "{}")
    second = echoed(play, 'query string "z=1"')
    assert (second["method"], second["path"], second["body"]) == ("GET", "/?z=1", "")
    assert "x-a" not in second["headers"]
    assert second["headers"]["authorization"].startswith("Basic ")
    assert second["headers"]["x-key"] == "key-1"


def test_the_same_request_can_be_sent_again(play: Play, web: WebServer) -> None:
    """A step that changes what stays, such as the sign-in, describes no new request."""
    play(f'address "{web.address}"', 'URL path "/echo"', 'REST method "PUT"', 'request is "{}"')
    assert echoed(play)["method"] == echoed(play)["method"] == "PUT"
    again = echoed(play, 'bearer token "token-1"', 'timeout is "5"')
    assert (again["method"], again["body"], again["headers"]["authorization"]) == ("PUT", "{}", "Bearer token-1")


def test_a_scenario_starts_with_the_variables_only(play: Play, web: WebServer) -> None:
    """Request, sign-in, settings, date formats and response are those of one scenario."""
    play(f'address "{web.address}"', 'Basic Auth "a" "bcde"', 'timeout is "5"', 'date format "short" "YYYY"')
    play('I store "1" under "n"', "When the URL is invoked")
    play.zato.start_scenario()
    assert (play.zato.request.address, play.zato.sign_in, play.zato.user_ctx) == ("", None, {"n": "1"})
    assert play.zato.settings(RequestSettings) == RequestSettings()
    assert play.zato.date_format("short") == "short"
    assert play.zato.last_exchange() is None
    with pytest.raises(CheckFailed, match="has not sent a request"):
        play('Then status is "200"')


def test_an_old_project_carries_everything_over(play: Play, web: WebServer) -> None:
    """From request to request and from scenario to scenario, as zato-apitest did; its last response is checked."""
    play.run.project = play.run.project._replace(carries_over=True)
    play(f'address "{web.address}"', 'URL path "/echo"', 'REST method "POST"', 'request is "{}"')
    play('Basic Auth "ann" "s3cret"', "When the URL is invoked")
    play.zato.start_scenario()
    play('Then status is "200"', 'header "A" "b"', 'Then status is "200"')
    carried = echoed(play)
    assert (carried["method"], carried["path"], carried["body"]) == ("POST", "/echo", "{}")
    assert carried["headers"]["authorization"].startswith("Basic ")


def test_the_address_of_the_project(play: Play, web: WebServer) -> None:
    """It counts where the scenario names none; names in it are resolved."""
    play.run.project = play.run.project._replace(address="${SERVER}/base")
    play.run.environ = {"SERVER": web.address}
    play.zato.reset()
    assert echoed(play, 'URL path "/echo"')["path"] == "/base/echo"
    assert echoed(play, f'address "{web.address}"', 'URL path "/echo"')["path"] == "/echo"


def test_a_whole_url(play: Play, web: WebServer) -> None:
    """It replaces address, path and query; a relative one starts at the last response's, else at the address."""
    play('address "http://127.0.0.1:1"', 'URL path "/x"', 'query string "a=1"', 'query parameter "b" is "2"')
    assert echoed(play, f'URL "{web.address}/echo/1?c=3"', 'query parameter "d" is "4"')["path"] == "/echo/1?c=3&d=4"
    assert echoed(play, 'URL "2"')["path"] == "/echo/2"
    play.zato.start_scenario()
    assert echoed(play, f'address "{web.address}"', 'URL "/echo"')["path"] == "/echo"
    assert echoed(play, 'URL "/nowhere"', 'URL path "/echo/3"')["path"] == "/echo/3"


def test_parts_of_a_request_are_dropped(play: Play, web: WebServer) -> None:
    """A header, even a default one or the sign-in's, a query parameter, the body, and all of it."""
    play(f'address "{web.address}"', 'REST method "POST"', 'Basic Auth "a" "bcde"', 'header "X-A" "b"')
    play('query parameter "q" is "1"', 'API key "k" in query parameter "key"', 'request is "{}"')
    play('header "x-a" is not sent', 'header "User-Agent" is not sent', 'header "Authorization" is not sent')
    play('query parameter "q" is not sent', 'query parameter "key" is not sent', "request body is not sent")
    sent = echoed(play)
    assert (sent["method"], sent["path"], sent["body"]) == ("POST", "/", "")
    assert not {"x-a", "user-agent", "authorization"} & set(sent["headers"])
    exchange = play.zato.last_exchange()
    assert exchange is not None
    assert "User-Agent" not in dict(exchange.request_headers)
    play('I store "1" under "n"', 'URL path "/x"', 'header "X-A" "b"', "request is cleaned up")
    cleaned = echoed(play)
    assert (cleaned["path"], "x-a" in cleaned["headers"], play.zato.user_ctx) == ("/", False, {"n": "1"})
