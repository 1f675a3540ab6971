"""One per process: renders a channel once when its topic changed; every listener gets the same bytes."""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Barrier
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import close_old_connections, connection, connections
from django.utils import translation

from samspill.live import queries, waking
from samspill.live.channels import Channel
from samspill.live.notifications import notified_topics

logger = logging.getLogger("samspill.live")

Renderer = Callable[[Channel], Mapping[str, Any]]
Result = TypeVar("Result")

LEAST_GAP = 0.1  # seconds between two renderings of a channel: at most ten updates a second
MOST_MESSAGES = 5000  # to all listeners of a channel in a second; a larger audience gets fewer updates
HEARTBEAT = 15.0  # seconds
TOO_SLOW = 60.0  # seconds after which somebody who has not taken one state is let go
AFTER_FAULT = 1.0  # seconds until a rendering that failed is tried again
LOOK_ON_SQLITE = 0.5  # seconds between two looks for changes made by other processes
LOOK_ON_POSTGRESQL = 5.0  # a safety net only: NOTIFY tells at once
POLL_COUNTS_AS_LISTENING = 15.0  # seconds a channel is kept warm for somebody who polls


@dataclass(frozen=True)
class Frame:
    """The whole state of a channel at one version, ready for the wire."""

    version: int
    body: bytes  # the state as JSON
    event: bytes  # the same as a server-sent event


@dataclass(eq=False)
class Listener:
    """One connection. It is woken and takes what is newest then; nothing queues up for a slow one."""

    woken: asyncio.Event = field(default_factory=asyncio.Event)
    over: bool = False  # the other side has left, or its time is over
    beat: bool = False  # it has not been told for a while that the line is alive
    taking_since: float | None = None  # since when it is taking a state (loop time)
    task: asyncio.Task[Any] | None = None

    def end(self) -> None:
        self.over = True
        self.woken.set()


@dataclass(eq=False)
class Feed:
    """A channel that somebody listens to."""

    channel: Channel
    dirty: asyncio.Event = field(default_factory=asyncio.Event)
    frame: Frame | None = None
    listeners: set[Listener] = field(default_factory=set)
    task: asyncio.Task[None] | None = None


