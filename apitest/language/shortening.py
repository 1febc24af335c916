"""Long texts as messages and reports show them: their beginning."""

WIDTH = 80  # characters of a text that an error quotes within a sentence
LIMIT = 200  # characters of a value in a message


def beginning(text: str, limit: int = WIDTH) -> str:
    """The text up to ``limit`` characters, followed by an ellipsis where there are more."""
    return text if len(text) <= limit else f"{text[:limit]}…"


def cut(text: str, limit: int = LIMIT) -> str:
    """As `beginning`, followed by the full length."""
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text):,} characters)"
