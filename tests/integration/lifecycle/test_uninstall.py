"""Uninstalling an app leaves nothing of it behind and breaks no other; installing it again brings it back."""

import json
import pathlib
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow
ROOT = pathlib.Path(__file__).resolve().parents[3]
SITE = "lifecycle-test.localhost"
SNAPSHOT = pathlib.Path(__file__).with_name("snapshot.py")


def clinic(*arguments):
	done = subprocess.run(
		[sys.executable, str(ROOT / "clinic"), *arguments],
		cwd=ROOT,
		capture_output=True,
		text=True,
		timeout=600,
		stdin=subprocess.DEVNULL,
	)
	assert done.returncode == 0, done.stdout[-1500:] + done.stderr[-3000:]
	return done.stdout


@pytest.fixture(scope="module")
def throw_away_site(sites_path):
	if (sites_path / SITE).exists():
		clinic("site", "drop", SITE)
	clinic("site", "new", SITE)
	yield lambda: take_snapshot(sites_path)
	clinic("site", "drop", SITE)


def take_snapshot(sites_path):
	done = subprocess.run(
		[sys.executable, str(SNAPSHOT), SITE, str(sites_path)],
		cwd=sites_path,
		capture_output=True,
		text=True,
		timeout=120,
	)
	assert done.returncode == 0, done.stderr[-3000:]
	return json.loads(done.stdout.strip().splitlines()[-1])


def uninstall(app):
	clinic("frappe", "--site", SITE, "uninstall-app", app, "--yes", "--no-backup")


@pytest.mark.parametrize("app", ["clinic_crm", "clinic_reception"])
def test_an_app_goes_without_a_trace_and_comes_back(throw_away_site, app):
	before = throw_away_site()
	other = "clinic_reception" if app == "clinic_crm" else "clinic_crm"
	assert before["apps"][app]["DocType"]
	uninstall(app)
	without = throw_away_site()
	assert app not in without["installed"]
	assert without["apps"][app] == {}
	assert [t for t in without["tables"] if t.removeprefix("tab") in before["apps"][app]["DocType"]] == []
	assert [s for s in without["singles"] if s in before["apps"][app]["DocType"]] == []
	for kept in ("clinic_core", other):
		assert without["apps"][kept] == before["apps"][kept], f"{kept} lost something"
	clinic("frappe", "--site", SITE, "migrate")
	clinic("frappe", "--site", SITE, "install-app", app)
	assert throw_away_site() == before


def test_all_of_it_goes_without_a_trace(throw_away_site):
	before = throw_away_site()
	for app in ("clinic_reception", "clinic_crm", "clinic_core"):
		uninstall(app)
	after = throw_away_site()
	assert after["installed"] == ["frappe"]
	emptied = ("tables", "roles", "custom_fields", "defaults", "singles", "jobs", "profiles", "list_views")
	assert {kind: after[kind] for kind in emptied} == {kind: [] for kind in emptied}
	assert after["role_rows"] == 0
	assert all(found == {} for found in after["apps"].values())
	for app in ("clinic_core", "clinic_crm", "clinic_reception"):
		clinic("frappe", "--site", SITE, "install-app", app)
	assert throw_away_site() == before
