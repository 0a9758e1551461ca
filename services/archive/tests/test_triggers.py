from govproject.terms import FileClass, ProcessFileKind
from govproject_archive.triggers import CLASSES, PHASED, PROCESS_FILES, Trigger


def test_every_class_has_exactly_one_trigger():
    classes = [file_class for classes in CLASSES.values() for file_class in classes]
    assert sorted(classes) == sorted(FileClass)


def test_every_kind_of_process_material_has_exactly_one_trigger():
    kinds = [kind for kinds in PROCESS_FILES.values() for kind in kinds]
    assert sorted(kinds) == sorted(ProcessFileKind)


def test_every_trigger_asks_for_something():
    assert CLASSES.keys() | PROCESS_FILES.keys() == set(Trigger)


def test_only_a_class_that_waits_for_final_acceptance_may_be_phased():
    assert PHASED in CLASSES[Trigger.FINAL_ACCEPTANCE]
