from collections import Counter

from govproject.messaging.windows import Window
from govproject_local.chaos.mutants import MUTANTS
from govproject_local.chaos.schedule import BROKER, POSTGRESQL, SUSPENDED, plan
from govproject_local.suite import SERVICES


def test_the_seed_alone_decides():
    assert plan(7, 50, postgresql=True) == plan(7, 50, postgresql=True)
    assert plan(7, 50, postgresql=True) != plan(8, 50, postgresql=True)


def test_two_hundred_kills_hit_every_window_several_times():
    for seed in range(10):
        deaths = plan(seed, 200, postgresql=True)
        assert len(deaths) == 200
        windows = Counter(death.window for death in deaths if death.window)
        assert min(windows[window] for window in Window) >= 5
        targets = Counter(death.target for death in deaths)
        assert set(targets) == {*SERVICES, BROKER, POSTGRESQL}
        assert any(death.manner == SUSPENDED for death in deaths)


def test_deaths_are_spread_over_the_whole_run_in_order():
    moments = [death.at for death in plan(1, 100, postgresql=False)]
    assert moments == sorted(moments)
    assert 0 < moments[0] < 0.02
    assert 0.97 < moments[-1] < 1


def test_without_a_database_server_none_is_killed():
    assert POSTGRESQL not in {death.target for death in plan(1, 300, postgresql=False)}


def test_with_a_mutant_every_death_is_aimed_at_it():
    mutant = MUTANTS["no-cursor"]
    deaths = plan(1, 3, postgresql=True, mutant=mutant)
    assert {(death.target, death.window) for death in deaths} == {(mutant.target, mutant.window)}
