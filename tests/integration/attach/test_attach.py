"""Joining an official bench and leaving it: whole or not at all, and never with the clinic's data by accident."""

import json
import pathlib
import subprocess
import sys

import pytest

from devbench.paths import Bench

from . import official_bench

pytestmark = pytest.mark.slow
ROOT = pathlib.Path(__file__).resolve().parents[3]
SITE = "attach-test.localhost"
# Another app of the bench, which can be told to stand in the way.
OBSTACLE_HOOKS = """app_name = "obstacle"
app_title = "Obstacle"
app_description = app_publisher = app_email = app_license = "for tests"
after_app_install = ["obstacle.after_app_install"]
before_migrate = ["obstacle.before_migrate"]
"""
OBSTACLE = """__version__ = "1.0.0"
import pathlib
STOP = pathlib.Path(__file__).with_name("stop")
def after_app_install(app):
	if STOP.exists() and app == "clinic_core":
		raise RuntimeError("the obstacle stops the installation")
def before_migrate():
	if STOP.exists():
		raise RuntimeError("the obstacle stops the migration")
"""
# What a person sees of us in the desk.
SIDEBAR = """
from frappe.desk.desktop import get_workspace_sidebar_items
answer = [page["name"] for page in get_workspace_sidebar_items()["pages"] if "Clinic" in page["name"]]
"""


class Joined:
	"""The bench of this file with its site."""

	def __init__(self, path):
		self.path = path

	def run(self, command, *options):
		return subprocess.run(
			[
				sys.executable,
				str(ROOT / "clinic"),
				command,
				"--bench",
				str(self.path),
				"--site",
				SITE,
				*options,
			],
			cwd=ROOT,
			capture_output=True,
			text=True,
			timeout=300,
			stdin=subprocess.DEVNULL,
		)

	def done(self, command, *options):
		done = self.run(command, *options, "--yes")
		assert done.returncode == 0, done.stdout[-1500:] + done.stderr[-3000:]
		return done.stderr

	def refused(self, command, *options):
		done = self.run(command, *options, "--yes")
		assert done.returncode == 1, done.stdout[-1500:] + done.stderr[-3000:]
		return done.stderr

	def python(self, code):
		return official_bench.in_site(self.path, SITE, code)

	def content(self):
		"""What the site holds, and what lies in the bench's folders."""
		lists = {
			name: (self.path / "sites" / name).read_text()
			for name in ("apps.txt", "assets/assets.json", "assets/assets-rtl.json")
		}
		folders = ("", "apps", "sites/assets", str(self.packages().relative_to(self.path)))
		files = {name: sorted(path.name for path in (self.path / name).iterdir()) for name in folders}
		return (
			official_bench.names(self.path, SITE),
			{name: _entries(text) for name, text in lists.items()},
			files,
		)

	def packages(self):
		return next((self.path / "env" / "lib").glob("python3*")) / "site-packages"

	def obstacle(self, stands):
		stop = self.path / "apps" / "obstacle" / "obstacle" / "stop"
		stop.touch() if stands else stop.unlink()


def _entries(text):
	return sorted(json.loads(text)) if text.startswith("{") else text.split()


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
	local = Bench()
	path = official_bench.make(tmp_path_factory.mktemp("official"), local)
	official_bench.new_site(path, local, SITE)
	try:
		_add_obstacle(path)
		yield Joined(path)
	finally:
		official_bench.drop_site(path, local, SITE)


def _add_obstacle(path):
	package = path / "apps" / "obstacle" / "obstacle"
	package.mkdir(parents=True)
	for name, text in (
		("hooks.py", OBSTACLE_HOOKS),
		("__init__.py", OBSTACLE),
		("modules.txt", "Obstacle\n"),
		("patches.txt", ""),
	):
		(package / name).write_text(text)
	(package / "obstacle").mkdir()
	(package / "obstacle" / "__init__.py").touch()
	site_packages = next((path / "env" / "lib").glob("python3*")) / "site-packages"
	(site_packages / "obstacle.pth").write_text(f"{package.parent}\n")
	(path / "sites" / "apps.txt").write_text("frappe\nobstacle\n")
	official_bench.run(
		path, "-m", "frappe.utils.bench_helper", "frappe", "--site", SITE, "install-app", "obstacle"
	)


