"""A scenario begins again as it began."""

from pathlib import Path

from apitest.clients.http.auth import BasicAuth
from apitest.context import FeatureContext, RunState
from apitest.project import Project
from apitest.remembering import remember


def test_what_is_remembered_comes_back(tmp_path: Path) -> None:
    """Variables, the request and settings are as they were, whatever changed within them; so does what sees them."""
    feature = FeatureContext(RunState(Project(tmp_path, tmp_path)))
    feature.user_ctx["list"] = [1]
    feature.describe().headers = {"A": "1"}
    feature.own = open_thing = (tmp_path / "x").open("w")
    restore = remember(feature)
    for _ in range(2):
        feature.user_ctx["list"].append(2)  # type: ignore[attr-defined]
        feature.user_ctx["new"] = "1"
        feature.describe().headers["B"] = "2"
        feature.added = "1"
        feature.authenticate(BasicAuth("a", "b"))
        restore()
        assert feature.user_ctx == {"list": [1]}
        assert feature.resolve("#list") == [1]
        assert feature.request.headers == {"A": "1"}
        assert (feature.sign_in, "added" in feature, feature.own) == (None, False, open_thing)
    open_thing.close()
