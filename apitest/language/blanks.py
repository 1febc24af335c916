"""PURE: characters that look like a blank, or like nothing, and are told, since nobody can see them."""

_FORMAT, _SEPARATOR = "Cf", "Zs"


def odd_blank(text: str) -> str:
    """What to do about the first such character in a text, as pages, chats and the Alt key leave them; or empty."""
    import unicodedata  # here, since only errors need it

    for at, char in enumerate(text):
        category = unicodedata.category(char)
        if char != " " and category in (_SEPARATOR, _FORMAT):
            word = text[:at].split()[-1:] or [text[at + 1 :].split(" ")[0]]
            where = f"after {word[0]}" if text[:at].strip() else f"before {word[0]}"
            instead = "write a plain blank there" if category == _SEPARATOR else "remove it"
            return f"There is an invisible {unicodedata.name(char, 'character')} (U+{ord(char):04X}) {where}: {instead}"
    return ""
