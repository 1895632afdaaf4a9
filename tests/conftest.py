"""What every kind of test shares: where the bench and the site are.

`./clinic test` sets the environment. Unit tests need none of it.
"""

import os
import pathlib
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, settings

# CI judges a change by the same examples each time; on a desk every run explores new ones.
# A machine that is busy makes slow examples, not wrong ones.
_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("patient", **_PATIENT)
settings.register_profile("ci", derandomize=True, **_PATIENT)
settings.load_profile("patient")
if os.environ.get("CI"):
	settings.load_profile("ci")

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Pure rules and their tests run without a bench: the apps are importable as they lie here.
for app in ("clinic_core", "clinic_crm", "clinic_reception"):
	sys.path.insert(0, str(ROOT / "apps" / app))
sys.path.insert(0, str(ROOT))


@pytest.fixture(scope="session")
def repo_root() -> pathlib.Path:
	return ROOT


@pytest.fixture(scope="session")
def site_name() -> str:
	name = os.environ.get("CLINIC_SITE")
	if not name:
		pytest.skip("needs a site: run ./clinic test")
	return name


@pytest.fixture(scope="session")
def sites_path() -> pathlib.Path:
	path = os.environ.get("CLINIC_SITES_PATH")
	if not path:
		pytest.skip("needs a bench: run ./clinic test")
	return pathlib.Path(path)


@pytest.fixture
def small_disk(tmp_path):
	"""A disk of one megabyte."""
	place = tmp_path / "small"
	place.mkdir()
	mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
	if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
		pytest.skip("only root can mount a small disk")
	yield place
	subprocess.run(["umount", str(place)], check=True)
