"""JUnit reports: behave's own, with what was undefined, files that cannot be used, and the exchange of a failure."""

import re
from collections.abc import Set
from datetime import datetime
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

from behave.reporter.junit import CDATA, ElementTreeWithCDATA, FeatureReportData, JUnitReporter, gethostname

from apitest.errors import UsageError
from apitest.events import Failure
from apitest.redaction import redact
from apitest.report.exchange import exchange_lines
from apitest.report.failure import failure_lines
from apitest.report.style import Style
from apitest.runner.model import Config, Feature, Reporter, Scenario, Step

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")
_PLAIN = Style(color=False, unicode=True, width=120)


class JUnitReport(JUnitReporter):  # type: ignore[misc]  # behave ships no types
    """Writes a file a feature into the directory that --junit-directory names.

    Args:
        config: behave's.
        secrets: no report shows them.

    Raises:
        UsageError: the directory cannot be made.
    """

    def __init__(self, config: Config, secrets: Set[str]) -> None:
        super().__init__(config)
        self._secrets = secrets
        self._directory = Path(config.junit_directory)
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._refused(error) from None

    def _refused(self, error: OSError) -> UsageError:
        told = f"JUnit reports cannot be written: {error.strerror or error}"
        return UsageError(told, str(self._directory), "Name another directory with --junit-directory")

    def feature(self, feature: Feature) -> None:
        """Writes the report of a feature that has run.

        Mirrors JUnitReporter.feature. Differs: no text makes the file anything but well-formed XML.

        Raises:
            UsageError: the file cannot be written.
        """
        if feature.status.name == "skipped" and not self.show_skipped:
            return
        name = self.make_feature_filename(feature)
        report = FeatureReportData(feature, name)
        self._process_run_items_for(feature, report)
        counts = (report.counts_tests, report.counts_errors, report.counts_failed, report.counts_skipped)
        self._save(name, f"{name}.{feature.name or name}", report.testcases, counts, feature.duration)

    def fail_file(self, uri: str, failure: Failure) -> None:
        """Writes that a file, or code of the whole run, cannot be used.

        Raises:
            UsageError: the file cannot be written.
        """
        name = _NOT_IN_NAMES.sub(".", self._below(uri).removesuffix(".feature"))
        case = ElementTree.Element("testcase", classname=name, name=uri, status="error", time="0")
        failure = redact(failure, self._secrets)
        error = ElementTree.SubElement(case, "error", type=failure.kind, message=failure.problem)
        error.append(CDATA("\n".join(failure_lines(failure, _PLAIN, _PLAIN.width, full=True))))
        self._save(name, name, [case], (1, 1, 0, 0), 0.0)

    def _below(self, uri: str) -> str:
        """A file's name without the path that was asked for, as the names of other reports are made."""
        return next((uri[len(path) + 1 :] for path in self.config.paths if uri.startswith(f"{path}/")), uri)

    def _save(
        self,
        file: str,
        name: str,
        cases: list[ElementTree.Element],
        counts: tuple[int, int, int, int],
        seconds: float,
    ) -> None:
        suite = ElementTree.Element("testsuite", name=name)
        for key, number in zip(("tests", "errors", "failures", "skipped"), counts, strict=True):
            suite.set(key, str(number))
        suite.set("time", str(round(seconds, 6)))
        if self.show_timestamp:
            suite.set("timestamp", datetime.now().isoformat())
        if self.show_hostname:
            suite.set("hostname", gethostname())
        suite.extend(cases)
        for element in suite.iter():
            for key, value in element.attrib.items():
                element.set(key, _NOT_IN_XML.sub("\ufffd", value))
            element.text = element.text and _NOT_IN_XML.sub("\ufffd", element.text)
        try:
            with (self._directory / f"TESTS-{file}.xml").open("wb") as stream:
                ElementTreeWithCDATA(suite).write(stream, "UTF-8")
        except OSError as error:
            raise self._refused(error) from None

    def _make_problem_description_for(
        self, element_name: str, scenario: Scenario, step: Step | None
    ) -> ElementTree.Element:
        """Mirrors that of JUnitReporter. Differs: what was undefined is told, and what was sent and received."""
        element: ElementTree.Element = super()._make_problem_description_for(element_name, scenario, step)
        failure = cast(Failure | None, redact(getattr(step, "failure", None), self._secrets))
        if failure is None:
            return element
        (text,) = element
        lines = (text.text or "").split("\n")
        if step is not None and step.exception is None:  # an undefined step
            element.set("type", failure.kind)
            element.set("message", failure.problem)
            lines = [*lines[:-1], *failure_lines(failure, _PLAIN, _PLAIN.width)]
        if failure.exchange is not None:
            lines += ["", *exchange_lines(failure.exchange, _PLAIN, _PLAIN.width, full=True)]
        text.text = "\n".join(lines)
        return element


def reporters(config: Config, secrets: Set[str]) -> list[Reporter]:
    """Behave's reporters that a configuration asks for, with ours for JUnit in the place of behave's.

    Raises:
        UsageError: the directory for JUnit reports cannot be made.
    """
    return [JUnitReport(config, secrets) if isinstance(one, JUnitReporter) else one for one in config.reporters]
