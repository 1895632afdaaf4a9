"""Files of a backup: copied whole or not at all, listed as a stream, judged by what was written."""

import io
import json
import os
import shutil
import tarfile

import pytest
from clinic_core.operations.backup import files, store
from clinic_core.operations.backup import manifest as manifests
from clinic_core.operations.backup.findings import BackupError
from clinic_core.operations.backup.manifest import Manifest
from clinic_core.operations.backup.retention import Rule


def a_manifest(**changes):
	values = {
		"name": "20261121-020000",
		"site": "clinic.localhost",
		"made_at": "2026-11-21 02:00:00",
		"frappe_version": "15.56.0",
		"apps": {"frappe": "15.56.0", "clinic_core": "0.3.0"},
		"database_version": "10.11",
		"encrypted": False,
	}
	return Manifest(**(values | changes))


@pytest.fixture
def backup(tmp_path):
	folder = tmp_path / "first" / "20261121-020000"
	folder.mkdir(parents=True)
	manifest = a_manifest()
	for role in manifests.ROLES:
		(folder / role).write_bytes(os.urandom(5000))
		manifest.files[role] = manifests.describe(folder / role)
	files.write_json(folder / manifests.MANIFEST, manifest.as_dict())
	return folder


def codes(check):
	return [(found.code, *found.params) for found in check.findings]


def problem_of(work):
	with pytest.raises(BackupError) as raised:
		work()
	return raised.value.finding


def test_what_was_written_is_recognised(backup):
	assert codes(manifests.check_files(manifests.read(backup), backup)) == []


def test_each_damage_is_named(backup):
	(backup / "database").write_bytes((backup / "database").read_bytes()[:4000])
	content = bytearray((backup / "public").read_bytes())
	content[2500] ^= 1
	(backup / "public").write_bytes(content)
	(backup / "private").unlink()
	assert codes(manifests.check_files(manifests.read(backup), backup)) == [
		("file_truncated", "database", 4000, 5000),
		("file_changed", "public"),
		("file_missing", "private"),
	]


def test_a_folder_without_a_readable_manifest_is_no_backup(backup, tmp_path):
	assert problem_of(lambda: manifests.read(tmp_path)).code == "manifest_missing"
	(backup / manifests.MANIFEST).write_text("{")
	assert problem_of(lambda: manifests.read(backup)).code == "manifest_broken"
	(backup / manifests.MANIFEST).write_text(json.dumps({"format": 99}))
	assert problem_of(lambda: manifests.read(backup)).params == (99, manifests.FORMAT)
	(backup / manifests.MANIFEST).write_text(json.dumps({"format": 1, "unknown": 1}))
	assert problem_of(lambda: manifests.read(backup)).code == "manifest_broken"


def test_the_second_copy_is_complete_and_has_no_trace_of_the_way(backup, tmp_path):
	second = tmp_path / "second"
	second.mkdir()
	copied = store.copy(backup, second, manifests.read(backup))
	assert [path.name for path in second.iterdir()] == [backup.name]
	assert codes(manifests.check_files(manifests.read(copied), copied)) == []
	assert {path.stat().st_mode & 0o777 for path in copied.iterdir()} == {0o600}


def test_tidying_up_touches_nothing_but_backups_of_the_site(backup):
	folder = backup.parent
	for name in ("20261101-020000", "20261102-020000", "20261103-020000"):
		shutil.copytree(backup, folder / name)
		made_at = f"{name[:4]}-{name[4:6]}-{name[6:8]} 02:00:00"
		content = a_manifest(name=name, made_at=made_at).as_dict()
		files.write_json(folder / name / manifests.MANIFEST, content)
		store.write_verdict(folder / name, "Verified", {})
	files.write_json(folder / "20261101-020000" / manifests.MANIFEST, a_manifest(site="other.site").as_dict())
	shutil.copytree(backup, folder / "20261104-020000.part")
	for name in ("mine.part", "photos"):
		(folder / name).mkdir()
	# The one without a verdict was killed before it was proven: the newest, and kept to be looked at.
	assert store.tidy(folder, "clinic.localhost", Rule(1, 0, 0)) == ["20261102-020000"]
	assert sorted(path.name for path in folder.iterdir()) == [
		"20261101-020000",
		"20261103-020000",
		"20261121-020000",
		"mine.part",
		"photos",
	]


def test_a_copy_that_is_not_the_same_is_refused_and_removed(backup, tmp_path):
	manifest = manifests.read(backup)
	(backup / "config").write_bytes(b"changed on the way")
	(tmp_path / "second").mkdir()
	assert problem_of(lambda: store.copy(backup, tmp_path / "second", manifest)).code == "copy_differs"
	assert list((tmp_path / "second").iterdir()) == []


