"""PURE  The title of a kind of objects, within a sentence."""

# With these a title may begin whose first word is not a name
_WORDS = (
    "Administrator", "Cache", "Channel", "Client", "Dictionary", "Endpoint", "File", "Job", "Key", "Outgoing",
    "Permission", "Role", "Topic", "Translation",
)  # fmt: skip


def within(title: str) -> str:
    """``Job`` as ``job``, but ``JWT definition`` and ``Kafka channel`` as they are."""
    is_word = title.partition(" ")[0].removesuffix("s") in _WORDS
    return title[0].lower() + title[1:] if is_word else title
