"""What each predicate has to say of which values: the rows that probes are generated from."""

from typing import Any, NamedTuple

UUID4 = "8f8a3c1e-5d2b-4c7f-9a66-0f6f5a0b7c11"
UUID1 = "c232ab00-9414-11ec-b3c8-9f6bdeced846"
ORDERS = [{"id": 1, "s": "new"}, {"id": 2, "s": "paid"}]


class Case(NamedTuple):
    """A predicate with its arguments, values that it holds for, and near misses that it must fail for."""

    said: str
    holds: list[Any]
    fails: list[Any]


CASES = [
    # equality
    Case('is "Maria"', ["Maria"], ["maria", "Maria ", " Maria", "Mari", "Mariaa", "", None, ["Maria"], {"a": "Maria"}]),
    Case('is "5"', ["5"], [5, 5.0, "5.0", "05", " 5", None, [5], True]),
    Case('is "true"', ["true"], [True, "True", 1, None]),
    Case('is "null"', ["null"], [None, "", "NULL"]),
    Case('is ""', [""], [" ", None, [], {}, 0, False]),
    Case('is not "Maria"', ["maria", "Mari", "", 5, None, ["Maria"]], ["Maria"]),
    Case('is not "5"', ["6", 6, "5.0", "", None, [5]], ["5", 5, 5.0]),
    Case('is not "5.0"', ["5", "6", 6, None], ["5.0", 5, 5.0]),
    Case('is not "False"', ["false", True, 0, None], ["False", False]),
    Case('is not "None"', ["", "null", 0], ["None", None]),
    Case('is not "[1, "a"]"', [[1], ["a", 1], {}, "", None], ['[1, "a"]', [1, "a"], [1.0, "a"]]),
    Case('is not "true"', ["True", False, 1], ["true", True]),
    Case('is not "True"', ["true", False, 1], ["True", True]),
    Case('is not "null"', ["", "none", 0], ["null", None]),
    Case('is a string "5"', ["5"], [5, 5.0, "5 ", "", None, ["5"]]),
    Case('is not a string "5"', [5, 5.0, "6", None], ["5"]),
    Case('is "5" (with literal_eval)', [5, 5.0], ["5", 6, True, None, [5]]),
    Case("is \"[1, 'a', None]\" (with literal_eval)", [[1, "a", None]], [[1, "a"], ["a", 1, None], [1, "a", ""], "x"]),
    Case('is an integer "17"', [17], [17.5, 18, -17, 17.0, True, None, "x", [17]]),
    Case('is an integer "-7"', [-7], [7, -8, "x", None]),
    Case('is an integer "1"', [1], [True, 1.5, 0, 2, "one", None]),
    Case('is an integer "0"', [0], [False, None, "", 1, []]),
    Case('is a float "29.90"', [29.9], [29.91, 29, 30, None, "x", True]),
    Case('is a float "1"', [1, 1.0], [True, 2, 1.5, None, "one"]),
    Case("is True", [True], [False, 1, 0, None, "x", "yes", [True]]),
    Case("is False", [False], [True, 0, None, "", "x", []]),
    Case("is null", [None], ["", "null", 0, False, [], {}]),
    Case("is not null", ["", "null", 0, False, [], {}], [None]),
    Case('is a list "a,b"', [["a", "b"]], [["b", "a"], ["a"], ["a", "b", "c"], ["a ", "b"], "x", {"a": "b"}, None]),
    Case('is a list "1,2"', [["1", "2"]], [[1, 2], ["1", 2], ["2", "1"], [["1", "2"]]]),
    Case('is a list "a,b" in any order', [["a", "b"], ["b", "a"]], [["a"], ["a", "b", "b"], ["a", "c"], "x", None]),
    Case('is a list "a,a,b" in any order', [["a", "b", "a"]], [["a", "b", "b"], ["a", "b"]]),
    Case('is one of "new,paid"', ["new", "paid"], ["New", "ne", "new,paid", "", None, ["new"], 1]),
    Case('is one of "1,true"', ["1", "true"], [1, True, "True", "2"]),
    Case('is not one of "new,paid"', ["New", "ne", "new,paid", "", None, ["new"]], ["new", "paid"]),
    Case('is not one of "1,true,null"', ["2", 2, False, "True"], ["1", 1, 1.0, "true", True, "null", None]),
    Case('is not one of "1.0,True,None"', ["1", 2, False, "true"], ["1.0", 1, 1.0, "True", True, "None", None]),
    Case("is empty", [""], [" ", "x", None, [], {}, 0, False]),
    Case("is not empty", ["x", " ", 0, False, [None], {"a": None}], ["", None, [], {}]),
    # sizes
    Case("is an empty list", [[]], [[None], {}, "", None, "[]"]),
    Case("is not an empty list", [[None], [[]]], [[], {}, "x", None]),
    Case("is an empty dict", [{}], [{"a": None}, [], "", None]),
    Case('has "2" elements', [["a", "b"], {"a": 1, "b": 2}, "ab"], [["a"], ["a", "b", "c"], {"a": 1}, "a", 2, None]),
    Case('has length "0"', [[], {}, ""], [[None], {"a": 1}, " ", 0, None]),
    Case('has at least "2" elements', [["a", "b"], ["a", "b", "c"], "ab"], [["a"], [], "a", 2, None]),
    Case('has at most "2" elements', [["a", "b"], ["a"], [], "ab"], [["a", "b", "c"], "abc", 2, None]),
    # types
    Case("is any string", ["", "5"], [5, None, True, [], {}]),
    Case("is any integer", [0, -5], [0.0, "5", True, None, []]),
    Case("is any float", [0.0, -1.5], [1, "1.5", True, None]),
    Case("is any number", [0, 1.5], ["1", True, None, []]),
    Case("is any bool", [True, False], [0, 1, "true", None]),
    Case("is any Boolean", [True, False], [0, 1, "true", None]),
    Case("is any list", [[], [1]], [{}, "[]", None]),
    Case("is any dict", [{}, {"a": 1}], [[], "{}", None]),
    Case("is any UUID4", [UUID4, UUID4.upper(), UUID4.replace("-", "")], [UUID1, UUID4[:-1], UUID4 + "0", "", None, 5]),
    Case("is a uuid", [UUID4, UUID1], [UUID4[:-1], UUID4 + "0", "g" + UUID4[1:], "", "x", None, 5]),
    Case('is a BASE32 Crockford, checksum "True"', ["16JD"], ["16JE", "16J", "16JU", "", "!", None, 5]),
    Case('is a BASE32 Crockford, checksum "False"', ["16J", "16j", "1-6J"], ["16JU", "", "!", "ß", None, 5]),
    # text
    Case('starts with "ORD-"', ["ORD-", "ORD-1"], ["ord-1", "ORD", " ORD-1", "", "XORD-", None, 5, ["ORD-"]]),
    Case('does not start with "ORD-"', ["ord-1", "ORD", "", "XORD-"], ["ORD-1", "ORD-", None, 5, ["x"]]),
    Case('starts with any of "a,b"', ["ax", "b"], ["xa", "A", "", None, 5, ["a"]]),
    Case('ends with ".pdf"', ["a.pdf", ".pdf"], ["a.PDF", "a.pdf ", "pdf", "", None, 5, [".pdf"]]),
    Case('does not end with ".pdf"', ["a.PDF", "pdf", ""], ["a.pdf", ".pdf", None, 5, ["x"]]),
    Case('contains "b"', ["abc", "b", ["b"], ["a", "b"]], ["aBc", "", ["abc"], [["b"]], None, 5]),
    Case('contains "42"', ["x42y", [42]], [["42"], "4 2", [4, 2], None, 42]),
    Case('contains "{"a": 1}"', [{"a": 1, "b": 2}, [{"a": 1}]], [{"a": 2}, {"b": 1}, [{"a": 1, "b": 2}], [], None]),
    Case('does not contain "b"', ["aBc", "", ["abc"], []], ["abc", "b", ["b"], None, 5]),
    Case('does not contain "42"', ["4 2", [43], ["4"]], ["x42y", [42], ["42"], [42.0], None, 42]),
    Case('does not contain "[1, 2]"', [[1], [1, 3], ["1", "2"], "[1,2]"], [[[1, 2]], [2, 1], [1, 2, 3], "x[1, 2]"]),
    Case('does not contain "true"', [["True"], [False]], [[True], ["true"], "true", None]),
    Case('matches "^a.c$"', ["abc", "a-c"], ["abc\n", "xabc", "abcd", "ac", "", None, ["abc"], {}]),
    Case('matches "[0-9]{2}"', ["x42y", 42, 4.25], ["4", "a", "", None, ["42"]]),
    Case('does not match "^a.c$"', ["xabc", "ac", "", 5], ["abc", None, ["x"]]),
    # numbers
    Case('is greater than "5"', [6, 5.1], [5, 4, -6, "x", "", None, True, [6]]),
    Case('is less than "5"', [4, 4.9, -6], [5, 6, "x", "", None, False, [4]]),
    Case('is at least "5"', [5, 5.0, 6], [4, 4.99, "x", "", None, [5]]),
    Case('is at most "5"', [5, 5.0, 4], [6, 5.01, "x", "", None, [5]]),
    Case('is greater than "9007199254740993"', [9007199254740994], [9007199254740993, 9007199254740992]),
    Case('is at most "9007199254740993"', [9007199254740993, 9007199254740992], [9007199254740994]),
    Case('is a float "9007199254740993"', [9007199254740993], [9007199254740992, 9007199254740994]),
    Case('is between "1" and "5"', [1, 5, 3.3], [0, 6, 0.99, 5.01, "x", "", None, True]),
    # dates
    Case(
        'is a date "YYYY-MM-DD"', ["2026-01-31"], ["2026-1-31", "2026-01-31 ", " 2026-01-31", "x 2026-01-31", "", None]
    ),
    Case('is a date "DD.MM.YYYY"', ["31.01.2026"], ["31.13.2026", "2026-01-31", "31.01.2026\n", "31.01.26", 5, None]),
    Case("is any date", ["2026-01-31", "2026-01-31T10:00:00Z"], ["2026-13-01", "31.01.2026", "x", "", None, 20260131]),
    Case(
        'is a date before "2026-01-31"',
        ["2026-01-30", "2026-01-30T23:59:59Z"],
        ["2026-01-31", "2027-01-01", "x", "", None],
    ),
    Case(
        'is a date after "2026-01-31"',
        ["2026-02-01", "2026-01-31T00:00:01Z"],
        ["2026-01-31", "2025-01-01", "x", "", None],
    ),
    Case(
        'is a date within "60" seconds of "2026-01-31T12:00:00Z"',
        ["2026-01-31T12:01:00Z", "2026-01-31T11:59:00Z", "2026-01-31T13:00:00+01:00"],
        ["2026-01-31T12:01:01Z", "2026-01-31T11:58:59Z", "2026-01-31", "x", None],
    ),
    # documents
    Case(
        'is JSON "{"a": 1, "b": [1, 2]}"',
        [{"b": [1, 2.0], "a": 1}],
        [{"a": 1}, {"a": True, "b": [1, 2]}, {"a": 1, "b": [2, 1]}, None],
    ),
    Case('is JSON "[]"', [[]], [{}, [None], "[]", None]),
    Case('is JSON "[1, [2, 3]]" in any order', [[[3, 2], 1], [1, [2, 3]]], [[1, [2]], [1, 2, 3], [1, [2, 3, 3]], None]),
    Case(
        'is JSON "{"a": 1}" apart from "/b"', [{"a": 1, "b": 5}], [{"a": 2, "b": 5}, {"a": 1, "b": 5, "c": 6}, {"b": 5}]
    ),
    Case(
        'matches JSON "{"a": "[any integer]"}"',
        [{"a": 5, "b": 1}],
        [{"a": "5"}, {"a": 5.0}, {"b": 5}, {"a": None}, [], None],
    ),
    Case('matches JSON "{"a": {"b": 1}}"', [{"a": {"b": 1, "c": 2}}], [{"a": {"b": 2}}, {"a": {}}, {"a": 1}, {}]),
    Case('matches JSON "["[contains]", 1, 1]"', [[1, 2, 1]], [[1, 2], [2], [], {}, None]),
    Case('matches JSON "{"a": "[ignored]", "b": "[any]"}"', [{"b": None}, {"a": 1, "b": 2}], [{"a": 1}, {}]),
    Case(
        'matches JSON "{"a": "[matches ^A-]", "d": "[any date]", "u": "[any uuid]"}"',
        [{"a": "A-1", "d": "2026-01-31", "u": UUID1}],
        [
            {"a": "B-1", "d": "2026-01-31", "u": UUID1},
            {"a": "A-1", "d": "x", "u": UUID1},
            {"a": "A-1", "d": "2026-01-31", "u": "x"},
        ],
    ),
    Case(
        'matches JSON "{"a": "x", "b": null, "c": true}"',
        [{"a": "x", "b": None, "c": True}],
        [{"a": "y", "b": None, "c": True}, {"a": "x", "b": 0, "c": True}, {"a": "x", "b": None, "c": 1}, {"a": "x"}],
    ),
    Case('matches JSON "[1, "[any string]"]"', [[1, "x"]], [[1], [1, "x", 2], [1, 5], ["x", 1]]),
    # lists
    Case("is sorted", [[1, 2, 2, 3.5], ["a", "a", "b"], []], [[2, 1], ["b", "a"], [1, "a"], "ab", None, {}]),
    Case("is sorted in descending order", [[3.5, 2, 2, 1], ["b", "a"]], [[1, 2], ["a", "b"], [1, "a"], "ba", None]),
    Case('is sorted by "id"', [ORDERS, []], [ORDERS[::-1], [{"id": 1}, {}], [1, 2], None]),
    Case('is sorted by "/id" in descending order', [ORDERS[::-1]], [ORDERS, [{"x": 1}], None]),
    Case("has unique elements", [[1, 2], ["1", 1], []], [[1, 1], [1, 1.0], [{"a": 1}, {"a": 1}], "aa", None]),
    Case('has an element whose "id" is "2"', [ORDERS], [ORDERS[:1], [], [{"x": 2}], {"id": 2}, None]),
    Case(
        'has no element whose "id" is "3"',
        [ORDERS, []],
        [[{"id": 3}], [{"id": "3"}], [{"id": 3.0}], [{"x": 1}], {"id": 2}, None],
    ),
    Case('has no element whose "paid" is "True"', [[{"paid": False}]], [[{"paid": True}], [{"paid": "True"}]]),
    Case('has no element whose "x" is "None"', [[{"x": ""}]], [[{"x": None}]]),
]

# Quantities over a list: what is said of its items, lists that it holds for, and lists that it must fail for.
QUANTITIES = [
    Case("each item of {} is any integer", [[1, 2]], [[1, "2"], ["1"], [], "12", {"a": 1}, None]),
    Case('each item of {} is greater than "0"', [[1, 0.5]], [[1, 0], [], [None]]),
    Case('any item of {} is "b"', [["a", "b"]], [["a"], [], "b", None]),
    Case('no item of {} is "b"', [["a"], ["B"]], [["a", "b"], [], "a", None]),
    Case('no item of {} contains "42"', [["a"], ["a", 42]], [["a", "x42"], [["42"]], [[42]], [], None]),
    Case('no item of {} is "5"', [["6", 6, None]], [["5"], [5], [5.0], [1, 5]]),
    Case('no item of {} is one of "true,null"', [["x", 1]], [[True], [None], ["null"]]),
    Case("no item of {} is not null", [[None, None]], [[None, 1], [""]]),
]
