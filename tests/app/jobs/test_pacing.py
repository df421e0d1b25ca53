"""Chunks of steps grow while they are quick; longer where leaps are as quick as steps."""

import pytest

from app.jobs.pacing import LONGEST_CHUNK, LONGEST_LEAP, Pacer


def settled(seconds_of, *, leaps):
    """Return the chunk after many were made, each taking as long as a function of it says."""
    pacer = Pacer()
    for _ in range(200):
        pacer.made(pacer.chunk, seconds_of(pacer.chunk), leaps=leaps)
    return pacer.chunk


@pytest.mark.parametrize("per_step", [1e-7, 3e-5, 2e-3])
def test_a_chunk_takes_a_few_milliseconds(per_step):
    chunk = settled(lambda steps: steps * per_step, leaps=False)
    assert 0.25 * LONGEST_CHUNK < chunk * per_step <= LONGEST_CHUNK


def test_a_step_longer_than_a_chunk_is_made_alone():
    assert settled(lambda steps: 0.1 * steps, leaps=False) == 1


def test_leaps_grow_while_they_hardly_take_longer():
    def seconds_of(steps):
        return 0.02 + 1e-6 * steps

    assert settled(seconds_of, leaps=False) == 1
    assert 0.25 * LONGEST_LEAP < seconds_of(settled(seconds_of, leaps=True)) <= LONGEST_LEAP
