"""Swapping a site's folders and database: whatever happens in between, the site is the old or the new one."""

import json
import pathlib

import pytest
from clinic_core.operations.backup import site_config, switch
from clinic_core.operations.backup.switch import Journal

OLD = {"db_name": "old", "db_password": "a", "developer_mode": 1, "pause_scheduler": 0}


@pytest.fixture
def journal(tmp_path):
	(tmp_path / "site_config.json").write_text(json.dumps(OLD))
	(tmp_path / "site_config.json").chmod(0o640)
	journal = Journal(tmp_path, "1a2b", {"db_name": "new", "db_password": "b"})
	for folder in ("public/files", "private/files"):
		for place, text in ((tmp_path / folder, "old"), (journal.beside(folder, "new"), "new")):
			place.mkdir(parents=True)
			(place / "x").write_text(text)
	return journal


def state(site):
	"""What a user of the site gets: its database, its files, whether it is open."""
	config = site_config.read(site)
	return (
		config["db_name"],
		(site / "public/files/x").read_text(),
		(site / "private/files/x").read_text(),
		config.get("maintenance_mode", 0),
		config["pause_scheduler"],
	)


def leftovers(site):
	return sorted(
		str(p.relative_to(site)) for p in site.rglob("*") if p.name.startswith(("files.", "clinic_"))
	)


def test_complete(journal):
	switch.begin(journal)
	assert state(journal.site) == ("old", "old", "old", 1, 1)
	switch.complete(journal, {"encryption_key": "k"})
	assert state(journal.site) == ("new", "new", "new", 0, 0)
	assert site_config.read(journal.site)["encryption_key"] == "k"
	assert (journal.site / "site_config.json").stat().st_mode & 0o777 == 0o640
	assert leftovers(journal.site) == ["private/files.old-1a2b", "public/files.old-1a2b"]


def cut_off(monkeypatch, at):
	"""Let the `at`-th change of the file system fail; how many there are otherwise."""
	calls = []
	for name in ("rename", "replace"):
		real = getattr(pathlib.Path, name)

		def counted(self, target, real=real):
			calls.append(target)
			if len(calls) == at:
				raise OSError(28, "No space left on device")
			return real(self, target)

		monkeypatch.setattr(pathlib.Path, name, counted)
	return calls


def run(journal):
	switch.begin(journal)
	switch.complete(journal, {})


STEPS = 7  # journal, maintenance, four folders, the configuration


def test_the_steps_are_as_many_as_we_break(journal, monkeypatch):
	calls = cut_off(monkeypatch, 0)
	run(journal)
	assert len(calls) == STEPS


@pytest.mark.parametrize("at", range(1, STEPS + 1))
def test_a_failure_at_any_step_is_undone(journal, monkeypatch, at):
	with monkeypatch.context() as patch:
		cut_off(patch, at)
		with pytest.raises(OSError):
			run(journal)
	switch.undo(journal)
	assert state(journal.site) == ("old", "old", "old", 0, 0)
	assert site_config.read(journal.site) == OLD
	assert leftovers(journal.site) == []


@pytest.mark.parametrize("at", range(2, STEPS + 1))
def test_a_run_that_was_killed_is_undone_by_the_next_one(journal, monkeypatch, at):
	with monkeypatch.context() as patch:
		cut_off(patch, at)
		with pytest.raises(OSError):
			run(journal)
	found = switch.interrupted(journal.site)
	assert found == journal
	switch.undo(found)
	assert site_config.read(journal.site) == OLD
	assert state(journal.site) == ("old", "old", "old", 0, 0) and leftovers(journal.site) == []


def test_a_run_killed_after_the_last_step_is_complete(journal, monkeypatch):
	real = pathlib.Path.unlink

	def killed(self, **options):
		if self.name == switch.JOURNAL:
			raise KeyboardInterrupt
		return real(self, **options)

	with monkeypatch.context() as patch:
		patch.setattr(pathlib.Path, "unlink", killed)
		with pytest.raises(KeyboardInterrupt):
			run(journal)
	assert switch.is_complete(journal)
	assert switch.interrupted(journal.site) is None
	assert state(journal.site) == ("new", "new", "new", 0, 0)
	assert not (journal.site / switch.JOURNAL).exists()
