from wizterm.domain.braille import draw, picture
from wizterm.domain.details import Dot


def stroke(*places):
    return tuple(Dot(x, y, at) for at, (x, y) in enumerate(places))


def test_a_tap_is_one_dot():
    assert picture([stroke((0, 0))], 2, 4) == "⠁"


def test_a_line_goes_straight_from_place_to_place():
    assert picture([stroke((0, 0), (7, 0))], 8, 4) == "⠉⠉⠉⠉"
    assert picture([stroke((0, 0), (0, 7))], 2, 8) == "⡇\n⡇"


def test_what_is_drawn_twice_stays_drawn():
    assert picture([stroke((0, 0), (1, 3)), stroke((0, 0))], 2, 4) == picture([stroke((0, 0), (1, 3))], 2, 4)


def test_a_stroke_names_only_the_rows_it_touches():
    assert draw({}, stroke((0, 5), (90, 5))) == {1}
