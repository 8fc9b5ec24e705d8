"""Scans are told from typing: nothing is lost, nothing comes twice, nothing leaks."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizterm.terminal.scan_machine import Passed, Scan, ScanMachine, Settled, Tried
from wizterm.terminal.scan_settings import FAR, GateSettings, Timing
from wizterm.terminal.strokes import Stroke

EAN, SKU, SEPARATOR = "9520000000059", "85123A", "\x1d"
PLAIN = GateSettings(prefix="")
NAMES = {
    "\r": "enter",
    "\n": "ctrl+j",
    "\t": "tab",
    "\x04": "ctrl+d",
    "\x11": "ctrl+q",
    "\x1d": "ctrl+right_square_bracket",
}


class Desk:
    """What a machine has let through: typed is what stays, scans what was taken out of it."""

    def __init__(self, settings):
        self.machine = ScanMachine(settings)
        self.now = 0.0
        self.typed, self.scans, self.tried = [], [], []

    def key(self, name, character=None, after=0.0):
        self.now += after
        self.take(self.machine.feed(Stroke(name, character, self.now)))

    def type(self, text, each=0.11):
        for character in text:
            self.key(NAMES.get(character, character), character, after=each)

    def scan(self, text, *, prefix="", end="\r", each=0.001):
        if prefix:
            self.key(prefix, after=each)
        self.type(text + end, each)

    def rest(self, seconds=3.0):
        self.now += seconds
        self.take(self.machine.tick(self.now))

    def take(self, outcomes):
        for outcome in outcomes:
            if isinstance(outcome, Passed):
                assert not self.tried, "a key passed others that were on trial"
                self.typed.append(outcome.stroke)
            elif isinstance(outcome, Tried):
                self.tried.append(outcome.stroke)
            elif isinstance(outcome, Settled):
                self.typed += self.tried
                self.tried = []
            elif isinstance(outcome, Scan):
                self.scans.append(outcome)
                self.tried = []

    @property
    def text(self):
        return "".join(stroke.character or f"<{stroke.key}>" for stroke in [*self.typed, *self.tried])

    @property
    def read(self):
        return [scan.text for scan in self.scans if not scan.cut]


@pytest.fixture
def desk():
    return Desk(GateSettings())


@pytest.mark.parametrize("code", [EAN, "A", "]C101095200000000591021" + SEPARATOR + "21X", "12\x1134", "aàé"])
def test_what_stands_between_prefix_and_suffix_is_the_scan(desk, code):
    desk.scan(code, prefix="f9")
    assert (desk.read, desk.text) == ([code], "")


def test_nothing_is_on_trial_or_late_while_a_person_types_at_a_scanner_that_is_set_up(desk):
    desk.scan(EAN, prefix="f9")
    desk.type("heart", each=0.01)
    assert [stroke.character for stroke in desk.typed] == list("heart")


def test_a_prefix_key_pressed_by_a_person_is_given_back_with_what_followed(desk):
    desk.key("f9")
    desk.type("hea")
    desk.rest()
    assert (desk.read, desk.text) == ([], "<f9>hea")


def test_a_prefix_and_enter_alone_are_given_back(desk):
    desk.key("f9")
    desk.key("enter", "\r")
    assert desk.text == "<f9>\r"


def test_a_scan_that_another_one_interrupts_is_cut_and_means_nothing(desk):
    desk.scan("8512", prefix="f9", end="")
    desk.scan(EAN, prefix="f9")
    assert desk.scans == [Scan("8512", cut=True), Scan(EAN)]


def test_five_thousand_characters_are_one_cut_scan_and_leave_nothing_behind(desk):
    desk.scan("7" * 5000, prefix="f9")
    assert (desk.scans, desk.text) == ([Scan("7" * 256, cut=True)], "")


def test_five_thousand_characters_without_an_end_do_not_come_back_as_keys(desk):
    desk.scan("7" * 5000, prefix="f9", end="")
    desk.rest()
    assert (desk.scans, desk.text) == ([Scan("7" * 256, cut=True)], "")


def test_a_separator_is_known_by_its_key_where_the_terminal_sends_no_character(desk):
    desk.key("f9")
    desk.type("10A", each=0.001)
    desk.key("ctrl+right_square_bracket", None)
    desk.type("21B\r", each=0.001)
    assert desk.read == ["10A\x1d21B"]


def test_a_key_that_stands_for_the_separator_can_be_named():
    desk = Desk(GateSettings(separators=("f12",)))
    desk.key("f9")
    desk.type("10A", each=0.001)
    desk.key("f12")
    desk.type("21B\r", each=0.001)
    assert desk.read == ["10A\x1d21B"]


def test_modifiers_that_a_terminal_reports_are_no_part_of_a_scan(desk):
    desk.key("f9")
    desk.type("85123", each=0.001)
    desk.key("left_shift")
    desk.type("A\r", each=0.001)
    assert desk.read == [SKU]


def test_a_key_that_is_no_character_spoils_the_scan_instead_of_shortening_it(desk):
    desk.key("f9")
    desk.type("8512", each=0.001)
    desk.key("up")
    desk.type("3A\r", each=0.001)
    assert desk.read == ["8512\ufffd3A"]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n", "\t", "\x04"])
@pytest.mark.parametrize("prefix", ["f9", ""])
def test_every_suffix_ends_a_scan_and_nothing_of_it_is_left(desk, end, prefix):
    desk.scan(EAN, prefix=prefix, end=end)
    desk.scan(SKU, prefix=prefix, end=end)
    assert (desk.read, desk.text) == ([EAN, SKU], "")


def test_a_scanner_without_a_suffix_is_understood_by_the_pause():
    desk = Desk(GateSettings(suffixes=("none",)))
    desk.scan(EAN, prefix="f9", end="")
    desk.scan(SKU, prefix="f9", end="")
    desk.rest(0.2)
    desk.scan(EAN, end="")
    desk.rest(0.2)
    assert desk.read == [EAN, SKU]
    desk = Desk(GateSettings(suffixes=("none",)))
    desk.scan(EAN, end="")
    desk.rest(0.2)
    assert (desk.read, desk.text) == ([EAN], "")


@pytest.mark.parametrize("each", [0, 0.001, 0.005, 0.02])
@pytest.mark.parametrize("code", [EAN, SKU, "]C1010952000000005910A\x1d21B", "HTTPS://id.example/01/09520000000059"])
def test_a_burst_without_a_prefix_is_a_scan_at_every_speed(code, each):
    desk = Desk(PLAIN)
    desk.scan(code, each=each)
    assert (desk.read, desk.text) == ([code], "")


def test_every_key_of_a_burst_is_passed_on_at_once():
    desk = Desk(PLAIN)
    desk.scan(EAN, end="")
    assert desk.text == EAN


def test_a_control_character_in_a_burst_is_data():
    desk = Desk(PLAIN)
    desk.scan("85123A\x11B")
    assert (desk.read, desk.text) == (["85123A\x11B"], "")


def test_one_pressed_by_a_person_is_not():
    desk = Desk(PLAIN)
    desk.type("ab\x11")
    assert desk.text == "ab\x11"


@pytest.mark.parametrize("typed", ["heart\r", "12*", "cakestand\r", "aaaaaaaa\r", "white hanging 3 tier\r", "4006\r"])
@pytest.mark.parametrize("each", [0.0, 0.02, 0.07, 0.11])
def test_words_are_no_scan_however_fast(typed, each):
    desk = Desk(PLAIN)
    desk.type(typed, each=each)
    assert (desk.read, desk.text) == ([], typed)


def test_a_key_held_down_is_no_scan():
    desk = Desk(PLAIN)
    desk.type("1" * 40 + "\r", each=0.03)
    assert (desk.read, desk.text) == ([], "1" * 40 + "\r")


def test_a_number_typed_by_hand_is_no_scan():
    desk = Desk(PLAIN)
    desk.type("85123A\r", each=0.07)
    assert (desk.read, desk.text) == ([], "85123A\r")


def test_over_a_network_only_what_proves_itself_is_a_scan_and_it_may_come_in_lumps():
    desk = Desk(replace(FAR, prefix=""))
    desk.scan(SKU, each=0.001)
    desk.type(EAN[:6], each=0.005)
    desk.now += 0.5
    desk.type(EAN[6:] + "\r", each=0.005)
    assert (desk.read, desk.text) == ([EAN], SKU + "\r")


def test_a_company_can_say_what_its_codes_look_like():
    desk = Desk(replace(FAR, prefix="", patterns=("[0-9]{5}[A-Z]?",), least=5))
    desk.scan(SKU)
    assert desk.read == [SKU]


def test_timing_can_be_switched_off():
    desk = Desk(GateSettings(timing=Timing.NEVER))
    desk.scan(EAN)
    assert (desk.read, desk.text) == ([], EAN + "\r")


def test_a_text_that_goes_on_and_on_is_typed_to_its_end():
    desk = Desk(PLAIN)
    text = "1234567890" * 60 + "\r"
    desk.type(text, each=0.001)
    desk.rest()
    assert (desk.read, desk.text) == ([], text)


CODES = st.sampled_from([EAN, "95200002", "]C1010952000000005910A\x1d21B", "WZTIMES12", "5012345678900"])
WORDS = st.text(st.sampled_from("abehr t12*-"), min_size=1, max_size=8)
ENDS = st.sampled_from(["\r", "\r\n", "\t"])
TURNS = st.lists(
    st.one_of(
        st.tuples(st.just("typed"), WORDS, st.floats(0.06, 0.3)),
        st.tuples(st.just("scanned"), CODES, st.floats(0.0, 0.03), ENDS),
    ),
    max_size=12,
)


@given(TURNS)
def test_with_a_prefix_typing_and_scans_in_any_mixture_are_all_there_once_and_in_order(turns):
    desk = Desk(GateSettings(timing=Timing.ALWAYS))
    for kind, text, each, *end in turns:
        if kind == "typed":
            desk.type(text, each)
        else:
            desk.scan(text, prefix="f9", end=end[0], each=each)
    desk.rest()
    assert desk.read == [text for kind, text, *_ in turns if kind == "scanned"]
    assert desk.text == "".join(text for kind, text, *_ in turns if kind == "typed")


@given(TURNS)
def test_without_one_they_are_too_where_a_person_pauses_before_a_scan(turns):
    desk = Desk(PLAIN)
    for kind, text, each, *end in turns:
        desk.rest(0.3)
        if kind == "typed":
            desk.type(text, max(each, 0.061))
        else:
            desk.scan(text, end=end[0], each=each)
    desk.rest()
    assert desk.read == [text for kind, text, *_ in turns if kind == "scanned"]
    assert desk.text == "".join(text for kind, text, *_ in turns if kind == "typed")


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*"aB1]", "f9", "enter", "tab", "ctrl+j", "up", "left_shift", "ctrl+q", "f5"]),
            st.floats(0, 3),
        )
    ),
    st.sampled_from([GateSettings(), PLAIN, FAR, GateSettings(suffixes=("none",))]),
)
def test_whatever_comes_each_key_is_typed_once_or_part_of_a_scan(keys, settings):
    desk = Desk(settings)
    for name, after in keys:
        desk.key(name, name if len(name) == 1 else None, after)
    desk.rest()
    desk.rest()
    seen = len(desk.typed)
    assert not desk.tried
    assert len({id(stroke) for stroke in desk.typed}) == seen
    assert [stroke.at for stroke in desk.typed] == sorted(stroke.at for stroke in desk.typed)
    if not desk.scans and settings.prefix == "":
        assert seen == len(keys)


def test_a_learnt_layout_is_mended_before_a_burst_is_judged():
    desk = Desk(PLAIN)
    desk.machine.keyboard.table = {"\u00e0": "0", "\u00e9": "2", "(": "5", "\u00e7": "9"}
    desk.scan("\u00e7(\u00e9\u00e0\u00e0\u00e0\u00e0\u00e0\u00e0\u00e0\u00e0(\u00e7")
    assert desk.scans == [Scan(EAN)]
    desk.type("\u00e0 la carte")
    desk.rest()
    assert "".join(stroke.key for stroke in desk.typed) == "\u00e0 la carte"
