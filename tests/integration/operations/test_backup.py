"""A real backup of the site: made, encrypted, copied and proven; then damaged in each way (N7)."""

import json
import tarfile

import pytest
from clinic_core.operations.backup import making, restoring, scratch, scratch_server, sentences, settings
from clinic_core.operations.backup.findings import BackupError
from clinic_core.operations.backup.verification import Tools, verify

from tests.integration.operations import backup_world as world

pytestmark = pytest.mark.skipif(not scratch_server.is_installed(), reason="MariaDB's server is not installed")


@pytest.fixture(scope="module")
def made(frappe_site, site_name, sites_path, tmp_path_factory):
	"""One night: an encrypted backup with a second copy, made and proven by the command."""
	place = tmp_path_factory.mktemp("the clinic's backups")
	(place / "first").mkdir()
	(place / "second").mkdir()
	frappe = frappe_site
	wishes = {"path": str(place / "first"), "second_path": str(place / "second"), "encrypt": 1}
	world.bench(site_name, sites_path, "set-config", settings.KEY, world.KEY)
	try:
		world.create(frappe)
		world.wish(frappe, wishes)
		code, said = world.bench(site_name, sites_path, "clinic-backup")
		(folder,) = (place / "first" / site_name).glob("2*")
		yield {"folder": folder, "second": place / "second" / site_name, "code": code, "said": said}
	finally:
		world.remove(frappe)
		world.wish(frappe, dict.fromkeys(wishes))
		world.bench(site_name, sites_path, "set-config", "--parse", settings.KEY, "None")


@pytest.fixture
def copy(made, tmp_path):
	return world.Copy(made["folder"], tmp_path / "copy")


@pytest.fixture
def prove(tmp_path):
	"""`prove(folder, key)`: the codes found, with their parameters."""

	def run(folder, key=None):
		verdict = verify(folder, Tools(tmp_path / "scratch", key))
		for found in verdict.findings:
			assert sentences.say(found) != found.code
		return [(found.code, *found.params) for found in verdict.findings]

	return run


def test_a_good_night(made, site):
	assert made["code"] == 0, made["said"]
	row = site.get_doc("Clinic Backup", made["folder"].name)
	assert (row.status, row.problems, row.second_copy, row.encrypted) == ("Verified", "", "Copied", 1)
	assert row.size_bytes > 100_000 and 0 < row.peak_memory_mb < 1500
	checked = {check["code"]: check["count"] for check in json.loads(row.checks)}
	assert checked["seal_chains"] >= 4 and checked["voucher_sums"] >= 4
	assert checked["no_overlap"] >= 2 and checked["entitlement_sums"] >= 1
	assert checked["uploads_present"] >= 1 and checked["row_counts"] > 250
	assert row.report()[0]["ok"]
	copied = {path.name: path.read_bytes() for path in (made["second"] / row.name).iterdir()}
	assert copied == {path.name: path.read_bytes() for path in made["folder"].iterdir()}


def test_nothing_of_an_encrypted_backup_can_be_read(made, site):
	"""Not the key itself either, which is part of the site's configuration."""
	for path in made["folder"].iterdir():
		content = path.read_bytes()
		for secret in (world.KEY, site.conf.db_password, "x-ray"):
			assert secret.encode() not in content, path.name


def test_what_was_changed_inside_a_dump_is_named(copy, prove):
	"""Packed again and with a forged manifest: only what the records say of each other gives it away."""

	def tamper(sql):
		sql = world.one_value(sql, "Clinic Ledger Entry", f",{world.PAID}", ",23457.000000000")
		sql = world.one_value(sql, "Clinic Reception", world.DEBT, "5.000000000")
		sql = world.one_value(sql, "Clinic Entitlement Entry", "7.25", "2.25")
		sql = world.without_unique_key(sql, "Clinic Time Claim")
		sql = world.one_value(
			sql, "Clinic Time Claim", f",1,'{world.APPOINTMENT}'", f",0,'{world.APPOINTMENT}'"
		)
		return world.rows_of(sql, "Has Role", lambda _line: "")

	copy.change_dump(tamper)
	with tarfile.open(copy.part("private")) as whole, tarfile.open(copy.folder / "less", "w") as less:
		for member in whole:
			if not member.name.endswith(world.UPLOAD):
				less.addfile(member, whole.extractfile(member))
	(copy.folder / "less").rename(copy.part("private"))
	copy.forge("private")
	found = {code: params for code, *params in prove(copy.folder)}
	assert found.pop("voucher_unbalanced") == ["Clinic Payment", world.VOUCHER, "1"]
	assert found.pop("seal_changed")[2:] == ["Clinic Payment", world.VOUCHER]
	assert found.pop("reception_differs") == [world.RECEPTION, "5", "123457"]
	assert found.pop("entitlement_overdrawn") == [world.ENTITLEMENT, -0.75]
	assert found.pop("claim_twice")[0] == "backup:test"
	assert found.pop("rows_differ")[:2] == ["tabHas Role", 0]
	assert found.pop("archived_file_missing") == [world.UPLOAD]
	assert found.pop("upload_missing")[0] == world.UPLOAD
	assert found == {}


