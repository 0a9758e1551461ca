from datetime import UTC, datetime

import pytest

from govproject.terms import FileClass, ProcessFileKind
from govproject_archive.papers import PAPERS
from govproject_archive.triggers import (
    CLASSES,
    PHASED,
    PROCESS_FILES,
    Trigger,
    without_upload,
    without_volume,
)


def test_every_class_has_exactly_one_trigger():
    classes = [file_class for classes in CLASSES.values() for file_class in classes]
    assert sorted(classes) == sorted(FileClass)


def test_every_kind_of_process_material_has_its_milestone():
    kinds = {kind for kinds in PROCESS_FILES.values() for kind in kinds}
    assert kinds == set(ProcessFileKind)


def test_what_is_built_has_its_material_whichever_step_says_so():
    steps = (Trigger.COMPLETION, Trigger.PRELIMINARY_ACCEPTANCE, Trigger.FINAL_ACCEPTANCE)
    assert len({PROCESS_FILES[step] for step in steps}) == 1


def test_every_trigger_asks_for_something():
    assert CLASSES.keys() | PROCESS_FILES.keys() | PAPERS.keys() == set(Trigger)


def test_only_a_class_that_waits_for_final_acceptance_may_be_phased():
    assert PHASED in CLASSES[Trigger.FINAL_ACCEPTANCE]


@pytest.mark.parametrize(
    ("due", "handed_over", "left"),
    [
        ([], [], []),
        ([1], [1], []),
        ([1], [], ["0"]),
        ([2], [1], ["0"]),
        ([1, 1], [1], []),
        ([1, 5], [5], []),
        ([1, 5], [2, 3], ["1"]),
        ([5, 1], [2, 6], []),
        ([5, 3, 1], [2], ["0", "1"]),
    ],
)
def test_each_record_has_a_volume_that_can_hold_its_files(due, handed_over, left):
    records = {str(number): datetime(2026, 3, day, tzinfo=UTC) for number, day in enumerate(due)}
    there = [datetime(2026, 3, day, tzinfo=UTC) for day in handed_over]
    assert without_volume(records, there) == left


@pytest.mark.parametrize(
    ("due", "uploaded", "left"),
    [
        ([], [], []),
        (["a"], [], ["a"]),
        (["a"], [""], []),
        (["a", "b"], [""], ["b"]),
        (["a", "b"], ["", ""], []),
        (["a", "b"], ["b"], ["a"]),
        (["a", "b"], ["b", "b"], ["a"]),
        (["a", "b"], ["b", ""], []),
        (["a"], ["b"], ["a"]),
        ([""], ["b", ""], []),
        (["", "b"], [""], ["b"]),
        (["", "b"], ["b"], [""]),
        (["", "b"], ["", "b"], []),
    ],
)
def test_each_record_has_its_process_material(due, uploaded, left):
    assert without_upload(due, uploaded) == left
