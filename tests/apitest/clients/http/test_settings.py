"""How requests travel."""

import sys

import pytest

from apitest.clients.http import settings
from apitest.clients.http.settings import RequestSettings


def test_defaults() -> None:
    """Thirty seconds, certificates checked, no client certificate, redirects followed."""
    assert RequestSettings() == RequestSettings(timeout=30.0, verify=True, certificate=None, redirects=True)


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        ({}, True),
        ({"REQUESTS_CA_BUNDLE": ""}, True),
        ({"CURL_CA_BUNDLE": "/curl.pem"}, "/curl.pem"),
        ({"REQUESTS_CA_BUNDLE": "/requests.pem", "CURL_CA_BUNDLE": "/curl.pem"}, "/requests.pem"),
    ],
)
def test_certificates_of_the_environment(environ: dict[str, str], found: str | bool) -> None:
    """The variable of requests comes before that of curl; an empty one does not count."""
    assert settings.ca_bundle(environ) == found


def test_proxies_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are found by scheme, unless no_proxy names the host."""
    monkeypatch.setenv("http_proxy", "http://proxy:3128")
    monkeypatch.setenv("no_proxy", "inside.example")
    assert settings.proxies("http://outside.example/")["http"] == "http://proxy:3128"
    assert settings.proxies("http://inside.example/") == {}


def test_no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no variable names one there is none, and requests is not asked; hosts without proxies name none."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("no_proxy", "inside.example")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setitem(sys.modules, "requests.utils", None)
    assert settings.proxies("http://outside.example/") == {}
