from uuid import UUID

from govproject.ids import new_id


def test_identifiers_are_standard_uuids_of_version_7_in_the_order_they_were_made():
    made = [new_id() for _ in range(1000)]
    assert {type(id_) for id_ in made} == {UUID}
    assert {id_.version for id_ in made} == {7}
    assert len(set(made)) == len(made)
    assert made == sorted(made)
