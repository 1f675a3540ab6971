"""PostgreSQL's NOTIFY, by which one process hears at once what another has announced."""

import asyncio
import logging
from collections.abc import AsyncIterator

import psycopg
from django.db import connection
from psycopg import sql

from samspill.live.actions import NOTIFICATION

logger = logging.getLogger("samspill.live")
AFTER_FAULT = 2.0  # seconds


async def notified_topics() -> AsyncIterator[str]:
    """The topics that any process announces, for ever; a broken connection is opened anew."""
    wanted = {"host", "port", "user", "password", "dbname", "options"}
    parameters = {key: value for key, value in connection.get_connection_params().items() if key in wanted}
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**parameters, autocommit=True) as listening:
                await listening.execute(sql.SQL("LISTEN {}").format(sql.Identifier(NOTIFICATION)))
                async for notice in listening.notifies():
                    yield notice.payload
        except psycopg.Error as error:
            logger.warning(
                "The connection that hears changes broke (%s); opening it anew.", type(error).__name__
            )
            await asyncio.sleep(AFTER_FAULT)
