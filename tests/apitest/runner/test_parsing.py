"""Reading .feature files."""

from pathlib import Path

import pytest
from behave.i18n import languages
from behave.model_type import FileLocation
from behave.parser import Parser
from hypothesis import given
from hypothesis import strategies as st

from apitest.errors import FeatureFileError
from apitest.runner.parsing import LeanParser, LeanStep, Reader, features, parse, shown

READER = Reader(None, lambda text: False)
HEAD = "Feature: F\n  Scenario: S\n    Given x\n"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A .feature file in the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "a.feature"


def error_of(path: Path, text: str | bytes) -> FeatureFileError:
    """What is wrong with a file that holds this."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(FeatureFileError) as raised:
        parse(str(path), None)
    return raised.value


class TestWhatIsRead:
    """Files that are in order."""

    @pytest.mark.parametrize("text", [HEAD, HEAD.replace("\n", "\r\n"), "\ufeff" + HEAD, HEAD.replace("    ", "\t")])
    def test_line_ends_and_marks(self, path: Path, text: str) -> None:
        """Windows' line ends, a byte order mark and tabs make no difference."""
        path.write_bytes(text.encode())
        feature = parse(str(path), None)
        assert feature is not None
        (scenario,) = feature.scenarios
        assert [(step.name, step.line) for step in scenario.steps] == [("x", 3)]

    def test_a_very_long_line(self, path: Path) -> None:
        """A megabyte of a sentence is one."""
        path.write_text(HEAD.replace("x", "x" * 1_000_000))
        feature = parse(str(path), None)
        assert feature is not None
        assert len(feature.scenarios[0].steps[0].name) == 1_000_000

    def test_a_file_without_a_feature(self, path: Path) -> None:
        """There is nothing in it, and no error."""
        path.write_text("# a comment\n")
        assert parse(str(path), None) is None

    def test_steps_are_those_of_behave(self) -> None:
        """In every language each keyword makes the step that behave's own parser makes."""
        for language, known in languages.items():
            keywords = [keyword for kind in ("given", "when", "then", "and", "but") for keyword in known[kind]]
            text = "\n".join(f"{keyword}{words}" for keyword in keywords for words in ("x y", "  z", "X"))
            text = f"{known['given'][-1]}first\n{text}\n{text.lower()}"
            lean, plain = (
                [(step.keyword, step.step_type, step.name) for step in parser.parse_steps(text)]
                for parser in (LeanParser(language), Parser(language, "steps"))
            )
            assert lean == plain, language

    @given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=60))
    def test_sentences_are_those_of_behave(self, text: str) -> None:
        """Whatever stands after a keyword, both parsers read the same sentence."""
        line = f"Given a{text}".splitlines()[0]
        lean, plain = (parser.parse_steps(line)[0] for parser in (LeanParser("en"), Parser("en", "steps")))
        assert (lean.keyword, lean.step_type, lean.name) == (plain.keyword, plain.step_type, plain.name)

    def test_a_language_is_kept_for_its_file(self, path: Path) -> None:
        """The next file's keywords are its own."""
        path.write_text("# language: de\nFunktionalität: F\n  Szenario: S\n    Angenommen x\n    Und y\n", "utf-8")
        feature = parse(str(path), None)
        assert feature is not None
        assert [step.step_type for step in feature.scenarios[0].steps] == ["given", "given"]
        path.write_text(HEAD)
        assert parse(str(path), None) is not None


class TestSteps:
    """The lean step."""

    def test_captured_output_is_there_when_asked_for(self) -> None:
        """It is made then, and forgotten at a reset."""
        step = LeanStep("a.feature", 1, "Given", "given", "x")
        assert "_captured" not in vars(step)
        step.reset()
        assert not step.captured.has_output()
        step.reset()
        assert step.capture_sink is step.capture_sink

    def test_it_has_no_other_attributes_than_behaves(self) -> None:
        """An unknown one is an error."""
        with pytest.raises(AttributeError, match="nothing"):
            _ = LeanStep("a.feature", 1, "Given", "given", "x").nothing


