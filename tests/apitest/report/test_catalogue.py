from apitest.report.catalogue import catalogue_lines
from apitest.report.style import Style

PATH = {
    "keyword": "Then",
    "sentence": 'path "{path}" is "{value}"',
    "aliases": ['JSON Pointer "{path}" is "{value}"', 'JSON Pointer "{path}" isn\'t "{value}"'],
    "description": "Checks that the response holds exactly this text at the path, and tells what is there.",
    "example": 'path "/customer/name" is "Maria"',
    "since": "zato-apitest 1.0",
    "topic": "JSON",
}
HEADERS = PATH | {
    "keyword": "Given",
    "sentence": "headers",
    "aliases": [],
    "description": "Sends headers.",
    "example": "headers\n  | name | value |\n  | X    | y     |",
    "topic": "HTTP",
}
SILENT = HEADERS | {"example": "", "topic": "HTTP"}


def test_overview() -> None:
    """Without a word, each topic lists its sentences with what they do."""
    assert catalogue_lines([PATH, HEADERS], "", Style(width=60)) == [
        "JSON",
        "",
        '  Then   path "{path}" is "{value}"',
        "         Checks that the response holds exactly this text at",
        "         the path, and tells what is there.",
        "",
        "HTTP",
        "",
        "  Given  headers",
        "         Sends headers.",
        "",
        "2 sentences · `apitest steps WORD` shows examples",
    ]


def test_details() -> None:
    """Where a word is searched for, other wordings, examples and origin are shown, too."""
    assert catalogue_lines([PATH, HEADERS, SILENT], "x", Style()) == [
        "JSON",
        "",
        '  Then   path "{path}" is "{value}"',
        "         Checks that the response holds exactly this text at the path, and tells what is there.",
        '         also     JSON Pointer "{path}" is "{value}"',
        '         example  path "/customer/name" is "Maria"',
        "         since    zato-apitest 1.0",
        "",
        "HTTP",
        "",
        "  Given  headers",
        "         Sends headers.",
        "         example  headers",
        "                    | name | value |",
        "                    | X    | y     |",
        "         since    zato-apitest 1.0",
        "",
        "  Given  headers",
        "         Sends headers.",
        "         since    zato-apitest 1.0",
        "",
        "3 sentences",
    ]


def test_colors() -> None:
    """Parameters have a colour, and so has what was searched for; what it holds of a pattern's signs is plain text."""
    line = catalogue_lines([PATH], "Path (x", Style(color=True))[2]
    assert line == ('  \x1b[2mThen   \x1b[0m\x1b[1;33mpath\x1b[0m \x1b[36m"{path}"\x1b[0m is \x1b[36m"{value}"\x1b[0m')
