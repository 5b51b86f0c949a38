"""A partner who failed is left alone for a while, then asked once."""

from server.base.breaker import Breaker


class Watch:
    """Seconds that pass when they are told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def _broken(watch: Watch) -> Breaker:
    breaker = Breaker(failures=2, rests_s=30, now=watch)
    breaker.failed()
    breaker.failed()
    return breaker


def test_one_failure_is_no_reason():
    breaker = Breaker(failures=2)
    breaker.failed()
    assert breaker.rests_for_s() == 0


def test_after_several_in_a_row_nobody_asks():
    assert _broken(Watch()).rests_for_s() == 30


def test_a_success_between_begins_the_count_anew():
    breaker = Breaker(failures=2)
    breaker.failed()
    breaker.worked()
    breaker.failed()
    assert breaker.rests_for_s() == 0


def test_after_the_rest_one_may_try_and_the_others_wait():
    watch = Watch()
    breaker = _broken(watch)
    watch.now = 31
    assert breaker.rests_for_s() == 0
    assert breaker.rests_for_s() == 30


def test_when_the_try_worked_everybody_may_again():
    watch = Watch()
    breaker = _broken(watch)
    watch.now = 31
    breaker.rests_for_s()
    breaker.worked()
    assert breaker.rests_for_s() == 0
    assert breaker.rests_for_s() == 0
