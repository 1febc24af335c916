from pathlib import Path

from tests.server.asgi import served


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
