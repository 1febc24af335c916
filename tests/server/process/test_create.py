import stat
from pathlib import Path

import pytest

from apitest_server.config import load
from apitest_server.errors import ServerError, StartError
from apitest_server.odb import ODB
from apitest_server.process.create import Created, create, join
from apitest_server.security.administrators import BUILT_IN
from tests.server.conftest import new_database


@pytest.fixture(autouse=True)
def no_given_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment has no password for the administrator."""
    monkeypatch.delenv("APITEST_ADMIN_PASSWORD", raising=False)


def test_a_new_server_can_be_read(tmp_path: Path) -> None:
    """Its configuration is valid, it is called like its directory, and it has a service and a database."""
    created = create(tmp_path / "shop")
    config = load(tmp_path / "shop")
    assert config.main.name == "shop"
    assert all(path.exists() for path in created.paths)
    assert (tmp_path / "shop" / "odb.sqlite").exists()


def test_its_administrator_has_a_password_of_this_server_only(tmp_path: Path) -> None:
    """It is told once, is not in the files, and is not shown by accident."""
    one, two = create(tmp_path / "one"), create(tmp_path / "two")
    assert one.username
    assert len(one.password) > 10
    assert one.password != two.password
    assert one.password not in repr(one)
    files = [path for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert not any(one.password.encode() in path.read_bytes() for path in files)


def test_a_server_is_not_overwritten(tmp_path: Path) -> None:
    """Its configuration stays as it was."""
    (tmp_path / "server.conf").write_text("mine")
    with pytest.raises(StartError, match="already"):
        create(tmp_path)
    assert (tmp_path / "server.conf").read_text() == "mine"


def test_services_that_are_there_stay(tmp_path: Path) -> None:
    """Whether a server is made around them, cannot be made, or joins another one."""
    for name in ("one", "two", "three"):
        (tmp_path / name / "services").mkdir(parents=True)
        (tmp_path / name / "services" / "hello.py").write_text("# mine\n")
    with pytest.raises(ServerError):
        create(tmp_path / "two", "postgresql://127.0.0.1:9/x")
    assert [path.name for path in create(tmp_path / "one").paths] == ["server.conf"]
    join(tmp_path / "three", tmp_path / "one")
    for name in ("one", "two", "three"):
        assert (tmp_path / name / "services" / "hello.py").read_text() == "# mine\n"


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """With its path and the reason."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError, match="file/below: Not a directory"):
        create(tmp_path / "file" / "below")


def test_a_server_can_join_another(tmp_path: Path) -> None:
    """It shares its database and key, has its services and settings, and a name and a port of its own."""
    create(tmp_path / "one", port=18000)
    conf = tmp_path / "one" / "server.conf"
    conf.write_text(conf.read_text().replace("[rest]\n", "[rest]\n[[more]]\npath = /more\nservice = hello.hello\n"))
    created = join(tmp_path / "two", tmp_path / "one")
    one, two = load(tmp_path / "one"), load(tmp_path / "two")
    assert (two.main.name, two.main.port, two.rest) == ("two", 18001, one.rest)
    assert ODB(two.odb.url, tmp_path / "two").where.path == tmp_path / "one" / "odb.sqlite"
    assert (tmp_path / "two" / "services" / "hello.py").read_text() == (
        tmp_path / "one" / "services" / "hello.py"
    ).read_text()
    key, conf = tmp_path / "two" / "odb.key", tmp_path / "two" / "server.conf"
    assert key.read_bytes().strip() == (tmp_path / "one" / "odb.key").read_bytes().strip()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (key, conf)] == [0o600, 0o600]
    assert created.password == ""
    odb = ODB(two.odb.url, tmp_path / "two")
    assert [item.name for item in odb.load()] == ["admin", *BUILT_IN]
    odb.close()
    assert load_port(join(tmp_path / "three", tmp_path / "one", 0)) == 0


def test_who_joins_has_services_byte_by_byte(tmp_path: Path) -> None:
    """In whatever encoding they say they are, and with the line ends that they have."""
    text = b"# -*- coding: latin-1 -*-\r\nPRICE = '5 \xa3'\r\n"
    create(tmp_path / "one")
    (tmp_path / "one" / "services" / "price.py").write_bytes(text)
    join(tmp_path / "two", tmp_path / "one")
    assert (tmp_path / "two" / "services" / "price.py").read_bytes() == text


def test_who_joins_a_server_with_tls_has_its_files(tmp_path: Path) -> None:
    """Wherever the directory of the new one is."""
    create(tmp_path / "one")
    conf = tmp_path / "one" / "server.conf"
    conf.write_text(f"{conf.read_text()}[tls]\ncertificate = a.pem\nclient_authorities = /etc/ca.pem\n")
    join(tmp_path / "sub" / "two", tmp_path / "one")
    tls = load(tmp_path / "sub" / "two").tls
    assert (tls.certificate, tls.key) == (str(tmp_path / "one" / "a.pem"), "")
    assert tls.client_authorities == "/etc/ca.pem"


def load_port(created: Created) -> int:
    return load(created.paths[0].parent).main.port


def test_who_cannot_join_is_told(tmp_path: Path) -> None:
    """Nobody there, the same name, a server that is there already."""
    with pytest.raises(StartError, match=r"server\.conf"):
        join(tmp_path / "two", tmp_path / "one")
    create(tmp_path / "one")
    with pytest.raises(StartError, match="called `one`, too"):
        join(tmp_path / "sub" / "one", tmp_path / "one")
    create(tmp_path / "two")
    with pytest.raises(StartError, match="already"):
        join(tmp_path / "two", tmp_path / "one")


@pytest.mark.postgresql
def test_a_server_on_postgresql(tmp_path: Path, postgresql_url: str) -> None:
    """Its ODB is made there; who makes another one with another key is told to copy the first one's."""
    for url in new_database(postgresql_url):
        assert create(tmp_path / "one", url).password
        with pytest.raises(StartError, match=r"belongs to another key(?s:.*)Copy odb\.key"):
            create(tmp_path / "two", url)
        assert not (tmp_path / "two" / "server.conf").exists()
        join(tmp_path / "three", tmp_path / "one")
        assert load(tmp_path / "three").odb.url == url


def test_an_odb_that_cannot_be_used_leaves_nothing(tmp_path: Path) -> None:
    """So that it can be tried again."""
    for url in ("postgresql://127.0.0.1:9/x", "nonsense://"):
        with pytest.raises(ServerError):
            create(tmp_path / "one", url)
        assert not (tmp_path / "one" / "server.conf").exists()
