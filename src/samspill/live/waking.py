"""How a change made in this process reaches the hub at once. Other processes find it in the database."""

from collections.abc import Callable

_listeners: list[Callable[[str], None]] = []


def subscribe(listener: Callable[[str], None]) -> None:
    _listeners.append(listener)


def unsubscribe(listener: Callable[[str], None]) -> None:
    if listener in _listeners:
        _listeners.remove(listener)


def wake(topic: str) -> None:
    for listener in tuple(_listeners):
        listener(topic)
