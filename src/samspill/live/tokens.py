"""Who may listen to what. The page that checked the right hands out a token; streams believe only that."""

import time
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.core import signing

from samspill.live.channels import Channel

LIFETIME = timedelta(minutes=15)
SALT = "samspill.live"


class TokenRefusedError(Exception):
    """The token is not ours, or its time is over."""


@dataclass(frozen=True)
class Pass:
    """Leave to listen to one channel until `ends`, in seconds since 1970."""

    channel: Channel
    ends: float


def sign(channel: Channel, now: float | None = None) -> str:
    """A token for exactly this channel, good for 15 minutes from `now` (seconds since 1970)."""
    ends = (time.time() if now is None else now) + LIFETIME.total_seconds()
    return signing.Signer(salt=SALT).sign_object(
        [channel.topic, channel.audience, channel.language, int(ends)]
    )


def read(token: str, now: float | None = None) -> Pass:
    """What the token gives leave to. Raises TokenRefusedError."""
    try:
        topic, audience, language, ends = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, UnicodeError) as error:
        raise TokenRefusedError from error
    if (time.time() if now is None else now) >= ends:
        raise TokenRefusedError
    return Pass(Channel(topic, audience, language), ends)


def addresses(channel: Channel) -> dict[str, str]:
    """`{"url": …, "poll": …}`: what `listen()` in stream.js takes, and what its `renew` address answers."""
    query = urlencode({"token": sign(channel)})
    return {"url": f"/live/stream?{query}", "poll": f"/live/state?{query}"}