def test_a_full_disk_is_named_with_its_figures(backup, small_disk):
	(backup / "database").write_bytes(os.urandom(2_000_000))
	found = problem_of(lambda: files.copy_folder(backup, small_disk / backup.name, {}))
	assert found.code == "disk_full" and found.params[0] == str(small_disk)
	assert found.params[2] > 2_000_000
	assert list(small_disk.iterdir()) == []


def test_too_small_a_disk_is_seen_before_it_is_full(small_disk):
	found = problem_of(lambda: files.need_space(small_disk / "not" / "there" / "yet", 5_000_000))
	assert found.code == "disk_too_small" and found.params[1:] == (1024 * 1024, 5_000_000)


def test_an_archive_is_read_once_and_only_what_lies_in_the_folder_counts(tmp_path):
	packed = io.BytesIO()
	with tarfile.open(fileobj=packed, mode="w") as archive:
		for name, content in (
			("./a.site/private/files/x.pdf", b"12345"),
			("./a.site/private/files/deep/er/y", b""),
			("./a.site/site_config.json", b"{}"),
		):
			member = tarfile.TarInfo(name)
			member.size = len(content)
			archive.addfile(member, io.BytesIO(content))
	packed.seek(0)
	files.unpack(packed, "private/files", tmp_path / "new")
	assert (tmp_path / "new/x.pdf").read_bytes() == b"12345" and (tmp_path / "new/deep/er/y").exists()
	packed.seek(0)
	found = {path: member.size for _archive, member, path in files.members(packed, "private/files")}
	assert found == {"private/files/x.pdf": 5, "private/files/deep/er/y": 0}


def test_of_another_version():
	here = {"clinic_core": "0.3.0", "clinic_crm": "0.1.0"}

	def against(**changes):
		found = manifests.check_versions(a_manifest(**changes), "15.56.0", here)
		return [(one.code, *one.params) for one in found]

	assert against() == []
	assert against(frappe_version="16.0.1") == [("frappe_major_differs", "16.0.1", "15.56.0")]
	assert against(frappe_version="14.9.9") == [("frappe_major_differs", "14.9.9", "15.56.0")]
	assert against(frappe_version="15.60.0") == [("app_newer", "frappe", "15.60.0", "15.56.0")]
	assert against(apps={"clinic_core": "0.10.0"}) == [("app_newer", "clinic_core", "0.10.0", "0.3.0")]
	assert against(apps={"clinic_loyal": "1.0"}) == [("app_missing", "clinic_loyal", "1.0")]
	older = a_manifest(apps={"clinic_core": "0.2.9"})
	assert manifests.check_versions(older, "15.56.0", here) == []
	assert manifests.needs_migration(older, "15.56.0", here)
	assert not manifests.needs_migration(a_manifest(), "15.56.0", here)


def test_rows_are_compared_with_what_was_counted_around_the_dump():
	before = {"tabClinic Ledger Entry": 100, "tabUser": 50, "tabError Log": 5, "tabGone": 1}
	after = {"tabClinic Ledger Entry": 103, "tabUser": 50, "tabError Log": 9, "tabGone": 1}
	manifest = a_manifest(rows_before=before, rows_after=after, append_only=["tabClinic Ledger Entry"])

	def against(**rows):
		restored = {"tabClinic Ledger Entry": 101, "tabUser": 50, "tabError Log": 0, "tabGone": 1}
		return codes(manifests.check_rows(manifest, restored | {f"tab{name}": n for name, n in rows.items()}))

	assert against() == []
	assert against(User=31) == []
	assert against(User=29) == [("rows_differ", "tabUser", 29, 30, 70)]
	assert against(**{"Clinic Ledger Entry": 99}) == [("rows_differ", "tabClinic Ledger Entry", 99, 100, 103)]
	del manifest.rows_before["tabUser"]
	assert codes(manifests.check_rows(manifest, {})) == [
		("table_missing", "tabClinic Ledger Entry"),
		("table_missing", "tabError Log"),
		("table_missing", "tabGone"),
	]


def test_an_archive_cannot_write_outside_its_folder(tmp_path):
	packed = io.BytesIO()
	with tarfile.open(fileobj=packed, mode="w") as archive:
		archive.addfile(tarfile.TarInfo("./a.site/private/files/../../site_config.json"))
	packed.seek(0)
	with pytest.raises(tarfile.TarError):
		files.unpack(packed, "private/files", tmp_path / "new")
	assert list(tmp_path.iterdir()) == []
