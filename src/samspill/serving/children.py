"""Keeps the processes of one server alive, and takes them along when it goes."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import FrameType
from typing import NoReturn

logger = logging.getLogger("samspill.serving")

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
LOOK_EVERY = 0.1  # seconds
PATIENCE = 15.0  # seconds a child may take to stop before it is killed
SHORT_LIFE = 10.0  # seconds; a child that dies sooner waits longer each time before it is started again
LONGEST_WAIT = 30.0  # seconds


@dataclass
class Child:
    name: str
    work: Callable[[], None]
    pid: int = 0
    born: float = 0.0
    short_lives: int = 0
    due: float = 0.0  # when it may be started (monotonic clock)


class Children:
    """Forks one process for each name and starts it again when it dies, until it is told to stop.

    Forked, not started anew: all is imported once, so starts are quick and the code's memory is shared.
    That demands that the parent has no threads and no open database connections.
    """

    def __init__(self, work: Mapping[str, Callable[[], None]]) -> None:
        self._children = [Child(name, function) for name, function in work.items()]
        self._stopping = False
        self._lifeline_read, self._lifeline_write = os.pipe()

    def keep(self) -> None:
        """Returns when all have been stopped."""
        for number in STOPPING:
            signal.signal(number, self._stop)
        while not self._stopping:
            self._start_due()
            time.sleep(LOOK_EVERY)
            self._bury()
        self._end()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _start_due(self) -> None:
        for child in self._children:
            if not child.pid and time.monotonic() >= child.due and not self._stopping:
                child.born = time.monotonic()
                child.pid = os.fork() or self._be(child)

    def _be(self, child: Child) -> NoReturn:
        """What a forked child does with its life."""
        status = 1
        try:
            # A group of its own: Ctrl-C reaches the parent only, which then stops everybody in good order.
            os.setpgid(0, 0)
            for number in STOPPING:
                signal.signal(number, signal.SIG_DFL)
            os.close(self._lifeline_write)
            threading.Thread(target=self._leave_with_parent, daemon=True).start()
            child.work()
            status = 0
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else 1
        except BaseException:
            logger.exception("The %s process failed.", child.name)
        finally:
            os._exit(status)

    def _leave_with_parent(self) -> None:
        """The read ends when the parent is gone, however it went. What was acknowledged is stored already."""
        os.read(self._lifeline_read, 1)
        os._exit(1)

    def _bury(self) -> None:
        for child in self._children:
            if child.pid and os.waitpid(child.pid, os.WNOHANG)[0]:
                child.pid = 0
                now = time.monotonic()
                child.short_lives = child.short_lives + 1 if now - child.born < SHORT_LIFE else 0
                child.due = now + (min(LONGEST_WAIT, 2.0**child.short_lives) if child.short_lives else 0)
                if not self._stopping:
                    logger.warning("The %s process ended; starting it again.", child.name)

    def _end(self) -> None:
        self._signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while any(child.pid for child in self._children) and time.monotonic() < until:
            time.sleep(LOOK_EVERY / 4)
            self._bury()
        self._signal(signal.SIGKILL)
        for child in self._children:
            if child.pid:
                os.waitpid(child.pid, 0)

    def _signal(self, number: int) -> None:
        for child in self._children:
            if child.pid:
                os.kill(child.pid, number)
