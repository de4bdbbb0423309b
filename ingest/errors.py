"""The one error that is shown to a user as a line: what was wrong, where, and what to do."""


class YakkanError(Exception):
    """Bad input or a missing thing a user can mend; its text is one line, shown as it is."""
