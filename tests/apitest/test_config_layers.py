"""What a run chooses over config.ini."""

from pathlib import Path

import pytest

from apitest.config_layers import Choice
from apitest.errors import ProjectError, UsageError
from apitest.project import Project, find

BASE = """
[user]
address = http://localhost
user = maria
[secrets]
key = first-key
[apitest]
strict = True
response_limit = 5 MB
"""


def _found(tmp_path: Path, choice: Choice, base: str | None = BASE, **environments: str) -> Project:
    features = tmp_path / "features"
    features.mkdir(exist_ok=True)
    if base is not None:
        (features / "config.ini").write_text(base, "utf-8")
    for name, text in environments.items():
        (features / f"config.{name}.ini").write_text(text, "utf-8")
    return find(features, choice)


def test_an_environment_lies_over_config_ini(tmp_path: Path) -> None:
    """What its file says counts, setting by setting; what it leaves out is as config.ini has it."""
    said = "[user]\naddress = https://staging\n[apitest]\nstrict = False\n[vault]\naddress = https://vault"
    found = _found(tmp_path, Choice("staging"), staging=said)
    assert dict(found.user) == {"address": "https://staging", "user": "maria", "key": "first-key"}
    assert (found.choice.environment, found.strict, found.response_limit) == ("staging", False, 5_000_000)
    assert dict(found.vault) == {"address": "https://vault"}


def test_without_an_environment_its_file_is_not_read(tmp_path: Path) -> None:
    """The files of environments say nothing, however wrong they are, unless one is asked for."""
    found = _found(tmp_path, Choice(), staging="[user")
    assert (found.choice.environment, found.user["address"]) == ("", "http://localhost")


def test_an_environment_needs_no_config_ini(tmp_path: Path) -> None:
    """A project may have files of environments only."""
    assert dict(_found(tmp_path, Choice("ci"), None, ci="[user]\na = 1").user) == {"a": "1"}


def test_an_environment_that_does_not_exist(tmp_path: Path) -> None:
    """The error names the file that it would be in, and what there is."""
    for name, fix in [("stagin", "Did you mean staging?"), ("live", "There are: staging, test.eu")]:
        with pytest.raises(UsageError) as caught:
            _found(tmp_path, Choice(name), **{"staging": "", "test.eu": ""})
        assert (caught.value.problem, caught.value.fix) == (f'Unknown environment "{name}"', fix)
        assert caught.value.where == str(tmp_path / f"features/config.{name}.ini")


def test_the_first_environment(tmp_path: Path) -> None:
    """Where there are none, the error says how to make one."""
    with pytest.raises(UsageError) as caught:
        _found(tmp_path, Choice("staging"))
    assert caught.value.fix == "Write its settings to this file"


def test_a_name_is_not_a_path(tmp_path: Path, subtests: pytest.Subtests) -> None:
    """The name of an environment does not lead to a file elsewhere."""
    (tmp_path / "config.x.ini").write_text("", "utf-8")
    for name in ("../x", "/etc/x", "a b", "-x", ".x", "x/", "ä"):
        with subtests.test(name), pytest.raises(UsageError, match="cannot be the name of an environment"):
            _found(tmp_path, Choice(name))


def test_errors_tell_the_file_that_says_it(tmp_path: Path, subtests: pytest.Subtests) -> None:
    """A wrong setting is an error at the file that has it, that of the environment or config.ini."""
    for text, problem in [
        ("[apitest]\nstrict = perhaps", "strict must be True or False"),
        ("[apitest]\nrequests = old", "requests must be"),
        ("[apitest]\nresponse_limit = much", "response_limit"),
        ("user = x", "must be a section"),
        ("[apitest]\nstrct = True", "has no setting strct"),
        ("[usr]", "does not use the section"),
    ]:
        for environment, base in [("staging", BASE), ("", text)]:
            with (
                subtests.test(text=text, environment=environment),
                pytest.raises(ProjectError, match=problem) as caught,
            ):
                _found(tmp_path, Choice(environment), base, staging=text)
            name = "config.staging.ini" if environment else "config.ini"
            assert caught.value.where.partition(":")[0] == str(tmp_path / "features" / name)


def test_definitions_lie_over_both(tmp_path: Path) -> None:
    """What the command line defines is what @name stands for, and remains a secret where config.ini has it as one."""
    found = _found(
        tmp_path, Choice("staging", {"user": "eve", "key": "another-key", "new": "1"}), staging="[user]\nuser = adam"
    )
    assert dict(found.user) == {"address": "http://localhost", "user": "eve", "key": "another-key", "new": "1"}
    assert found.secrets == ("another-key",)


def test_definitions_need_no_file(tmp_path: Path) -> None:
    """They are known to a project without config.ini."""
    assert dict(_found(tmp_path, Choice(defined={"a": "b"}), None).user) == {"a": "b"}


def test_definitions_leave_an_error_as_it_is(tmp_path: Path) -> None:
    """Where [user] is not a section, that is what is told."""
    with pytest.raises(ProjectError, match="must be a section"):
        _found(tmp_path, Choice(defined={"a": "b"}), "user = x")


def test_the_options_of_a_choice() -> None:
    """They choose the same again."""
    assert Choice("staging", {"a": "1", "b": "x y"}).options == ("--env", "staging", "-D", "a=1", "-D", "b=x y")
    assert Choice().options == ()
