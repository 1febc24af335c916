"""How a project is found and its config.ini read."""

from pathlib import Path

import pytest

from apitest.errors import ProjectError
from apitest.project import find


def _write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("start", ["", "features", "features/orders", "features/orders/new.feature", "features/steps"])
def test_any_path_of_a_project_finds_it(tmp_path: Path, start: str) -> None:
    """The project directory, its features, a folder in them and a file in that all lead to one project."""
    _write(tmp_path / "shop/features/orders/new.feature")
    _write(tmp_path / "shop/features/steps/steps.py")
    found = find(tmp_path / "shop" / start)
    assert (found.root, found.features) == (tmp_path / "shop", tmp_path / "shop/features")
    assert found.config_path == tmp_path / "shop/features/config.ini"


@pytest.mark.parametrize("mark", ["environment.py", "config.ini", "steps/x.py"])
def test_a_mark_makes_a_features_directory_of_any_name(tmp_path: Path, mark: str) -> None:
    """environment.py, steps or config.ini tell where the features are, from a folder below, too."""
    _write(tmp_path / "api" / mark)
    feature = _write(tmp_path / "api/deep/a.feature")
    assert find(feature).features == find(feature.parent).features == tmp_path / "api"
    assert find(feature).root == tmp_path / "api"


def test_a_bare_directory_is_a_project(tmp_path: Path) -> None:
    """A directory with nothing but a .feature file is a project of itself, without config."""
    feature = _write(tmp_path / "bare/a.feature")
    for path in (feature, feature.parent):
        project = find(path)
        assert (project.root, project.features) == (tmp_path / "bare", tmp_path / "bare")
        assert (dict(project.user), dict(project.vault), project.behave_options) == ({}, {}, "")


def test_a_missing_path_names_a_near_one(tmp_path: Path) -> None:
    """A path that does not exist is an error that suggests the likeliest one beside it."""
    _write(tmp_path / "orders.feature")
    with pytest.raises(ProjectError) as caught:
        find(tmp_path / "order.feature")
    assert caught.value.problem == f"File or directory not found: {tmp_path / 'order.feature'}"
    assert caught.value.fix == f"Did you mean {tmp_path / 'orders.feature'}?"


def test_a_missing_path_with_nothing_near_has_no_suggestion(tmp_path: Path) -> None:
    """Nothing is suggested where nothing is alike, or where there is no directory to look in."""
    for path in (tmp_path / "a", tmp_path / "no/such/place"):
        with pytest.raises(ProjectError) as caught:
            find(path)
        assert caught.value.fix == ""


def test_config_ini_is_read(tmp_path: Path) -> None:
    """The sections that the runner knows become fields; others are let be."""
    _write(
        tmp_path / "features/config.ini",
        "[behave]\noptions = --tags=~slow,~db --stop\n[user]\nname = Zoë\nlist = a, b\n"
        "[vault]\naddress = http://127.0.0.1:8200\n[other]\nx = $y %(z)s\n",
    )
    project = find(tmp_path)
    assert project.behave_options == "--tags=~slow,~db --stop"
    assert dict(project.user) == {"name": "Zoë", "list": ["a", "b"]}
    assert dict(project.vault) == {"address": "http://127.0.0.1:8200"}
    with pytest.raises(TypeError):
        project.user["name"] = "other"  # type: ignore[index]


@pytest.mark.parametrize(("said", "strict"), [("True", True), ("yes", True), ("False", False), ("off", False)])
def test_strict(tmp_path: Path, said: str, strict: bool) -> None:
    """[apitest] strict is a yes or a no; nothing is a no."""
    _write(tmp_path / "features/config.ini", f"[apitest]\nstrict = {said}\n")
    assert find(tmp_path).strict is strict
    _write(tmp_path / "features/config.ini", "")
    assert find(tmp_path).strict is False


def test_strict_that_is_neither(tmp_path: Path) -> None:
    """Anything else is an error."""
    _write(tmp_path / "features/config.ini", "[apitest]\nstrict = perhaps\n")
    with pytest.raises(ProjectError, match='strict must be True or False, not "perhaps"'):
        find(tmp_path)


def test_a_config_without_sections_says_nothing(tmp_path: Path) -> None:
    """A behave that is not a section gives no options."""
    _write(tmp_path / "features/config.ini", "behave = x\n")
    assert find(tmp_path).behave_options == ""


