"""What a database still holds of rows that have been deleted or written anew."""

from functools import partial

from django.db import connection, models, transaction


def forget_old_rows(*tables: type[models.Model]) -> None:
    """Have the database let go of what the transaction deletes from the tables, once it is over.

    Databases keep that for a while: SQLite in its log, PostgreSQL in the table itself. Nothing waits for it:
    readers that are still at work make SQLite put it off until its next checkpoint.
    """
    transaction.on_commit(partial(_forget, tables))


def _forget(tables: tuple[type[models.Model], ...]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            names = (connection.ops.quote_name(table._meta.db_table) for table in tables)
            cursor.execute(f"VACUUM {', '.join(names)}")
