from datetime import date

from wizterm.domain.wishlist import WishChange, changed

EARLY, LATE = date(2026, 1, 1), date(2026, 2, 1)


def test_what_is_added_stands_there_since_its_first_day():
    changes = [WishChange(EARLY, added=("MUG",)), WishChange(LATE, added=("MUG", "TRAY"))]
    assert changed({}, changes) == {"MUG": EARLY, "TRAY": LATE}


def test_a_change_that_the_list_has_seen_already_changes_nothing():
    changes = [WishChange(LATE, added=("MUG",), removed=("HAT",))]
    assert changed({"MUG": LATE}, changes) == {"MUG": LATE}


def test_what_was_taken_off_and_wished_for_again_begins_anew():
    changes = [WishChange(EARLY, removed=("MUG",)), WishChange(LATE, added=("MUG",))]
    assert changed({"MUG": EARLY}, changes) == {"MUG": LATE}
