from govproject.terms import FileClass
from govproject_archive.triggers import CLASSES, PHASED, Trigger


def test_every_class_has_exactly_one_trigger():
    classes = [file_class for classes in CLASSES.values() for file_class in classes]
    assert sorted(classes) == sorted(FileClass)


def test_every_trigger_opens_a_class():
    assert set(CLASSES) == set(Trigger)


def test_only_a_class_that_waits_for_final_acceptance_may_be_phased():
    assert PHASED in CLASSES[Trigger.FINAL_ACCEPTANCE]