def test_a_dump_that_was_cut_off_is_named(copy, prove):
	copy.damage("database", lambda content: content[: len(content) // 2])
	assert [one[:2] for one in prove(copy.folder)] == [
		("file_truncated", "database"),
		("dump_broken", "database"),
	]


def test_flipped_bytes_are_named(copy, prove):
	middle = copy.part("database").stat().st_size // 2
	copy.damage(
		"database", lambda c: c[:middle] + bytes(b ^ 0xFF for b in c[middle : middle + 8]) + c[middle + 8 :]
	)
	copy.damage("private", lambda content: content[:700])
	found = {one[:2] for one in prove(copy.folder)}
	# The database may stumble over nonsense before gzip comes to its checksum.
	assert found & {("dump_broken", "database"), ("load_failed", "database")}
	assert found >= {
		("file_changed", "database"),
		("file_truncated", "private"),
		("archived_file_missing", world.UPLOAD),
	}


def test_a_wrong_key_and_a_missing_one_are_named(made, prove):
	database = next(made["folder"].glob("*database-enc*")).name
	assert ("key_wrong", database) in prove(made["folder"], "another key")
	assert ("key_missing", database) in prove(made["folder"])


def test_a_folder_that_is_no_backup(tmp_path, prove):
	assert prove(tmp_path) == [("manifest_missing", str(tmp_path))]


def test_a_full_disk_while_the_dump_is_written(small_disk, site, monkeypatch):
	"""Frappe's own command runs into it; what it had written is removed."""
	with pytest.raises(BackupError) as raised:
		making.make(small_disk, "night", None, lambda _phase: None)
	assert raised.value.finding.code == "disk_too_small"
	monkeypatch.setattr(making, "needed_bytes", lambda: 1)
	# The dump of an empty clinic is smaller than the disk.
	other = small_disk / "other"
	other.write_bytes(bytes(900_000))
	with pytest.raises(BackupError) as raised:
		making.make(small_disk, "night", None, lambda _phase: None)
	assert raised.value.finding.code == "disk_full"
	assert list(small_disk.iterdir()) == [other]


def test_the_site_s_own_server_is_used_where_it_is_allowed(site):
	"""Without a server on this machine: a database beside the site's, once its account may make one."""
	with pytest.raises(BackupError) as raised, scratch.open_database(None, scratch.SITE):
		pass
	assert raised.value.finding.code == "scratch_not_allowed"
	(statement,) = raised.value.finding.params
	assert statement.startswith("GRANT ALL PRIVILEGES ON `")
	world.as_root(statement)
	try:
		with scratch.open_database(None, scratch.SITE) as server:
			assert server.database == f"{site.conf.db_name}_scratch"
			assert server.database in world.databases()
		assert server.database not in world.databases()
	finally:
		world.as_root(statement.replace("GRANT", "REVOKE").replace("TO '", "FROM '"))


@pytest.fixture
def broken_site(made, site_name, sites_path):
	"""Another site with the same content, in which something went wrong since."""
	name = "backup-test.localhost"
	with world.another_site(sites_path, site_name, name, made["folder"]) as database:
		database("UPDATE `tabClinic Reception` SET outstanding = 1")
		yield name, sites_path / name


def test_a_restore_brings_back_what_was(made, broken_site, sites_path):
	name, folder = broken_site
	before = json.loads((folder / "site_config.json").read_text())
	code, said = world.bench(name, sites_path, "clinic-restore", made["folder"], "--yes", **world.root())
	assert code == 0, said
	after = json.loads((folder / "site_config.json").read_text())
	assert after["db_name"] != before["db_name"] and before["db_name"] in said
	assert "maintenance_mode" not in after and after["pause_scheduler"] == 1
	outstanding = "SELECT outstanding FROM `tabClinic Reception` WHERE name = %s"
	assert world.ask(after, outstanding, world.RECEPTION) == float(world.DEBT)
	assert (
		world.ask(after, "SELECT status FROM `tabClinic Backup` WHERE name = %s", made["folder"].name)
		== "Verified"
	)
	assert (folder / world.UPLOAD).read_text() == "bones"
	assert [path.name for path in (folder / "private").glob("files*.old-*")] == [
		f"files.old-{after['clinic_before_restore']['stamp']}"
	]
	_code, said = world.bench(
		name, sites_path, "execute", "clinic_core.operations.backup.restoring.drop_kept"
	)
	assert before["db_name"] in said
	assert before["db_name"] not in world.databases() and after["db_name"] in world.databases()
	assert list((folder / "private").glob("files.old-*")) == []
	# For the end of the fixture, which drops what the configuration names.
	assert "clinic_before_restore" not in json.loads((folder / "site_config.json").read_text())


def _broken(part):
	def change(copy):
		copy.damage(part, lambda content: content[: len(content) // 2])

	return change


def _too_few_rows(copy):
	copy.manifest.rows_before["tabUser"] = copy.manifest.rows_after["tabUser"] = 5000


def _no_configuration(copy):
	copy.part("config").write_text("{")


@pytest.mark.parametrize("change", [_broken("database"), _too_few_rows, _no_configuration])
def test_a_restore_that_fails_leaves_the_site_as_it_was(copy, change, site, sites_path):
	"""Also one that the proof before it did not foresee: here it is left out."""
	copy.change_dump(world.shortened)
	copy.manifest.rows_before = copy.manifest.rows_after = {"tabUser": 1}
	change(copy)
	before = world.everything(site)
	job = restoring.Job(
		copy.folder, None, "root", world.root()["CLINIC_DB_ROOT_PASSWORD"], lambda _step: None
	)
	with pytest.raises((BackupError, ValueError)):
		restoring.restore(job, copy.manifest)
	assert world.everything(site) == before


def test_without_the_rights_nothing_is_begun(copy, site):
	before = world.everything(site)
	job = restoring.Job(copy.folder, None, "root", "not the password", lambda _step: None)
	with pytest.raises(BackupError) as raised:
		restoring.restore(job, copy.manifest)
	assert raised.value.finding.code == "root_refused"
	assert world.everything(site) == before


def test_a_backup_of_another_version_is_refused(copy, site):
	copy.manifest.frappe_version = "13.58.0"
	with pytest.raises(BackupError) as raised:
		restoring.refuse_unfit(copy.manifest)
	assert raised.value.finding.params == ("13.58.0", site.__version__)


def test_before_anybody_saves_the_settings_backups_are_on(site):
	"""What the form shows of a new site is what holds."""
	from clinic_core.operations.backup import settings
	from clinic_core.operations.backup.retention import Rule

	site.db.delete("Singles", {"doctype": settings.DOCTYPE})
	assert settings.get("enabled") and settings.get("verify")
	assert settings.rule() == Rule(7, 4, 12)
	assert not settings.get("second_path") and settings.key_to_encrypt_with() is None
	site.db.set_single_value(settings.DOCTYPE, "enabled", 0)
	assert not settings.get("enabled") and settings.get("verify"), "what is stored counts, the rest stays"


def test_old_hooks_in_the_cache_leave_no_check_out(site):
	"""A process from before an update may have put them there; the ledger is looked at all the same."""
	from clinic_core.operations.backup import verification

	wanted = set(site.get_hooks("clinic_backup_checks"))
	assert len(wanted) >= 3
	site.cache.set_value("app_hooks", {})
	try:
		assert set(verification._checks_of_apps()) == wanted
	finally:
		site.cache.delete_value("app_hooks")
