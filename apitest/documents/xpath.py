"""XPaths: what they find in an XML document, and how they put text into one."""

import itertools
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from lxml import etree

from apitest.documents.display import show, visible
from apitest.documents.xml import parse, same_xml, serialise
from apitest.documents.xpath_patterns import FUNCTIONS
from apitest.errors import BadValue, CheckFailed
from apitest.expressions import expression
from apitest.language.shortening import cut
from apitest.language.suggestions import did_you_mean, near_misses

__all__ = ["assign", "parse", "same_xml", "select", "serialise", "texts", "value"]

_SENTENCE = 'Given namespace prefix "{}" of "{}"'
_PREFIXED = expression(r"(?<![\w.:-])([A-Za-z_][\w.-]*):(?=[A-Za-z_*])(?!:)")
_QUOTED = expression(r"\"[^\"]*\"|'[^']*'")
_BRACKETED = expression(r"\[[^\[\]]*\]|\([^()]*\)")
_CONDITION = expression(r"\[[^\[\]]*\]")
_NAMES_SHOWN = 12  # elements that a message names
_STRING = etree.XPath("string()")


def select(document: etree._Element, xpath: str, namespaces: Mapping[str, str] | None = None) -> Sequence[object]:
    """Everything that an XPath finds, in document order; a number, bool or string that it computes is the only item.

    Args:
        document: an element; absolute paths start at the root of its document.
        xpath: XPath 1.0.
        namespaces: what each prefix in the path stands for.

    Raises:
        BadValue: the path is malformed, or has a prefix that is not declared.
    """
    try:
        found = _compiled(xpath, tuple((namespaces or {}).items()))(document)
    except (etree.XPathError, ValueError) as error:
        raise _unusable(xpath, namespaces or {}, error, document) from None
    return found if isinstance(found, list) else [found]


def value(document: etree._Element, xpath: str, namespaces: Mapping[str, str] | None = None, where: str = "") -> str:
    """The text of the first thing that an XPath finds.

    Raises:
        CheckFailed: it finds nothing; says how far the path leads and what is there.
        BadValue: the path is malformed, or has a prefix that is not declared.
    """
    found = select(document, xpath, namespaces)
    if not found:
        raise absent(document, xpath, namespaces or {}, where)
    return text(found[0])


def absent(document: etree._Element, xpath: str, namespaces: Mapping[str, str], where: str) -> CheckFailed:
    """The error for an XPath that finds nothing: how far it leads, and what is there."""
    problem, fix = _absent(document, xpath, namespaces)
    return CheckFailed(problem, where, fix)


def elsewhere(document: etree._Element, xpath: str, namespaces: Mapping[str, str]) -> str:
    """What to write where an XPath finds nothing, but would with an element's namespace; else empty."""
    holders, step = _followed(document, xpath, namespaces)
    name = re.split(r"\[", step.lstrip("/"))[0].rpartition("::")[2]
    return "" if name.startswith("@") else _namespace_hint(name, _candidates(document, holders, step), namespaces)


def texts(document: etree._Element, xpath: str, namespaces: Mapping[str, str] | None = None) -> list[str]:
    """The text of everything that an XPath finds.

    Raises:
        BadValue: the path is malformed, or has a prefix that is not declared.
    """
    return [text(found) for found in select(document, xpath, namespaces)]


def assign(
    document: etree._Element, xpath: str, namespaces: Mapping[str, str] | None, text: str, where: str = ""
) -> None:
    """Sets the text of every element, attribute or text that an XPath finds.

    Raises:
        BadValue: it finds nothing, or what has no text to set; the text has a character that XML cannot hold; the
            path is malformed, or has a prefix that is not declared.
    """
    found = select(document, xpath, namespaces)
    if not found:
        problem, fix = _absent(document, xpath, namespaces or {})
        raise BadValue(problem, where, fix)
    for target in found:
        try:
            _set_text(target, text, xpath, where)
        except ValueError:
            problem = f"XML cannot hold all characters of {show(text)}"
            raise BadValue(problem, where, "Take the control characters away.") from None


