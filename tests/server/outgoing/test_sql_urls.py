from pathlib import Path
from typing import Any

from apitest_server.outgoing import sql_urls


def fields(engine: str, **more: Any) -> dict[str, Any]:
    """The definition of a connection."""
    return {"engine": engine, "db_name": "shop", "host": "db", **more}


def test_a_file_of_sqlite_is_below_the_servers_directory() -> None:
    """A relative path begins there; an absolute one stays."""
    assert sql_urls.url(fields("sqlite"), {}, Path("/srv")).database == "/srv/shop"
    assert sql_urls.url(fields("sqlite", db_name="/x/a.db"), {}, Path("/srv")).database == "/x/a.db"


def test_a_url_carries_what_the_definition_says() -> None:
    """With the driver's options; what is not given is left to the driver."""
    secrets = {"password": "p@ss/w", "secret_extra": "sslpassword = x\n"}
    url = sql_urls.url(fields("postgresql", username="ann", port=5433, extra="sslmode=require"), secrets, Path())
    assert (url.drivername, url.username, url.password, url.port) == ("postgresql+psycopg", "ann", "p@ss/w", 5433)
    assert url.query == {"sslmode": "require", "sslpassword": "x"}
    assert "p@ss" not in str(url)
    plain = sql_urls.url(fields("mysql", username="", port=0), {"password": ""}, Path())
    assert (plain.username, plain.password, plain.port) == (None, None, None)


def test_a_pool_has_its_size_and_a_time_out() -> None:
    """Under the name that each driver has for it."""
    options = sql_urls.options(fields("mysql", pool_size=2, timeout=3))
    assert (options["pool_size"], options["pool_timeout"], options["connect_args"]) == (2, 3, {"connect_timeout": 3})
    assert sql_urls.options(fields("sqlite", timeout=3))["connect_args"] == {"timeout": 3}


def test_options_of_the_driver_are_lines() -> None:
    """Blanks around them do not matter, and an equals sign may be in a value."""
    assert sql_urls.extra(" a = 1 \n\nb=c=d\nnonsense") == {"a": "1", "b": "c=d"}
