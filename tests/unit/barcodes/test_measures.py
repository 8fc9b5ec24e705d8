"""Weights and prices inside numbers."""

from decimal import Decimal

import pytest

from wizterm.domain.barcodes.check_digits import verifier, with_check_digit
from wizterm.domain.barcodes.measures import REGIONS, RuleError, rules
from wizterm.domain.barcodes.reading import ScanSettings


@pytest.mark.parametrize(
    ("region", "payload", "kind", "value"),
    [
        ("dk", "211234003975", "price", "39.75"),
        ("dk", "271234500150", "weight", "0.150"),
        ("ee", "231111111234", "weight", "1.234"),
        ("fi", "241111111234", "weight", "12.34"),
        ("lv", "251111111234", "weight", "123.4"),
        ("de", f"223071{verifier('00239')}00239", "price", "2.39"),
        ("de", f"263071{verifier('00012')}00012", "count", "12"),
        ("gb", f"2011122{verifier('1234')}1234", "price", "12.34"),
        ("no", "230214821086", "weight", "1.086"),
        ("se", "228806011234", "price", "1234"),
        ("us", "021234500599", "price", "5.99"),
    ],
)
def test_each_country_has_its_rules(read, region, payload, kind, value):
    reading = read(with_check_digit(payload), rcn_region=region)
    assert reading.measure.kind == kind
    assert reading.measure.value == Decimal(value)


def test_the_number_to_look_up_has_no_value_and_right_check_digits(read):
    assert read("2302148210869", rcn_region="no").measure.lookup == "2302148200006"
    assert read("2011122912346", rcn_region="gb").measure.lookup == "2011122000005"


def test_a_wrong_verifier_is_refused(read):
    wrong = "1" if verifier("1234") != "1" else "2"
    reading = read(with_check_digit(f"2011122{wrong}1234"), rcn_region="gb")
    assert reading.gtin14 is None
    assert not reading.valid


def test_without_a_region_the_number_is_just_a_number(read):
    reading = read("2302148210869")
    assert reading.gtin14 == "02302148210869"
    assert reading.measure is None


@pytest.mark.parametrize(
    ("rule", "code", "value", "lookup"),
    [
        ("22......{NNDD}.", "2212345610259", "10.25", "2212345600007"),
        ("1........{NND}.", "1020034051259", "12.5", "1020034050009"),
        ("22IIIIIPPppC", with_check_digit("22123451025"), "10.25", with_check_digit("22123450000")),
        ("27IIIII.WWwwC, 28IIIIIWWWWWC:0", with_check_digit("281234500077"), "77", with_check_digit("281234500000")),
    ],
)
def test_a_store_writes_its_own_rule_in_two_notations(read, rule, code, value, lookup):
    measure = read(code, rule=rule).measure
    assert measure.value == Decimal(value)
    assert measure.lookup == lookup


def test_a_stores_own_label_may_have_any_check_digit_but_then_it_is_no_gtin(read):
    reading = read("6220010001008", rule="622IIIIIWWWWC")
    assert reading.valid
    assert reading.gtin14 is None
    assert reading.measure.value == Decimal("1.00")


@pytest.mark.parametrize("settings", [{"rule": "not a rule"}, {"rule": "22{}..."}, {"rcn_region": "xx"}])
def test_a_setting_that_cannot_be_is_told(read, settings):
    reading = read("2212345610259", **settings)
    assert not reading.valid
    assert "expected" in reading.why or "write it like" in reading.why


@pytest.mark.parametrize("region", REGIONS)
def test_every_rule_of_a_region_is_for_thirteen_digits(region):
    assert {rule.length for rule in rules(ScanSettings(rcn_region=region))} == {13}


def test_a_broken_rule_names_itself():
    with pytest.raises(RuleError, match="22X"):
        rules(ScanSettings(rule="22X"))
