from decimal import Decimal

import pytest

from wizterm.domain.options import Chosen, Modifier, Option, faults, surcharge, toggled

LID = Modifier("Lid", 1, 1, (Option("Plain", Decimal(0)), Option("Engraved", Decimal("3.50"))))
WRAP = Modifier("Wrap", 0, 2, (Option("Ribbon", Decimal("0.75")), Option("Box", Decimal("1.50"))))
PLAIN, ENGRAVED = Chosen("Lid", "Plain", Decimal(0)), Chosen("Lid", "Engraved", Decimal("3.50"))
RIBBON, BOX = Chosen("Wrap", "Ribbon", Decimal("0.75")), Chosen("Wrap", "Box", Decimal("1.50"))


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ((), "Lid: choose 1; none is chosen."),
        ((PLAIN, ENGRAVED), "Lid: choose 1; 2 are chosen."),
        ((PLAIN, Chosen("Wrap", "Gold", Decimal(9))), "Wrap: there is no Gold at 9."),
        ((Chosen("Lid", "Engraved", Decimal(1)),), "Lid: there is no Engraved at 1."),
        ((PLAIN, RIBBON, RIBBON), "An option is chosen twice."),
    ],
)
def test_what_is_not_as_the_modifiers_say_is_a_sentence(chosen, said):
    assert said in faults((LID, WRAP), chosen)


@pytest.mark.parametrize("chosen", [(PLAIN,), (ENGRAVED, RIBBON, BOX)])
def test_what_is_as_they_say_has_no_fault(chosen):
    assert faults((LID, WRAP), chosen) == ()


def test_where_one_may_be_chosen_another_takes_its_place():
    assert toggled(LID, LID.options[1], (PLAIN, RIBBON)) == (RIBBON, ENGRAVED)
    assert toggled(WRAP, WRAP.options[1], (RIBBON,)) == (RIBBON, BOX)
    assert toggled(WRAP, WRAP.options[0], (RIBBON, BOX)) == (BOX,)


def test_surcharges_add_up():
    assert surcharge((ENGRAVED, RIBBON)) == Decimal("4.25")
