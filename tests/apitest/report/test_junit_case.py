"""A scenario as a test case of JUnit's."""

from lxml import etree

from apitest.events import FeatureStarted, ScenarioFinished, ScenarioStarted, StepFinished
from apitest.report import junit_case
from apitest.report.scenarios import Broken, Told
from tests.apitest.report import samples

FEATURE = FeatureStarted("a.feature", 1, "F", ())


def told(status: str, *steps: StepFinished, name: str = "S", attempt: int = 1) -> Told:
    """A scenario."""
    began = ScenarioStarted("a.feature", 3, name, (), 0.0, 1, attempt)
    return Told(FEATURE, began, list(steps), ScenarioFinished("a.feature", 3, name, status, 0.5, None))


def case(one: Told, *tries: Told) -> etree._Element:
    """Its test case."""
    return etree.fromstring(junit_case.case(one, "a.F", tries))


def test_names_that_are_not_xml() -> None:
    """The report is well-formed whatever a name or an error holds."""
    evil = 'a\x00\x1b\ufffe\ud800<&"]]>\u202e'
    step = samples.step("Then", evil, 4, "error", failure=samples.OWN_CODE._replace(problem=evil))
    made = case(told("error", step, name=evil))
    assert made.get("name") == 'a\\x00\\x1b\ufffd\ufffd<&"]]>\\u202e'
    assert made[0].get("message") == made.get("name")


def test_tries_before_one_that_passed() -> None:
    """They are flaky failures; before one that did not they are reruns."""
    failed = told("failed", samples.step("Then", "x", 4, "failed", failure=samples.CHECK))
    passed = case(told("passed"), failed)
    assert [part.tag for part in passed] == ["flakyFailure"]
    assert "The value at /customer/name is another" in (passed[0].findtext("stackTrace") or "")
    again = case(failed, told("error"))
    assert [part.tag for part in again] == ["failure", "rerunError", "system-out"]


def test_one_that_did_not_run() -> None:
    """It is skipped, with its state; a dry run tells what is undefined."""
    skipped = case(told("skipped"))
    assert (skipped[0].tag, skipped[0].get("message")) == ("skipped", "skipped")
    undefined = samples.step("When", "x", 4, "untested_undefined", failure=samples.UNDEFINED)
    assert case(told("untested", undefined))[0].get("message") == "Undefined step: the URL is envoked"


def test_what_belongs_to_no_scenario() -> None:
    """A broken file is an error of its own."""
    made = etree.fromstring(junit_case.broken_case(Broken("b.feature", samples.BROKEN_FILE), "b"))
    assert (made[0].tag, made[0].get("type")) == ("error", "FeatureFileError")
    assert "at features/broken.feature:3" in (made[0].text or "")
