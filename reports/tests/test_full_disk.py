"""A disk that is full in the middle of a file: a clear state, no half file, no row that says done."""

import errno
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from reports import jobs, services
from reports.building import Built
from reports.enums import PaperState
from reports.models import Paper
from reports.tasks import build_paper

pytestmark = pytest.mark.usefixtures("quiet")
ROOM = 1000  # bytes


class SmallDisk(FileSystemStorage):
    """Takes ROOM bytes in all; the file that does not fit is left half written, as a real disk leaves it."""

    def _save(self, name, content):
        used = sum(one.stat().st_size for one in Path(self.location).rglob("*") if one.is_file())
        data = content.read()
        if used + len(data) <= ROOM:
            content.seek(0)
            return super()._save(name, content)
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data[: ROOM - used])
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def small_disk(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.SmallDisk"}}
    return tmp_path


def files_in(folder):
    return sorted(one.name for one in folder.rglob("*") if one.is_file())


def stand_in(sizes):
    """A building that gives files of so many bytes."""
    return lambda paper, on_step: Built("{}", {kind: b"x" * size for kind, size in sizes.items()}, 1)


@pytest.mark.parametrize("sizes", [{"pdf": 1500}, {"pdf": 600, "docx": 600}])
def test_nothing_half_is_left_and_a_sentence_says_why(two_years, small_disk, monkeypatch, sizes):
    from reports import tasks

    monkeypatch.setattr(tasks, "build", stand_in(sizes))
    paper = services.request_term_report(two_years.term, by=two_years.leader)

    build_paper(paper.pk)

    paper.refresh_from_db()
    assert (paper.state, paper.failure, paper.files.count()) == (PaperState.FAILED, jobs.NO_ROOM, 0)
    assert files_in(small_disk) == []


def test_the_files_of_the_last_draft_stay_when_the_new_ones_find_no_room(two_years, small_disk, monkeypatch):
    from reports import lists, tasks

    monkeypatch.setattr(lists, "keep", lambda *args: None)
    monkeypatch.setattr(tasks, "build", stand_in({"pdf": 400}))
    paper = services.request_term_report(two_years.term, by=two_years.leader)
    build_paper(paper.pk)
    paper = Paper.objects.get(pk=paper.pk)
    before = files_in(small_disk)

    services.reset_paper(paper, new_figures=True, by=two_years.leader)
    monkeypatch.setattr(tasks, "build", stand_in({"pdf": 500, "docx": 500}))
    build_paper(paper.pk)

    paper.refresh_from_db()
    assert (paper.state, paper.failure) == (PaperState.FAILED, jobs.NO_ROOM)
    assert files_in(small_disk) == before == [Path(paper.files.get().file.name).name]
