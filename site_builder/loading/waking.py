"""The days on which what is said of an entry changes by itself."""

from collections.abc import Iterator
from datetime import date, timedelta

from site_builder.domain.entries import Model, Record
from site_builder.reading.registers import Registers

NEVER = date.max.toordinal()
_FRESH_MONTHS = 24
"""As in `checks/freshness.py`."""


def entry_wakes(record: Record, today: date) -> int:
    """The first day after `today` (ordinal) on which the entry has to be looked at again."""
    return _first(_days_of(record, today), today)


def registers_wake(registers: Registers, today: date) -> int:
    """The first day after `today` (ordinal) on which the registers say something else."""
    return _first(_days_of_registers(registers, today), today)


def _first(days: Iterator[date], today: date) -> int:
    return min((day.toordinal() for day in days if day > today), default=NEVER)


def _days_of(record: Record, today: date) -> Iterator[date]:
    if record.publish_on:
        yield record.publish_on
    if record.expires_on:
        yield record.expires_on
    if isinstance(record, Model):
        if record.verified_on:
            # Never later than the rule: the day itself may not exist two years on.
            seen = record.verified_on
            yield date(seen.year + _FRESH_MONTHS // 12, seen.month, 1) + timedelta(seen.day - 1)
            yield date(seen.year + _FRESH_MONTHS // 12, seen.month, 1) + timedelta(seen.day)
        if record.year and record.year > today.year:
            yield date(today.year + 1, 1, 1)


def _days_of_registers(registers: Registers, today: date) -> Iterator[date]:
    if registers.site and registers.site.security:
        yield registers.site.security.expires + timedelta(1)
    for unit in registers.units:
        for name in unit.names:
            if name.from_:
                yield name.from_
        if any(duty.year > today.year for duty in unit.duty):
            yield date(today.year + 1, 1, 1)