def text(found: object) -> str:
    """The text of what an XPath found, as XPath's own string() gives it."""
    if isinstance(found, etree._Element):
        return str(_STRING(found)) if len(found) else found.text or ""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, float):
        return str(int(found)) if found.is_integer() else repr(found)
    return str(found[1] or "") if isinstance(found, tuple) else str(found)  # namespace::* gives tuples


def _set_text(target: object, text: str, xpath: str, where: str) -> None:
    if isinstance(target, etree._Element):
        if not any(isinstance(child.tag, str) for child in target):
            del target[:]  # comments, and the text that follows them
        target.text = text
        return
    if not isinstance(target, etree._ElementUnicodeResult) or (parent := target.getparent()) is None:
        raise BadValue(f"{_named(xpath)} must find an element or attribute, not {show(target)}", where)
    if target.is_attribute:
        parent.set(str(target.attrname), text)
    elif target.is_tail:
        parent.tail = text
    else:
        parent.text = text


@lru_cache(maxsize=1024)
def _compiled(xpath: str, namespaces: tuple[tuple[str, str], ...]) -> etree.XPath:
    declared = {prefix: namespace for prefix, namespace in namespaces if prefix and namespace}
    return etree.XPath(xpath, namespaces=declared, extensions=FUNCTIONS, regexp=False)


def _named(xpath: str) -> str:
    return f'The XPath "{cut(visible(xpath))}"'


def _unusable(xpath: str, namespaces: Mapping[str, str], error: Exception, document: etree._Element) -> BadValue:
    used = dict.fromkeys(_PREFIXED.findall(_QUOTED.sub("''", xpath)))
    undeclared = [prefix for prefix in used if prefix not in namespaces and prefix != "xml"]
    if str(error) == "Undefined namespace prefix" and undeclared:
        return _undeclared(xpath, undeclared[0], namespaces, document)
    excerpt = ""
    if isinstance(error, etree.XPathSyntaxError):
        column = error.error_log[0].column
        excerpt = f"{visible(xpath)}\n{' ' * len(visible(xpath[:column]))}^"
    return BadValue(f"{_named(xpath)} cannot be used: {str(error)[:1].lower()}{str(error)[1:]}", excerpt=excerpt)


def _undeclared(xpath: str, prefix: str, namespaces: Mapping[str, str], document: etree._Element) -> BadValue:
    in_document = (element.nsmap.get(prefix) for element in document.getroottree().iter(etree.Element))
    namespace = next(filter(None, in_document), "…")
    declared = ", ".join(f"{name} ({declared})" for name, declared in namespaces.items())
    fix = [
        did_you_mean(near_misses(prefix, namespaces)),
        f"Declared: {declared}" if declared else "None is declared yet.",
        f"Declare it with: {_SENTENCE.format(prefix, namespace)}",
    ]
    problem = f'{_named(xpath)} has the prefix "{prefix}", which is not declared'
    return BadValue(problem, fix="\n".join(filter(None, fix)))


def _absent(document: etree._Element, xpath: str, namespaces: Mapping[str, str]) -> tuple[str, str]:
    """What is wrong, and what is there, where an XPath finds nothing."""
    holders, step = _followed(document, xpath, namespaces)
    reached = f" below {_label(holders[0], namespaces)}" if holders else ""
    problem = f"{_named(xpath)} finds nothing: there is no {cut(visible(step.lstrip('/')))}{reached}"
    name = re.split(r"\[", step.lstrip("/"))[0].rpartition("::")[2]
    if name.startswith("@"):
        keys = [
            f"@{_label_of_key(key, element, namespaces)}" for element in holders for key in map(str, element.attrib)
        ]
        return problem, _names_there(name, keys)
    inside = _candidates(document, holders, step)
    names = _names_there(name, [_label(element, namespaces) for element in inside])
    hint = _without_conditions(document, xpath, namespaces) or _namespace_hint(name, inside, namespaces)
    return problem, hint or names


