"""Another Frappe than the wheel: from a folder or from Git, looked at before anything is changed."""

import subprocess

import pytest

from devbench import frappe_source
from devbench.paths import Bench
from devbench.settings import options
from devbench.ui import Stop

PYPROJECT = """[project]
name = "frappe"
requires-python = ">=3.10,<3.15"
dependencies = [
    # core
    "Babel~=2.12.1",
    "gunicorn @ git+https://example.invalid/gunicorn@abc",
]
"""


@pytest.fixture
def bench(tmp_path):
	bench = Bench(tmp_path / "repo")
	bench.make_folders()
	return bench


@pytest.fixture
def checkout(tmp_path):
	"""As much of a checkout as is looked at."""
	folder = tmp_path / "frappe"
	for name, text in (
		("frappe/__init__.py", '__version__ = "15.56.1"\n'),
		("frappe/hooks.py", ""),
		("frappe/public/dist/js/old.js", ""),
		("frappe/public/js/desk.bundle.js", ""),
		("esbuild/utils.js", ""),
		("package.json", "{}"),
		("pyproject.toml", PYPROJECT),
	):
		(folder / name).parent.mkdir(parents=True, exist_ok=True)
		(folder / name).write_text(text)
	return folder


def git(folder, *arguments):
	identity = ["-c", "user.name=Test", "-c", "user.email=test@clinic.example"]
	subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(checkout, tmp_path):
	"""A bare repository whose branch `version-15` holds the checkout."""
	git(checkout, "init", "-q", "-b", "version-15")
	git(checkout, "add", "-A")
	git(checkout, "commit", "-q", "-m", "Frappe")
	bare = tmp_path / "frappe.git"
	git(tmp_path, "clone", "-q", "--bare", str(checkout), str(bare))
	return bare


def test_a_folder_is_linked_so_that_changes_are_seen(bench, checkout):
	assert frappe_source.choose(bench, str(checkout))
	assert options(bench)["frappe"] == str(checkout)
	frappe_source.ensure(bench)
	package = bench.apps / "frappe" / "frappe"
	(checkout / "frappe" / "hooks.py").write_text("changed = 1\n")
	assert (package / "hooks.py").read_text() == "changed = 1\n"
	assert not package.is_symlink() and not (package / "public" / "dist").exists()
	assert frappe_source.describe(bench) == f"Frappe 15.56.1 from {checkout}"
	assert frappe_source.own_build(bench)
	# Node would follow a link to the checkout and look for the bench there.
	assert not (bench.apps / "frappe" / "esbuild" / "utils.js").is_symlink()


def test_new_files_come_with_the_next_up(bench, checkout):
	frappe_source.choose(bench, str(checkout))
	frappe_source.ensure(bench)
	(checkout / "frappe" / "fresh.py").write_text("")
	frappe_source.ensure(bench)
	assert (bench.apps / "frappe" / "frappe" / "fresh.py").exists()


def test_a_git_address_with_a_branch_is_cloned_and_renewed(bench, checkout, repository):
	choice = f"file://{repository}#version-15"
	frappe_source.choose(bench, choice)
	frappe_source.ensure(bench)
	assert (bench.apps / "frappe" / "frappe" / "hooks.py").read_text() == ""
	(checkout / "frappe" / "hooks.py").write_text("second = 2\n")
	git(checkout, "commit", "-qam", "Second")
	git(checkout, "push", "-q", str(repository), "version-15")
	frappe_source.choose(bench, choice)
	frappe_source.ensure(bench)
	assert (bench.apps / "frappe" / "frappe" / "hooks.py").read_text() == "second = 2\n"


@pytest.mark.parametrize("choice", ["file:///nowhere/frappe.git", "#version-99"])
def test_a_repository_or_branch_that_is_not_there(bench, repository, choice):
	with pytest.raises(Stop, match="cloning Frappe failed"):
		frappe_source.choose(bench, choice if "//" in choice else f"file://{repository}{choice}")
	assert "frappe" not in options(bench)


def test_what_is_no_checkout_is_refused(bench, tmp_path):
	with pytest.raises(Stop, match="there is no folder"):
		frappe_source.choose(bench, str(tmp_path / "nowhere"))
	with pytest.raises(Stop, match="no checkout of Frappe"):
		frappe_source.choose(bench, str(tmp_path))


@pytest.mark.parametrize("version", ["14.91.0", "17.0.0-dev"])
def test_the_version_gate(bench, checkout, version):
	(checkout / "frappe" / "__init__.py").write_text(f'__version__ = "{version}"\n')
	with pytest.raises(Stop, match="not supported"):
		frappe_source.choose(bench, str(checkout))
	assert "frappe" not in options(bench)


@pytest.mark.parametrize(
	("wanted", "have", "fits"),
	[
		(">=3.10,<3.13", (3, 11), True),
		(">=3.14,<3.15", (3, 11), False),
		(">=3.10,<3.13", (3, 13), False),
		(">=3.10", (3, 13), True),
	],
)
def test_the_python_that_a_frappe_needs(checkout, wanted, have, fits):
	(checkout / "pyproject.toml").write_text(f'[project]\nrequires-python = "{wanted}"\n')
	if fits:
		frappe_source.refuse_python(checkout, "16.0.0", have)
		return
	with pytest.raises(Stop, match="needs Python"):
		frappe_source.refuse_python(checkout, "16.0.0", have)


def test_sites_never_go_back_to_an_older_frappe(bench, checkout):
	frappe_source.choose(bench, str(checkout))
	frappe_source.ensure(bench)
	(bench.sites / "clinic.localhost").mkdir()
	(bench.sites / "clinic.localhost" / "site_config.json").write_text("{}")
	with pytest.raises(Stop, match="cannot go back"):
		frappe_source.choose(bench, "wheel")
	assert options(bench)["frappe"] == str(checkout)


def test_without_sites_the_wheel_comes_back(bench, checkout):
	frappe_source.choose(bench, str(checkout))
	stamp = bench.run / "stamps" / "python"
	stamp.write_text("as locked")
	assert frappe_source.choose(bench, "wheel")
	assert options(bench)["frappe"] == "wheel" and not stamp.exists()
	assert not frappe_source.choose(bench, "wheel")


def test_the_packages_of_a_checkout(checkout):
	assert frappe_source.dependencies(checkout) == [
		"Babel~=2.12.1",
		"gunicorn @ git+https://example.invalid/gunicorn@abc",
	]


def test_a_password_in_a_git_address_is_not_shown(bench):
	assert frappe_source._shown("https://me:secret@git.example/f.git#x") == "https://git.example/f.git#x"