def test_joining_and_leaving(bench):
	bare = bench.content()
	assert not any("Clinic" in table for table in bare[0]["tables"])

	# Another app refuses in the middle of the installation: everything is as before.
	bench.obstacle(True)
	assert "the obstacle stops the installation" in bench.refused("attach")
	assert bench.content() == bare
	bench.obstacle(False)

	assert "is attached" in bench.done("attach")
	joined = bench.content()
	assert joined[0]["installed"] == [
		'["frappe", "obstacle", "clinic_core", "clinic_crm", "clinic_reception"]'
	]
	assert "Clinic Patient" in joined[0]["tabDocType"]
	assert "jdatetime" in joined[2][str(bench.packages().relative_to(bench.path))]
	assert "--apps clinic_core,clinic_crm,clinic_reception" in (bench.path.parent / "yarn-calls").read_text()
	bench.python(
		"""
patient = frappe.get_doc({"doctype": "Clinic Patient", "first_name": "Ada", "last_name": "Before", "name": "BEFORE"})
patient.db_insert()
frappe.db.set_value("Workspace", "Clinic", "title", "Our clinic")
frappe.db.commit()
answer = patient.name
"""
	)

	assert "attached already" in bench.done("attach")
	assert bench.content() == joined

	bench.done("detach")
	_is_asleep(bench, bare)
	assert bench.python(SIDEBAR) == []
	assert "not attached" in bench.refused("detach")

	# A migration that fails puts the apps back to sleep.
	bench.obstacle(True)
	assert "the obstacle stops the migration" in bench.refused("attach")
	_is_asleep(bench, bare)
	bench.obstacle(False)

	bench.done("attach")
	assert bench.content() == joined
	kept = "answer = [frappe.db.get_value('Clinic Patient', 'BEFORE', 'last_name'), frappe.db.get_value('Workspace', 'Clinic', 'title')]"
	assert bench.python(kept) == ["Before", "Our clinic"]

	bench.done("detach", "--delete-data")
	assert bench.content() == bare
	backups = bench.path / "sites" / SITE / "private" / "backups"
	assert list(backups.glob("*database.sql.gz"))


def _is_asleep(bench, bare):
	"""The bench is as it was, the site's data is there, and Frappe knows nothing of it."""
	site, lists, files = bench.content()
	assert (lists, files) == bare[1:]
	assert site["installed"] == bare[0]["installed"]
	assert {"tabClinic Patient", "__clinic_parked"} <= set(site["tables"])
	# Users, roles and seeds are the clinic's; the rest is what Frappe would trip over.
	kept = ("tables", "singles", "defaults", "tabRole", "tabModule Profile", "tabList View Settings")
	assert {kind: site[kind] for kind in site if kind not in kept} == {
		kind: bare[0][kind] for kind in bare[0] if kind not in kept
	}


def test_a_bench_is_refused_before_anything_is_touched(bench):
	before = bench.content()
	name = "Clinic Patient"
	bench.python(
		f"""
frappe.get_doc({{"doctype": "DocType", "name": {name!r}, "module": "Obstacle", "custom": 1,
	"fields": [{{"fieldname": "a", "fieldtype": "Data", "label": "A"}}], "permissions": []}}).insert()
frappe.db.commit()
answer = 1
"""
	)
	assert name in bench.refused("attach")
	bench.python(f"frappe.delete_doc('DocType', {name!r}); frappe.db.commit(); answer = 1")
	assert bench.content()[1:] == before[1:]