def _without_conditions(document: etree._Element, xpath: str, namespaces: Mapping[str, str]) -> str:
    """What to say where the elements are there, and only a condition in brackets rules them out."""
    bare = _CONDITION.sub("", xpath)
    try:
        found = select(document, bare, namespaces) if bare != xpath else []
    except BadValue:  # brackets within brackets or quotes: not worth more
        found = []
    return f"Without its conditions it finds {len(found)}, the first one {show(text(found[0]), 60)}." if found else ""


def _followed(document: etree._Element, xpath: str, namespaces: Mapping[str, str]) -> tuple[list[etree._Element], str]:
    """The elements that the longest beginning of a path finds, none if that is none, and the step after it."""
    steps = _steps(xpath)
    for end in range(len(steps) - 1, 0, -1):
        try:
            found = select(document, "".join(steps[:end]), namespaces)
        except BadValue:  # half of a union, say, is not a path
            continue
        if elements := [item for item in found if isinstance(item, etree._Element)]:
            return elements, steps[end]
    return [], steps[0]


def _steps(xpath: str) -> list[str]:
    """A path cut ahead of its slashes; those in quotes, brackets and parentheses do not count."""
    hidden = _QUOTED.sub(lambda found: "'" * len(found[0]), xpath)
    while (plain := _BRACKETED.sub(lambda found: "'" * len(found[0]), hidden)) != hidden:
        hidden = plain
    cuts = sorted({0, *(found.start() for found in re.finditer("/+", hidden)), len(xpath)})
    return [xpath[start:end] for start, end in itertools.pairwise(cuts)]


def _candidates(document: etree._Element, holders: list[etree._Element], step: str) -> list[etree._Element]:
    """The elements among which a step looks for its name."""
    root = document.getroottree().getroot()
    if step.startswith("/") and not step.startswith("//"):
        return [child for holder in holders for child in holder.iterchildren(etree.Element)] if holders else [root]
    return [element for holder in holders or [root] for element in holder.iter(etree.Element)]


def _namespace_hint(name: str, inside: list[etree._Element], namespaces: Mapping[str, str]) -> str:
    """What to write where an element has the right name in another namespace: the commonest slip of all."""
    prefix, _, local = name.rpartition(":")
    found = next((element for element in inside if etree.QName(element).localname == local), None)
    if found is None:
        return ""
    namespace: str | None = etree.QName(found).namespace
    if namespace is None:
        return f"{local} is there, in no namespace: write it without a prefix." if prefix else ""
    if namespace == namespaces.get(prefix):
        return ""
    if known := _prefix_of(namespace, namespaces):
        return f"{local} is there, in the namespace of {known}: write {known}:{local}."
    prefix = found.prefix if found.prefix and found.prefix not in namespaces else "ns"
    sentence = _SENTENCE.format(prefix, namespace)
    return f"{local} is there, in another namespace: write {prefix}:{local}, with\n{sentence}"


def _names_there(name: str, there: list[str]) -> str:
    names = list(dict.fromkeys(there))
    if not names:
        return ""
    more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
    question = did_you_mean(near_misses(name, names))
    return "\n".join(filter(None, [question, f"There: {', '.join(names[:_NAMES_SHOWN])}{more}"]))


def _prefix_of(namespace: str, namespaces: Mapping[str, str]) -> str:
    return next((prefix for prefix, declared in namespaces.items() if declared == namespace), "")


def _label(element: etree._Element, namespaces: Mapping[str, str]) -> str:
    """An element's name as an XPath would write it, with the document's prefix where none is declared."""
    return _label_of_key(str(element.tag), element, namespaces)


def _label_of_key(key: str, element: etree._Element, namespaces: Mapping[str, str]) -> str:
    namespace, _, local = key.removeprefix("{").rpartition("}")
    prefix = _prefix_of(namespace, namespaces) if namespace else ""
    if namespace and not prefix:
        prefix = _prefix_of(namespace, {name or "": declared for name, declared in element.nsmap.items()})
    return f"{prefix}:{local}" if prefix else local
