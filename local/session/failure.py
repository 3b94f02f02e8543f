"""What went wrong, in one line for the user."""


class Failure(Exception):
    """Something a user can read and mend; everything else is a defect and keeps its traceback."""