class Hub:
    """`renderers` by the topic's kind: each gives the state of a channel as something JSON can hold.

    Renderers run in threads of the hub, in the channel's language. They must show only what everybody in the
    channel's audience may see.
    """

    def __init__(self, renderers: Mapping[str, Renderer], threads: int = 2) -> None:
        self._renderers = renderers
        self._thread_count = threads
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="live")
        self._feeds: dict[Channel, Feed] = {}
        self._watchers: list[asyncio.Task[None]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self.ending = False

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        waking.subscribe(self._wake_from_thread)
        on_postgresql = connection.vendor == "postgresql"
        look_every = LOOK_ON_POSTGRESQL if on_postgresql else LOOK_ON_SQLITE
        self._watchers.append(asyncio.create_task(self._look(look_every)))
        self._watchers.append(asyncio.create_task(self._beat()))
        if on_postgresql:
            self._watchers.append(asyncio.create_task(self._hear()))

    def end_streams(self) -> None:
        """Let every listener go, so that the server can stop; their pages come back by themselves."""
        self.ending = True
        for feed in self._feeds.values():
            _wake_listeners(feed)

    async def stop(self) -> None:
        waking.unsubscribe(self._wake_from_thread)
        self.end_streams()
        tasks = self._watchers + [feed.task for feed in self._feeds.values() if feed.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*self._farewells(), return_exceptions=True)
        self._threads.shutdown()

    @contextlib.asynccontextmanager
    async def listening(self, channel: Channel) -> AsyncIterator[tuple[Feed, Listener]]:
        """Take part in the channel for as long as the block lasts."""
        listener = Listener(task=asyncio.current_task())
        feed = self._join(channel, listener)
        try:
            yield feed, listener
        finally:
            self._leave(feed, listener)

    async def state(self, channel: Channel) -> Frame:
        """The newest state, for somebody who polls. Raises TimeoutError when it cannot be rendered."""
        listener = Listener()
        feed = self._join(channel, listener)
        asyncio.get_running_loop().call_later(POLL_COUNTS_AS_LISTENING, self._leave, feed, listener)
        async with asyncio.timeout(POLL_COUNTS_AS_LISTENING):
            while feed.frame is None:
                await listener.woken.wait()
                listener.woken.clear()
        return feed.frame

    def mark(self, topic: str) -> None:
        for feed in self._feeds.values():
            if feed.channel.topic == topic:
                feed.dirty.set()

    @property
    def channels(self) -> frozenset[Channel]:
        """Those that are kept now, because somebody listens."""
        return frozenset(self._feeds)

    def _farewells(self) -> list[asyncio.Future[None]]:
        """Have every thread close its database connections; they meet, so that none of them does it twice."""
        count = self._thread_count
        meeting, loop = Barrier(count), asyncio.get_running_loop()
        return [loop.run_in_executor(self._threads, _say_farewell, meeting) for _ in range(count)]

    def _wake_from_thread(self, topic: str) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.mark, topic)

    def _join(self, channel: Channel, listener: Listener) -> Feed:
        feed = self._feeds.get(channel)
        if feed is None:
            feed = self._feeds[channel] = Feed(channel)
            feed.dirty.set()
            feed.task = asyncio.create_task(self._keep(feed))
        feed.listeners.add(listener)
        return feed

    def _leave(self, feed: Feed, listener: Listener) -> None:
        feed.listeners.discard(listener)
        if not feed.listeners and self._feeds.get(feed.channel) is feed:
            del self._feeds[feed.channel]
            if feed.task:
                feed.task.cancel()

    async def _keep(self, feed: Feed) -> None:
        """Render when the feed is dirty, but never twice within the gap: what comes between is one update."""
        while True:
            await feed.dirty.wait()
            feed.dirty.clear()
            try:
                frame = await self._in_thread(partial(self._render, feed.channel, feed.frame))
            except Exception:
                logger.exception("The state of %s could not be rendered; trying again.", feed.channel.topic)
                await asyncio.sleep(AFTER_FAULT)
                feed.dirty.set()
                continue
            changed = feed.frame is None or frame.body != feed.frame.body
            feed.frame = frame
            if changed:
                _wake_listeners(feed)
            await asyncio.sleep(max(LEAST_GAP, len(feed.listeners) / MOST_MESSAGES))

    def _render(self, channel: Channel, known: Frame | None) -> Frame:
        # The version is read before the state, so that a state is never older than its number says.
        version = queries.version(channel.topic)
        if known is not None and known.version == version:
            return known
        with translation.override(channel.language):
            state = self._renderers[channel.kind](channel)
            body = json.dumps(
                state, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")
            ).encode()
        return Frame(version, body, b"id: %d\nevent: state\ndata: %b\n\n" % (version, body))

    async def _beat(self) -> None:
        """One clock for all connections: a timer for each of them at each update would cost more than the sending."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(HEARTBEAT)
            for listener in [listener for feed in self._feeds.values() for listener in feed.listeners]:
                since = listener.taking_since
                if since is not None and loop.time() - since > TOO_SLOW and listener.task:
                    listener.over = True
                    listener.task.cancel()
                listener.beat = True
                listener.woken.set()

    async def _look(self, every: float) -> None:
        """Find what other processes have announced."""
        while True:
            await asyncio.sleep(every)
            topics = {channel.topic for channel in self._feeds}
            if not topics:
                continue
            try:
                versions = await self._in_thread(partial(queries.versions, topics))
            except Exception:
                logger.exception("Looking for changes failed; trying again.")
                continue
            for feed in self._feeds.values():
                known = feed.frame.version if feed.frame else None
                if versions.get(feed.channel.topic, known) != known:
                    feed.dirty.set()

    async def _hear(self) -> None:
        async for topic in notified_topics():
            self.mark(topic)

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _with_connections, work)


def _wake_listeners(feed: Feed) -> None:
    for listener in feed.listeners:
        listener.woken.set()


def _say_farewell(meeting: Barrier) -> None:
    meeting.wait(timeout=5)
    connections.close_all()


def _with_connections(work: Callable[[], Result]) -> Result:
    """What Django does around a request: connections that broke or are too old are not used again."""
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()
