"""Who a WSX client is."""

from apitest.clients.wsx.settings import WSXSettings


def test_defaults() -> None:
    """A client has an ID and a name, and neither credentials nor a service."""
    assert WSXSettings() == WSXSettings("", "", "", "apitest", "apitest")


def test_the_secret_is_not_shown() -> None:
    """The secret is not part of how settings are written."""
    assert "s3cret" not in repr(WSXSettings("maria", "s3cret"))
