import gc

import pytest

from wizterm.terminal.collector import YOUNG, begin_after_the_start, wait_for_the_start


@pytest.fixture(autouse=True)
def usual_collector():
    """This process goes on after the test, and its garbage is to be found again."""
    young = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*young)
    gc.enable()


def test_while_a_start_goes_on_nothing_is_collected():
    wait_for_the_start()
    assert not gc.isenabled()


def test_what_a_start_has_made_is_not_looked_at_again():
    wait_for_the_start()
    made = [[]]
    begin_after_the_start()
    later = [[]]
    assert gc.isenabled()
    assert gc.get_threshold()[0] == YOUNG
    looked_at = {id(each) for each in gc.get_objects()}
    assert id(later) in looked_at
    assert id(made) not in looked_at
