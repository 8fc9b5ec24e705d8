"""Where PDFs and lists are offered to be written."""

from types import SimpleNamespace

import pytest

from wizterm import locations


@pytest.mark.parametrize("there", [["documents", "downloads"], ["downloads"], []])
def test_the_first_usual_folder_that_is_there_is_taken_and_else_the_one_at_hand(tmp_path, monkeypatch, there):
    for name in there:
        (tmp_path / name).mkdir()
    usual = SimpleNamespace(user_documents_path=tmp_path / "documents", user_downloads_path=tmp_path / "downloads")
    monkeypatch.setattr(locations, "_DIRS", usual)
    monkeypatch.chdir(tmp_path)
    assert locations.papers_folder() == tmp_path / (there[0] if there else "")
