"""Connections to the database, and the threads that they belong to."""

import gc
import threading
from typing import Any

import pytest
from django.db import connection


@pytest.mark.django_db(transaction=True)
def test_no_connection_of_an_ended_thread_outlasts_the_next_new_one() -> None:
    gc.disable()
    try:
        first = connection_of_a_thread()
        second = connection_of_a_thread()
        assert is_closed(first)
        connection_of_a_thread()
        assert is_closed(second)
    finally:
        gc.enable()


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_in_use_stays_open() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    copy = connection.copy()
    try:
        copy.connect()
        connection_of_a_thread()
        assert not is_closed(connection.connection)
        assert not is_closed(copy.connection)
    finally:
        copy.close()


def connection_of_a_thread() -> Any:
    """Return the driver's connection of a thread that asked the database something and ended."""
    kept: list[Any] = []

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        kept.append(connection.connection)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    return kept[0]


def is_closed(driver: Any) -> bool:
    """Return whether the driver's connection is closed."""
    if connection.vendor == "postgresql":
        return driver.closed
    try:
        driver.execute("SELECT 1")
    except connection.Database.ProgrammingError:
        return True
    return False
