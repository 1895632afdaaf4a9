"""Application hosts, a host for jobs, a read replica: what a clinic on several machines relies on.

The trial that `docs/operations.md` speaks of, on a copy of the test site (about 20 seconds).
"""

import os
from contextlib import ExitStack

import pytest

from devbench.paths import Bench
from tests.bench.scale import checks, trial


@pytest.fixture(scope="module")
def world(demo):
	with ExitStack() as stack:
		yield trial.build(Bench(), stack, trial.scratch_folder(stack), os.environ["CLINIC_SITE"])


@pytest.mark.parametrize("check", checks.ALL, ids=lambda check: check.__name__)
def test_it_holds(world, check):
	assert check(world)