def test_a_section_written_as_a_value_is_an_error(tmp_path: Path) -> None:
    """``user = x`` is told to be a section."""
    path = _write(tmp_path / "features/config.ini", "user = x\n")
    with pytest.raises(ProjectError) as caught:
        find(tmp_path)
    assert caught.value.problem == "[user] must be a section, not a value"
    assert (caught.value.where, caught.value.fix) == (str(path), "Write [user] on a separate line")


@pytest.mark.parametrize(
    ("environment", "config", "carries_over", "reason"),
    [
        ("", "", False, "environment.py does not import zato.apitest"),
        ("from zato.apitest import util\n", "", True, "environment.py imports zato.apitest"),
        ("import zato.apitest\n", "[apitest]\nrequests = fresh\n", False, "config.ini has requests = fresh"),
        ("", "[apitest]\nrequests = carried over\n", True, "config.ini has requests = carried over"),
        ("# from zato.apitest import util\n", "[user]\na = b\n", False, "does not import"),
    ],
)
def test_how_long_a_request_lasts(
    tmp_path: Path, environment: str, config: str, carries_over: bool, reason: str
) -> None:
    """Projects that import zato.apitest carry requests over, unless config.ini says otherwise."""
    features = tmp_path / "features"
    features.mkdir()
    (features / "environment.py").write_text(environment)
    (features / "config.ini").write_text(config)
    found = find(tmp_path)
    assert found.carries_over == carries_over
    assert reason in found.requests_told


def test_the_apitest_section(tmp_path: Path) -> None:
    """It has the address of the project; requests must be one of two words."""
    (tmp_path / "features").mkdir()
    config = tmp_path / "features" / "config.ini"
    config.write_text("[apitest]\naddress = http://localhost:8080\n")
    assert find(tmp_path).address == "http://localhost:8080"
    config.write_text("[apitest]\nrequests = stale\n")
    with pytest.raises(ProjectError, match='must be "fresh" or "carried over", not "stale"'):
        find(tmp_path)


def test_response_limit(tmp_path: Path) -> None:
    """The limit of responses is 100 MB, or what [apitest] says; what is not a size is told with its place."""
    assert find(tmp_path).response_limit == 100_000_000
    (tmp_path / "config.ini").write_text("[apitest]\nresponse_limit = 1.5 GB\n")
    assert find(tmp_path).response_limit == 1_500_000_000
    (tmp_path / "config.ini").write_text("[apitest]\nresponse_limit = much\n")
    with pytest.raises(ProjectError, match=r'\[apitest\] response_limit: "?much"? is not a size'):
        find(tmp_path)


def test_secrets(tmp_path: Path) -> None:
    """The values of [secrets] are found under @name like those of [user], and known as secrets."""
    (tmp_path / "config.ini").write_text("[user]\nname = Maria\n[secrets]\nword = s3cret\n")
    found = find(tmp_path)
    assert dict(found.user) == {"name": "Maria", "word": "s3cret"}
    assert found.secrets == ("s3cret",)


def test_a_config_beside_the_features(tmp_path: Path) -> None:
    """A config.ini of apitest's that stands beside features/ is an error that says where it goes."""
    beside = _write(tmp_path / "config.ini", "# ours\n[user]\naddress = http://localhost\n")
    _write(tmp_path / "features/a.feature")
    with pytest.raises(ProjectError, match="beside features/") as caught:
        find(tmp_path)
    assert caught.value.where == str(beside)
    assert str(tmp_path / "features/config.ini") in caught.value.fix


def test_another_config_beside_the_features(tmp_path: Path) -> None:
    """One that is not needed, or that is in an old project, is told; one that has none of our sections is not ours."""
    beside = _write(tmp_path / "config.ini", "[user]\na = 1\n")
    own = _write(tmp_path / "features/config.ini", "[user]\na = 2\n")
    (told,) = find(tmp_path).notices
    assert told.startswith(f"{beside}: ") and "is not read" in told
    assert find(tmp_path).user == {"a": "2"}
    own.unlink()
    _write(tmp_path / "features/environment.py", "from zato.apitest import steps\n")
    assert len(find(tmp_path).notices) == 1
    beside.write_text("[database]\nuser = 1\n")
    assert find(tmp_path).notices == ()
    beside.write_bytes(b"\xff\xfe\n[user]\n")
    assert len(find(tmp_path).notices) == 1
