"""A measurement leaves the site as it was, also one that was killed."""

import json
import os
import subprocess
import sys

import pytest

from tests.demo_site import ensure_demo


@pytest.mark.parametrize("end", ["well", "killed"])
def test_what_a_case_changes_goes_back(site_name, sites_path, repo_root, end):
	ensure_demo(site_name, sites_path)
	done = subprocess.run(
		[sys.executable, "-m", "tests.integration.bench.keeping", site_name, end],
		cwd=sites_path,
		env={**os.environ, "PYTHONPATH": str(repo_root)},
		capture_output=True,
		text=True,
		timeout=120,
	)
	assert done.returncode == 0, done.stderr[-3000:]
	left = json.loads(done.stdout.splitlines()[-1])
	# A row that was there stays, whatever its time says: it may be the site's Administrator.
	assert left == {"new": 0, "same": True, "copies": 0, "changed": {}, "lost": False}
