"""The tokens that tell a device from a copy of its files."""

from dataclasses import dataclass

import pytest

from wizterm.domain.ids import uuid7


@dataclass
class Files:
    """One copy of a device's files, as far as the server sees it."""

    server: object
    session: object
    contact: str = ""
    code: str = ""

    def meet(self, *, lost=False):
        answer = self.server.document_changes(self.session.access_token, "", self.contact)
        if not lost:
            self.contact, self.code = answer.contact, answer.installation
        return answer.installation

    def copy(self):
        return Files(self.server, self.session, self.contact, self.code)


@pytest.fixture
def files(house):
    session = house.sign_in()
    files = Files(house.server, session)
    files.meet()
    return files


def test_a_device_keeps_its_code_through_all_its_contacts(files):
    assert {files.meet() for _ in range(20)} == {files.session.installation}


def test_every_contact_brings_another_token(files):
    tokens = set()
    for _ in range(5):
        files.meet()
        tokens.add(files.contact)
    assert len(tokens) == 5


def test_answers_that_are_lost_make_nobody_a_copy(files):
    for _ in range(3):
        files.meet(lost=True)
        files.meet(lost=True)
        assert files.meet() == files.session.installation


def test_a_first_answer_that_is_lost_makes_nobody_a_copy(house):
    files = Files(house.server, house.sign_in())
    files.meet(lost=True)
    files.meet(lost=True)
    assert files.meet() == files.session.installation


def test_both_copies_get_codes_of_their_own(files):
    copy = files.copy()
    files.meet()
    files.meet()
    copy.meet()
    files.meet()
    assert len({files.session.installation, files.code, copy.code}) == 3


def test_copies_that_take_turns_from_the_start_are_told_apart(files):
    copy = files.copy()
    for _ in range(3):
        files.meet()
        copy.meet()
    assert len({files.session.installation, files.code, copy.code}) == 3


def test_copies_keep_their_codes_once_they_have_them(files):
    copy = files.copy()
    for _ in range(4):
        files.meet()
        copy.meet()
    codes = (files.code, copy.code)
    for _ in range(4):
        copy.meet()
        files.meet()
    assert (files.code, copy.code) == codes


def test_files_copied_before_their_first_contact_are_told_apart(house):
    files = Files(house.server, house.sign_in())
    copy = files.copy()
    for _ in range(4):
        files.meet()
        copy.meet()
    assert files.code != copy.code


def test_a_copy_of_a_copy_is_told_apart_too(files):
    copy = files.copy()
    for _ in range(3):
        files.meet()
        copy.meet()
    third = copy.copy()
    for _ in range(3):
        copy.meet()
        third.meet()
        files.meet()
    assert len({files.code, copy.code, third.code}) == 3


def test_files_that_were_set_back_get_a_new_code(files):
    old = files.copy()
    for _ in range(5):
        files.meet()
    assert old.meet() != files.session.installation


@pytest.mark.parametrize("shown", ["x", "..", "a.b.c", ".1.x", "\x00", "9" * 500, "a.99999999999999999999.c"])
def test_a_token_that_nobody_gave_is_answered_with_a_good_one(files, shown):
    stranger = Files(files.server, files.session, shown)
    assert stranger.meet() != files.session.installation
    stranger.meet()
    assert stranger.code == stranger.meet()


def test_a_store_that_was_set_back_takes_a_token_of_its_future_for_its_own(house, files):
    from wizterm.server.store.people import Chain

    chain, _, _ = files.contact.partition(".")
    files.contact = f"{chain}.50.{uuid7()}"
    assert files.meet() == files.session.installation
    with house.company.store.reading():
        assert Chain.get_by_id(chain).count == 51


def test_documents_under_every_code_a_device_had_are_taken(house, files):
    from tests.support.documents_making import order
    from wizterm.protocol.documents import Taken

    copy = files.copy()
    for _ in range(3):
        files.meet()
        copy.meet()
    first = order(files.session, "C1")
    mine = order(files.session, "C1", installation=files.code)
    theirs = order(files.session, "C1", installation=copy.code)
    assert all(isinstance(answer, Taken) for answer in house.post(files.session, first, mine, theirs))
