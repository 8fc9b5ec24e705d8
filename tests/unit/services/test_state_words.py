from wizterm.domain.document import Kind, State
from wizterm.services.states import HELD, kind_words, state_words


def test_every_state_has_its_own_sign_and_words():
    words = [state_words(state) for state in State]
    assert len({each.words for each in words} | {HELD.words}) == len(State) + 1
    assert len({each.sign for each in words} | {HELD.sign}) == len(State) + 1


def test_every_kind_has_a_word():
    assert len({kind_words(kind) for kind in Kind}) == len(Kind)


def test_only_what_waits_is_held():
    assert state_words(State.QUEUED, held=True) == HELD
    assert state_words(State.SENDING, held=True).words == "Sending"
