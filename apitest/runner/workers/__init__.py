"""Worker processes that run features beside each other, and the parent that hands out work and reports."""