class TestWhatIsWrong:
    """Files that are not."""

    @pytest.mark.parametrize(
        ("text", "line", "problem"),
        [
            ("nonsense\n", 1, "A feature file must start with Feature:"),
            (HEAD + "    nonsense\n", 4, "This line is not a step"),
            (HEAD + "    | a | b |\n    | 1 |\n", 5, "This row does not have as many cells"),
            (HEAD + "    | a | b |\n    | 1 | 2\n", 5, "A row of a table must end with |"),
            (HEAD + "    |\n", 4, "A row of a table must end with |"),
            (HEAD + '    """\n    text\n', 4, "The doc string that starts here is not closed"),
            (HEAD + '    """\n  text\n    """\n', 5, "A line of the doc string starts left of the quotes"),
            (HEAD + '      """\n      text\n    When y\n', 4, "The doc string that starts here is not closed"),
            (HEAD + '    """\n    text\n  Scenario: T\n', 4, "The doc string that starts here is not closed"),
            (HEAD + "    ```\n    text\n    ```\n", 4, "This line is not a step"),
            (HEAD + "    Examples:\n      | a |\n", 4, "Examples: must follow the steps of a Scenario Outline"),
            ("Feature: F\n  Scenario: S\n    And x\n", 3, "And must follow a Given, When or Then"),
            ("Feature: F\n  Scenario: S\n    But x\n", 3, "But must follow a Given, When or Then"),
            ("Feature: F\n  @tag word\n  Scenario: S\n", 2, "Every word of a line of tags must start with @"),
            ("Feature: F\n  Scenario Outline: S\n    Given <a>\n    Examples: E\n", 4, "Examples must have a table"),
            ("Feature: F\n  Rule: R\n    Scenario Outline: S\n      Given <a>\n      Examples:\n", 5, "Examples must"),
        ],
    )
    def test_gherkin(self, path: Path, text: str, line: int, problem: str) -> None:
        """The problem is told in words, with its line and that line's text."""
        error = error_of(path, text)
        assert error.problem.startswith(problem)
        assert error.where == f"a.feature:{line}"
        assert error.excerpt == text.splitlines()[line - 1].strip()
        assert error.fix

    def test_a_language_that_nobody_speaks(self, path: Path) -> None:
        """The command that shows all languages is named."""
        error = error_of(path, "# language: xx\nFeature: F\n")
        assert error.problem == "Unknown language 'xx' in the first line"
        assert error.where == "a.feature:1"

    @pytest.mark.parametrize("content", [b"Feature: \xe9\n", "Feature: F\n".encode("utf-16")])
    def test_other_encodings(self, path: Path, content: bytes) -> None:
        """The byte that is not UTF-8 is named."""
        assert error_of(path, content).problem.startswith("The file is not UTF-8 text: byte ")

    def test_what_is_no_file(self, path: Path) -> None:
        """A directory, or a link to nothing, cannot be read."""
        path.mkdir()
        with pytest.raises(FeatureFileError, match="cannot be read: Is a directory"):
            parse(str(path), None)
        with pytest.raises(FeatureFileError, match="cannot be read: No such file"):
            parse(str(path / "nothing"), None)


class TestSelection:
    """Files and places, one after the other."""

    def test_places_in_one_file(self, path: Path) -> None:
        """Scenarios outside of them are marked as skipped."""
        path.write_text(HEAD + "  Scenario: T\n    Given y\n  Scenario: U\n    Given z\n")
        (feature,) = features([FileLocation(str(path), 3), FileLocation(str(path), 6)], READER)
        assert not isinstance(feature, tuple)
        assert [scenario.should_skip for scenario in feature.scenarios] == [False, True, False]

    def test_a_file_that_cannot_be_parsed(self, path: Path) -> None:
        """Its name and its error come in its place; so do those of a file without a feature."""
        path.write_text("nonsense")
        empty, good = path.with_name("b.feature"), path.with_name("c.feature")
        empty.write_text("")
        good.write_text(HEAD)
        places = [FileLocation(str(each)) for each in (path, empty, good)]
        failed, nothing, feature = features(places, READER)
        assert isinstance(failed, tuple)
        assert failed[0] == "a.feature"
        assert isinstance(nothing, tuple)
        assert nothing[1].problem == "The file has no feature: nothing of it runs"
        assert not isinstance(feature, tuple)
        assert feature.name == "F"

    def test_a_line_that_is_not_there(self, path: Path) -> None:
        """It is an error, or something to tell where the reader is lenient."""
        path.write_text(HEAD)
        told: list[str] = []
        ((name, error),) = features([FileLocation(str(path), 9)], READER)  # type: ignore[misc]  # an error
        assert (name, error.where, error.fix) == ("a.feature", "a.feature:9", "Scenarios start at lines 2")
        (feature,) = features([FileLocation(str(path), 9)], READER._replace(lenient=told.append))
        assert not isinstance(feature, tuple)
        assert told == ["a.feature:9: There is no line 9: a.feature has 3. Scenarios start at lines 2"]


def test_paths_are_shown_as_people_read_them(path: Path) -> None:
    """Relative ones stay; what leads out of the working directory is shown whole."""
    assert shown("features/a.feature") == "features/a.feature"
    assert shown("../a.feature") == str(path.parent.parent / "a.feature")
