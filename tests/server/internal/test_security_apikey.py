from pathlib import Path

from tests.server.asgi import Client, served

KIND = "zato.security.apikey"


def channel(client: Client, number: int) -> str:
    """The path of a channel that a key opens."""
    fields = {"connection": "channel", "transport": "plain_http", "service": "zato.ping", "url_path": "/keyed"}
    client.result("zato.http-soap.create", {"name": "keyed", "security_id": number, **fields})
    return "/keyed"


def test_a_key_is_never_shown(tmp_path: Path) -> None:
    """Only the header that carries it is, which is X-API-Key where none is given."""
    with served(tmp_path) as client:
        client.result("zato.security.apikey.create", {"name": "a", "password": "s3cret-key"})
        shown = client.result("zato.security.apikey.get-by-name", {"name": "a"})
    assert shown["header"] == "X-API-Key"
    assert "s3cret-key" not in str(shown)


def test_a_header_has_to_be_one_of_http(tmp_path: Path) -> None:
    """Blanks and line ends would make other headers of it."""
    with served(tmp_path) as client:
        for header in ("a b", "a\r\nb", "a:", "ü"):
            status, details = client.refused("zato.security.apikey.create", {"name": "a", "header": header})
            assert (status, "`header`" in details) == (400, True), header
        assert client.result("zato.security.apikey.get-list") == []


def test_the_user_name_is_the_header_of_a_key_that_is_given_none(tmp_path: Path) -> None:
    """Also once it is another one, and once the server has started again."""
    with served(tmp_path) as client:
        number = client.result(f"{KIND}.create", {"name": "a", "username": "X-My-Key"})["id"]
        client.result(f"{KIND}.change-password", {"id": number, "password1": "kk", "password2": "kk"})
        path = channel(client, number)
        assert client.get(path, X_My_Key="kk").status == 200
        assert client.get(path, X_API_Key="kk").status == 401
        client.result(f"{KIND}.edit", {"id": number, "username": "X-Other"})
        assert (client.get(path, X_Other="kk").status, client.get(path, X_My_Key="kk").status) == (200, 401)
        [shown] = client.result(f"{KIND}.get-list", {"query": "x-other"})
        assert (shown["username"], shown["header"]) == ("X-Other", "X-Other")
    with served(tmp_path) as client:
        assert client.get("/keyed", X_Other="kk").status == 200


def test_a_header_that_is_given_wins_over_the_user_name(tmp_path: Path) -> None:
    """Whenever that is, and until it is emptied; a user name that no header can have is none."""
    with served(tmp_path) as client:
        given = {"name": "a", "username": "X-My-Key", "header": "X-Mine", "password": "kk"}
        number = client.result(f"{KIND}.create", given)["id"]
        path = channel(client, number)
        assert (client.get(path, X_Mine="kk").status, client.get(path, X_My_Key="kk").status) == (200, 401)
        client.result(f"{KIND}.edit", {"id": number, "username": "X-Other"})
        assert client.get(path, X_Mine="kk").status == 200
        client.result(f"{KIND}.edit", {"id": number, "header": ""})
        assert (client.get(path, X_Other="kk").status, client.get(path, X_Mine="kk").status) == (200, 401)
        client.result(f"{KIND}.edit", {"id": number, "username": "the shop"})
        assert client.get(path, X_API_Key="kk").status == 200


def test_a_form_may_send_back_what_it_has_been_shown(tmp_path: Path) -> None:
    """What the caller expects is what is shown, not what is stored."""
    with served(tmp_path) as client:
        client.result(f"{KIND}.create", {"name": "a", "username": "X-My-Key"})
        shown = client.result(f"{KIND}.get-by-name", {"name": "a"})
        client.result(f"{KIND}.edit", {**shown, "name": "b", "expected": shown})
