from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizterm.domain.days import DayError, read_day, read_days, show_day

TODAY = date(2026, 3, 4)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-04-12", date(2026, 4, 12)),
        ("12/4", date(2026, 4, 12)),
        ("12.4.", date(2026, 4, 12)),
        ("12/4/2027", date(2027, 4, 12)),
        ("12 April", date(2026, 4, 12)),
        ("3/3", date(2027, 3, 3)),
        ("29/2", date(2028, 2, 29)),
        ("+7", date(2026, 3, 11)),
        ("Fri", date(2026, 3, 6)),
        ("wednesday", date(2026, 3, 11)),
        ("today", TODAY),
        (" tomorrow ", date(2026, 3, 5)),
    ],
)
def test_a_day_is_read_as_a_rep_writes_it(written, day):
    assert read_day(written, TODAY) == day


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("12/4", (date(2026, 4, 12), None)),
        ("12/4 to 15/4", (date(2026, 4, 12), date(2026, 4, 15))),
        ("12/4 - 12/4", (date(2026, 4, 12), None)),
        ("12/4–+3", (date(2026, 4, 12), date(2026, 4, 15))),
        ("2026-04-12 to fri", (date(2026, 4, 12), date(2026, 4, 17))),
    ],
)
def test_a_window_is_read_from_its_first_day_to_its_last(written, days):
    assert read_days(written, TODAY) == days


@pytest.mark.parametrize("written", ["", "soon", "31/2", "12/13", "2026-02-30", "٣/٤", "3 foo", "1" * 40])
def test_what_is_no_day_is_refused_with_what_was_expected(written):
    with pytest.raises(DayError, match="expected a day such as"):
        read_day(written, TODAY)


@pytest.mark.parametrize("written", ["2026-03-03", "2031-01-01", "+999999"])
def test_a_day_that_is_past_or_far_off_is_refused(written):
    with pytest.raises(DayError):
        read_day(written, TODAY)


@given(st.text(max_size=30))
def test_no_text_is_more_than_a_fault(written):
    with suppress(DayError):
        assert read_day(written, TODAY) >= TODAY


@given(st.dates(TODAY, date(2028, 12, 31)))
def test_a_day_that_was_shown_is_read_back_by_its_iso_form(day):
    assert read_day(day.isoformat(), TODAY) == day
    assert str(day.day) in show_day(day, TODAY)
