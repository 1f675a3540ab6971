"""What is written to the log. Nothing that a person has typed may come there, not even by way of an error."""

import logging
import traceback
from types import TracebackType

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutWords(logging.Formatter):
    """Tells where an error arose and of which kind it is, but not its message.

    The message of a database error quotes the whole row, and that of a wrong value quotes the value.
    """

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the name is logging's
        error = ei[1]
        parts: list[str] = []
        while error is not None:
            frames = "".join(traceback.format_tb(error.__traceback__))
            kind = f"{type(error).__module__}.{type(error).__qualname__}"
            parts.append(f"Traceback (most recent call last):\n{frames}{kind} (message left out)")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\nCaused by or while handling:\n\n".join(parts)
