"""Days and hours as people write them; on whose clock, `clock.shown` or `clock.local` has said."""

from datetime import date, datetime


def said(on: date) -> str:
    """12月3日"""
    return f"{on.month}月{on.day}日"


def said_full(on: date) -> str:
    """2026年12月3日"""
    return f"{on.year}年{said(on)}"


def said_in(year: int, on: date) -> str:
    """12月3日; with its year where that is another."""
    return said(on) if on.year == year else said_full(on)


def hour(at: datetime) -> str:
    """8:30"""
    return f"{at.hour}:{at.minute:02}"


def in_tables(at: datetime) -> str:
    """2026-12-03 08:30"""
    return f"{at:%Y-%m-%d %H:%M}"
