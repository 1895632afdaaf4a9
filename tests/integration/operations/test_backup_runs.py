"""Runs of the backup that do not go as they should, and what may be wished for in the settings."""

import json
import pathlib

import pytest
from clinic_core.foundation.errors import InvalidInputError
from clinic_core.operations.backup import jobs, runs, settings
from clinic_core.operations.backup.findings import check, finding
from clinic_core.operations.backup.verification import Verdict

from tests.integration.operations import backup_world as world


@pytest.fixture
def save(site):
	"""Save the settings with these values."""

	def run(**values):
		site.get_doc(settings.DOCTYPE).update(values).save()

	return run


@pytest.mark.parametrize(
	("field", "value", "says"),
	[
		("path", "backups", "Folder: Give the whole path, from / on."),
		("path", "/no/such/folder", "Folder: There is no folder /no/such/folder on the server."),
		("second_path", "/proc", "Folder of the second copy: The server may not write to /proc."),
		("keep_daily", 0, "Daily backups: It must be between 1 and 1000."),
		("keep_monthly", -1, "Monthly backups: It must be between 0 and 1000."),
		("also_mail_to", "somebody", "Also mail to: “somebody” is not a mail address."),
		("encrypt", 1, "Encrypt backups: Set backup_encryption_key in the site's configuration first"),
	],
)
def test_a_wish_that_cannot_be_is_refused_by_its_name(save, field, value, says):
	with pytest.raises(InvalidInputError) as raised:
		save(**{field: value})
	assert says in str(raised.value).replace("<strong>", "").replace("</strong>", "")


@pytest.mark.parametrize("handed_out", ["public/files", "private/files", "private/backups"])
def test_backups_do_not_lie_where_they_could_be_fetched(save, site, handed_out):
	with pytest.raises(InvalidInputError, match="Anybody could download"):
		save(path=str(pathlib.Path(site.get_site_path(handed_out)).absolute()))


def test_the_second_copy_lies_elsewhere(save, tmp_path, site_name):
	(tmp_path / "inside").mkdir()
	with pytest.raises(InvalidInputError, match="outside the folder of the backups"):
		save(path=str(tmp_path), second_path=str(tmp_path / "inside"))
	save(path=None, second_path=str(tmp_path))
	assert settings.second_folder() == tmp_path / site_name


def test_there_is_never_a_second_run_at_the_same_time(site, site_name, sites_path):
	with runs.exclusive():
		assert jobs.start("User") is False
		code, said = world.bench(site_name, sites_path, "clinic-backup")
	assert code == 1 and "running already" in said
	assert not runs.is_running()


@pytest.fixture(scope="module")
def bad_night(frappe_site, site_name, sites_path, tmp_path_factory):
	"""The run before was killed, the second disk is not mounted, and nothing is proven."""
	frappe, tmp_path = frappe_site, tmp_path_factory.mktemp("bad night")
	dead = {"doctype": runs.DOCTYPE, "name": "20200101-020000", "status": "Running", "phase": "Dumping"}
	(tmp_path / "first").mkdir()
	values = {"path": str(tmp_path / "first"), "second_path": str(tmp_path / "unmounted"), "verify": 0}
	frappe.db.rollback()
	frappe.get_doc(dead).insert()
	world.wish(frappe, values)
	part = tmp_path / "first" / site_name / "20200101-020000.part"
	part.mkdir(parents=True)
	try:
		yield world.bench(site_name, sites_path, "clinic-backup"), tmp_path / "first" / site_name
	finally:
		world.remove(frappe)
		world.wish(frappe, {"path": None, "second_path": None, "verify": 1})


def test_a_bad_night_is_told(bad_night, site):
	(code, _said), folder = bad_night
	assert code == 1
	dead, *_others, last = site.get_all(
		runs.DOCTYPE, fields=["name", "status", "problems"], order_by="name asc"
	)
	assert (dead.status, "without a word" in dead.problems) == ("Failed", True)
	assert (last.status, "Is the disk mounted?" in last.problems) == ("Failed", True)
	assert [path.name for path in folder.iterdir()] == [last.name], "what the killed run left is gone"
	verdict = json.loads((folder / last.name / "verdict.json").read_text())
	assert verdict["status"] == "Not Verified", "the backup itself is there, whole"
	alert = site.get_last_doc("Clinic Alert", {"code": "backup_failed"})
	assert dead.name in alert.subject or last.name in alert.subject
	assert site.get_all("Notification Log", {"document_name": alert.name})


def test_what_can_be_restored_despite_findings():
	whole = [check(code, None) for code in ("files_intact", "archives", "restored")]
	wrong_inside = check("voucher_sums", 9, [finding("voucher_unbalanced", "Clinic Payment", "x", "1")])
	assert Verdict([*whole, wrong_inside]).is_restorable and not Verdict([*whole, wrong_inside]).ok
	assert not Verdict([*whole[:2], wrong_inside]).is_restorable, "it was never restored"
	changed = check("files_intact", 5, [finding("file_changed", "database")])
	assert not Verdict([changed, *whole[1:]]).is_restorable
