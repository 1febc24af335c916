"""What a mutant is: a module with one small mistake, such as a comparison turned round or a ``not`` left out."""

import ast
from collections.abc import Callable, Iterator
from typing import NamedTuple

_TURNED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_SWAPPED: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
_TYPES = ("annotation", "returns", "decorator_list", "type_params")  # fields that hold no behaviour of a function
_NAMED = (ast.FunctionDef, ast.ClassDef)


class Mutation(NamedTuple):
    """One small mistake.

    Attributes:
        line: where in the file.
        function: the function that it is in, with its classes; empty at the top of the module.
        change: what was there and what is there now.
        tree: the module with the mistake in it.
    """

    line: int
    function: str
    change: str
    tree: ast.Module


class _Change(NamedTuple):
    """A change that can be made to a tree: of a node, to another one that takes its place."""

    node: ast.AST
    function: str
    to: ast.AST
    make: Callable[[ast.AST], None]


def mutations(source: str) -> Iterator[Mutation]:
    """Every mutation of a module, each in a tree of its own."""
    for number in range(sum(1 for _ in _changes(ast.parse(source), ""))):
        tree = ast.parse(source)
        change = next(each for place, each in enumerate(_changes(tree, "")) if place == number)
        told = f"{_shown(change.node)} -> {_shown(change.to)}"
        change.make(change.to)
        yield Mutation(getattr(change.node, "lineno", 0), change.function, told, ast.fix_missing_locations(tree))


def _shown(node: ast.AST) -> str:
    if isinstance(node, ast.If):
        return f"if {_shown(node.test)}"
    return " ".join(ast.unparse(node).split())


def _changes(node: ast.AST, function: str) -> Iterator[_Change]:
    """What can be changed below a node."""
    for name, value in ast.iter_fields(node):
        if name in _TYPES or (isinstance(node, ast.Expr) and isinstance(value, ast.Constant)):  # a docstring
            continue
        for place, child in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(child, ast.AST) or _is_for_readers(child):
                continue
            inner = f"{function}.{child.name}".lstrip(".") if isinstance(child, _NAMED) else function
            make = _into_list(value, place) if isinstance(value, list) else _into_field(node, name)
            yield from (_Change(child, inner, other, make) for other in _others(child))
            yield from _changes(child, inner)


def _into_list(nodes: list[ast.AST], place: int) -> Callable[[ast.AST], None]:
    return lambda other: nodes.__setitem__(place, other)


def _into_field(node: ast.AST, name: str) -> Callable[[ast.AST], None]:
    return lambda other: setattr(node, name, other)


def _is_for_readers(node: ast.AST) -> bool:
    """Whether a statement imports something, or says what a reader or a type checker has to know."""
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.Import | ast.ImportFrom | ast.Assert)


def _others(node: ast.AST) -> Iterator[ast.AST]:
    """What can stand in the place of a node by a mistake."""
    match node:
        case ast.Compare(left, operators, values):
            for place, operator in enumerate(operators):
                for other in _TURNED[type(operator)]:
                    yield ast.Compare(left, [*operators[:place], other(), *operators[place + 1 :]], values)
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
        case ast.BinOp(left, operator, right) if type(operator) in _SWAPPED and not _is_text(node):
            yield ast.BinOp(left, _SWAPPED[type(operator)](), right)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() as value):
            yield ast.Constant(value + 1)
        case ast.If(test, body, orelse) if not isinstance(test, ast.Compare | ast.UnaryOp | ast.BoolOp):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.Return(ast.Compare() | ast.BoolOp() | ast.UnaryOp(ast.Not()) as value):
            yield ast.Return(ast.UnaryOp(ast.Not(), value))
        case ast.Expr(ast.Call()) | ast.Raise():
            yield ast.Pass()


def _is_text(node: ast.BinOp) -> bool:
    """Whether what is added is text, which cannot be subtracted."""
    parts = (node.left, node.right)
    return any(isinstance(part, ast.JoinedStr) or isinstance(getattr(part, "value", None), str) for part in parts)
