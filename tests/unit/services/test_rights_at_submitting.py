"""A cart is held to the rep's rights when it is submitted: they may be others than when it was filled."""

from contextlib import closing, contextmanager
from decimal import Decimal

import pytest

from tests.support.price_data import tables
from tests.support.ui import Folder
from wizterm.domain.document import Kind
from wizterm.services.submission import CannotSubmitError

D = Decimal


@pytest.fixture
def opened(tmp_path):
    """The rep's folder, opened again and again with the rights the office gives by then."""

    @contextmanager
    def open_(first_id=1, **rights):
        with closing(Folder(tmp_path, tables=tables(**rights), first_id=first_id)) as folder:
            yield folder.bench

    return open_


def said(bench):
    return [obstacle.words for obstacle in bench.entry.current().obstacles]


@pytest.mark.parametrize("kind", [Kind.ORDER, Kind.QUOTE])
def test_goods_that_go_back_are_not_submitted_once_the_right_is_gone(opened, kind):
    with opened() as bench:
        bench.entry.begin("c1")
        bench.entry.add("HEART", D(-3))
        assert said(bench) == []
    with opened(first_id=100, may_credit=0) as bench:
        with pytest.raises(CannotSubmitError, match="has not let you take goods back: remove it"):
            bench.submission.submit(bench.entry.cart().id, kind)
        assert said(bench) == ["HEART goes back, and the office has not let you take goods back: remove it."]


@pytest.mark.parametrize("kind", [Kind.ORDER, Kind.QUOTE])
def test_a_typed_price_is_not_submitted_once_the_right_is_gone_and_goes_with_its_full_price(opened, kind):
    with opened() as bench:
        bench.entry.begin("c1")
        line = bench.entry.add("HEART", D(30)).touched
        bench.discounting.line_price(line, "2.90")
        assert said(bench) == []
    with opened(first_id=100, may_type_prices=0) as bench:
        with pytest.raises(CannotSubmitError, match="has not let you type prices"):
            bench.submission.submit(bench.entry.cart().id, kind)
        bench.discounting.full_price(line)
        assert said(bench) == []
