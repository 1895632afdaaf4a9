"""Smaller rules: failures in one line, what tests need, names of mails, changes on disk."""

import os
import time

import pytest

from devbench import cli, commands, debian, demo, provision, testing
from devbench.mailbox import file_name
from devbench.paths import TEST_SITE, Bench
from devbench.reloader import changed, snapshot
from devbench.shell import hint, run
from devbench.ui import Stop, clock


@pytest.mark.parametrize(
	("output", "word"),
	[
		("OSError: [Errno 28] No space left on device", "disk is full"),
		("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "hash mismatch"),
		("npm error code EINTEGRITY", "hash mismatch"),
		("Temporary failure in name resolution", "no network"),
		("npm error code ENOTFOUND", "no network"),
	],
)
def test_a_failure_says_what_to_do(output, word):
	assert word in hint(output)


def test_an_unknown_failure_shows_its_last_line(tmp_path):
	with pytest.raises(Stop) as problem:
		run(["sh", "-c", "echo first; echo last; exit 3"], what="a step", log=tmp_path / "log")
	text = str(problem.value)
	assert "a step failed: last" in text
	assert "\n" not in text
	assert "first" in (tmp_path / "log").read_text()


def test_a_missing_program_is_named():
	with pytest.raises(Stop, match="no-such-program is not installed"):
		run(["no-such-program"], what="a step")


def test_missing_packages_name_the_command_for_who_is_not_root(tmp_path, monkeypatch):
	monkeypatch.setattr(os, "geteuid", lambda: 1000)
	with pytest.raises(Stop, match=r"apt-get install --no-install-recommends one$"):
		debian.ensure({"one": lambda: False, "two": lambda: True}, tmp_path, tmp_path / "log")


def test_nothing_is_installed_when_all_is_there(tmp_path, monkeypatch):
	monkeypatch.setattr(debian, "run", lambda *args, **kwargs: pytest.fail("installs"))
	debian.ensure({"one": lambda: True}, tmp_path, tmp_path / "log")


@pytest.mark.parametrize(
	("arguments", "wanted"),
	[
		([], {"site", "web", "browser"}),
		(["-q", "-x"], {"site", "web", "browser"}),
		(["tests/unit"], set()),
		(["tests/unit/devbench", "-q", "-k", "browser"], set()),
		(["tests/unit/devbench/test_rest.py::test_nothing"], set()),
		(["tests/integration"], {"site"}),
		(["tests/journeys", "tests/unit"], {"site", "web"}),
		(["tests/browser"], {"site", "web", "browser"}),
		(["tests"], {"site", "web", "browser"}),
	],
)
def test_only_what_the_tests_need_is_started(arguments, wanted, tmp_path):
	for kind in ("unit/devbench", "integration", "journeys", "browser"):
		(tmp_path / "tests" / kind).mkdir(parents=True)
	(tmp_path / "tests/unit/devbench/test_rest.py").touch()
	assert testing.needs(arguments, tmp_path) == wanted


def test_a_site_of_ones_own():
	assert testing.own_options(["-q"]) == (TEST_SITE, ["-q"])
	assert testing.own_options(["--site", "x.localhost", "-q"]) == ("x.localhost", ["-q"])
	with pytest.raises(Stop):
		testing.own_options(["--site"])


def test_a_mail_becomes_a_file_inside_the_folder():
	name = file_name("../../etc/passwd@x.example", 0, 7)
	assert "/" not in name
	assert name.endswith(".eml")


def test_changes_on_disk_are_seen_and_products_are_not(tmp_path):
	(tmp_path / "public/dist").mkdir(parents=True)
	source = tmp_path / "a.py"
	source.write_text("1")
	before = snapshot([tmp_path])
	(tmp_path / "public/dist/x.bundle.js").write_text("1")
	(tmp_path / "picture.png").write_text("1")
	assert not changed(before, snapshot([tmp_path]))
	os.utime(source, (1, 1))
	(tmp_path / "new.js").write_text("1")
	assert changed(before, snapshot([tmp_path])) == {str(source), str(tmp_path / "new.js")}


def test_reset_asks_and_without_a_terminal_refuses(tmp_path, monkeypatch):
	bench = Bench(tmp_path)
	bench.make_folders()
	monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
	args = cli.parser().parse_args(["reset"])
	with pytest.raises(Stop, match="--yes"):
		commands.reset(bench, args)
	assert bench.root.exists()
	assert commands.reset(bench, cli.parser().parse_args(["reset", "--yes"])) == 0
	assert not bench.root.exists()


def test_without_a_site_the_way_to_one_is_said(tmp_path):
	with pytest.raises(Stop, match=r"\./clinic up"):
		commands.migrate(Bench(tmp_path), cli.parser().parse_args(["migrate"]))


def test_users_are_told_when_they_exist(tmp_path):
	bench = Bench(tmp_path)
	assert demo.users(bench, "clinic.localhost") == []
	bench.make_folders()
	assert [user["user"] for user in demo.users(bench, "clinic.localhost")] == []
	from devbench.settings import passwords

	passwords(bench)
	assert [user["user"] for user in demo.users(bench, "clinic.localhost")] == ["Administrator"]


def test_times_as_a_person_reads_them():
	assert clock(4.21) == "4.2 s"
	assert clock(65) == "1:05 min"


def test_the_first_failure_ends_what_runs_beside_it():
	begun = time.monotonic()
	with pytest.raises(Stop, match="quick failed"):
		provision.together(
			lambda: run(["sleep", "60"], what="slow"),
			lambda: run(["false"], what="quick"),
		)
	assert time.monotonic() - begun < 30
