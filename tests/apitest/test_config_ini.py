"""Reading config.ini, and what is said of names in it that mean nothing."""

from pathlib import Path

import pytest

from apitest import config_ini
from apitest.errors import ProjectError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A config.ini."""
    return tmp_path / "config.ini"


def check(path: Path, text: str, *, old: bool = False) -> tuple[str, ...]:
    """What is told of a file with this text."""
    path.write_text(text)
    return config_ini.check(config_ini.read(path), path, old)


@pytest.mark.parametrize(
    ("text", "line", "excerpt"),
    [("[user]\na = 1\nnonsense\n", 3, "nonsense"), ("[user\n", 1, "[user"), ("[user]\na=1\na=2\n", 3, "a=2")],
)
def test_a_malformed_file(path: Path, text: str, line: int, excerpt: str) -> None:
    """It is an error with the line and what stands there."""
    path.write_text(text)
    with pytest.raises(ProjectError) as caught:
        config_ini.read(path)
    assert caught.value.problem.startswith("config.ini cannot be read: ")
    assert " at line" not in caught.value.problem
    assert (caught.value.where, caught.value.excerpt) == (f"{path}:{line}", excerpt)


def test_a_file_that_is_not_text(path: Path) -> None:
    """Bytes that are not UTF-8 are told, with the file."""
    path.write_bytes(b"[user]\na = \xff\xfe\xfa\n")
    with pytest.raises(ProjectError) as caught:
        config_ini.read(path)
    assert caught.value.where == str(path)


def test_what_is_known(path: Path) -> None:
    """Nothing is told of it, whatever [user], [secrets] and [vault] hold."""
    text = "[user]\nx = 1\n[secrets]\ny = 2\n[vault]\nz = 3\n[[default]]\na = 1\n"
    text += "[behave]\noptions =\n[apitest]\naddress = a\nrequests = fresh\nresponse_limit = 1\nstrict = True\n"
    assert check(path, text) == ()


@pytest.mark.parametrize(
    ("text", "line", "problem", "fix"),
    [
        ("[user]\nstrct = 1\n[apitest]\nstrct = True\n", 4, "[apitest] has no setting strct", "Did you mean strict?"),
        ("[apitest]\nxyzzy = 1\n", 2, "[apitest] has no setting xyzzy", "It has address, requests"),
        ("[behave]\n'option' = --stop\n", 2, "[behave] has no setting option", "Did you mean options?"),
        ("[usr]\na = 1\n", 1, "apitest does not use the section [usr]", "Did you mean [user]?"),
        ("address = a\n[user]\n", 1, "address stands above all sections", "Write it below [user]"),
    ],
)
def test_a_name_that_does_not_exist(path: Path, text: str, line: int, problem: str, fix: str) -> None:
    """It is an error with the line and what was probably meant, in an old project something to tell."""
    with pytest.raises(ProjectError) as caught:
        check(path, text)
    assert caught.value.problem == problem
    assert caught.value.where == f"{path}:{line}"
    assert caught.value.fix.startswith(fix)
    (told,) = check(path, text, old=True)
    assert told.startswith(f"{path}:{line}: {problem}. {fix}")


def test_a_section_of_ones_own(path: Path) -> None:
    """It may be for the project's own Python, so it is only told."""
    (told,) = check(path, "\n[my settings]\na = 1\n")
    assert told.startswith(f"{path}:2: apitest does not use the section [my settings]. The sections are [apitest], ")


@pytest.mark.parametrize("section", config_ini.SECTIONS)
def test_one_that_nobody_reads(tmp_path: Path, section: str) -> None:
    """A config.ini beside the features is told of if it has a section of ours, be it valid or not."""
    path, beside = tmp_path / "features/config.ini", tmp_path / "config.ini"
    assert config_ini.overlooked(path, beside) is None
    beside.write_text(f"nonsense\n  [ {section} ]\n")
    found = config_ini.overlooked(path, beside)
    assert found is not None and (found.where, found.fix) == (str(beside), f"Move it to {path}")
    assert config_ini.overlooked(beside, beside) is None
    beside.write_text(f"# [{section}]\n[{section}s]\n")
    assert config_ini.overlooked(path, beside) is None
