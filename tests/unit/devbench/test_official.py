"""What attach looks at before it touches a bench: each fault is named, and nothing is changed."""

import argparse
import json
import os

import pytest

from devbench import attach, attach_files, official
from devbench.paths import Bench
from devbench.ui import Stop

SITE = "clinic.example"


@pytest.fixture
def bench(tmp_path):
	"""The outline of a bench with one site."""
	path = tmp_path / "bench"
	for name, text in (
		("apps/frappe/frappe/__init__.py", '__version__ = "15.56.1"\n'),
		("apps/frappe/package.json", '{"scripts": {"build": "node esbuild"}}'),
		("sites/apps.txt", "frappe\n"),
		("sites/common_site_config.json", "{}"),
		(f"sites/{SITE}/site_config.json", '{"db_name": "_x"}'),
		("env/bin/python", ""),
		("env/bin/node", ""),
		("env/bin/yarn", ""),
		("env/lib/python3.11/site-packages/pip/__init__.py", ""),
		("Procfile", "web: bench serve\n"),
	):
		(path / name).parent.mkdir(parents=True, exist_ok=True)
		(path / name).write_text(text)
	(path / "apps" / "frappe" / "node_modules").mkdir()
	for name in ("node", "yarn"):
		(path / "env" / "bin" / name).chmod(0o755)
	return path


def tree(path):
	return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def refusal(path, site=SITE, command="attach"):
	"""What the person reads; the bench is untouched."""
	before = tree(path) if path.exists() else {}
	args = argparse.Namespace(
		bench=str(path), site=site, command=command, yes=True, link=False, install=False, delete_data=False
	)
	with pytest.raises(Stop) as problem:
		getattr(attach, command)(Bench(), args)
	assert (tree(path) if path.exists() else {}) == before
	return str(problem.value)


@pytest.mark.parametrize("command", ["attach", "detach"])
def test_a_folder_that_is_no_bench(tmp_path, bench, command):
	assert "there is no folder" in refusal(tmp_path / "nowhere", command=command)
	(bench / "Procfile").unlink()
	(bench / "sites" / "apps.txt").unlink()
	text = refusal(bench, command=command)
	assert "not a Frappe bench" in text and "Procfile" in text and "apps.txt" in text
	assert "common_site_config" not in text


@pytest.mark.parametrize("version", ["14.80.0", "13.0.0", "17.0.0-dev", "develop"])
def test_a_frappe_that_is_too_old_or_too_new(bench, version):
	(bench / "apps/frappe/frappe/__init__.py").write_text(f"__version__ = '{version}'\n")
	text = refusal(bench)
	assert version in text and "15 and 16" in text


@pytest.mark.parametrize("version", ["15.0.0-dev", "15.56.1", "16.0.0-dev", "16.2.0"])
def test_the_versions_that_are_supported(version):
	official.refuse_version(version)


def test_a_package_without_a_version(bench):
	(bench / "apps/frappe/frappe/__init__.py").write_text("")
	assert "names no version" in refusal(bench)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_another_users_bench(bench):
	os.chown(bench, 65534, 65534)
	text = refusal(bench)
	assert "belongs to the user nobody" in text and "sudo -u nobody" in text and f"--site {SITE}" in text


def test_a_site_that_is_not_there(bench):
	text = refusal(bench, "clinic.exmaple")
	assert "no site clinic.exmaple" in text and SITE in text


@pytest.mark.parametrize("address", [f"https://{SITE}", f"{SITE}:8000"])
def test_an_address_instead_of_a_name(bench, address):
	text = refusal(bench, address)
	assert "address" in text and f"the sites are: {SITE}" in text


def test_a_host_name_that_leads_elsewhere(bench):
	(bench / "sites/common_site_config.json").write_text('{"dns_multitenant": true}')
	config = bench / "sites" / SITE / "site_config.json"
	config.write_text(json.dumps({"host_name": "https://other.example:8443"}))
	text = refusal(bench)
	assert "other.example" in text and "set-config host_name" in text


@pytest.mark.parametrize(
	"config",
	[
		{},
		{"host_name": f"https://{SITE}"},
		{"host_name": "https://book.example", "domains": ["book.example"]},
		{"host_name": "http://BOOK.example:8000", "domains": [{"domain": "book.example"}]},
	],
)
def test_a_host_name_that_leads_to_the_site(config):
	official.refuse_host(SITE, config, {"dns_multitenant": 1})


def test_a_host_name_behind_a_proxy_is_not_judged():
	official.refuse_host(SITE, {"host_name": "https://other.example"}, {})


def test_a_site_on_another_database(bench):
	(bench / "sites" / SITE / "site_config.json").write_text('{"db_type": "postgres"}')
	assert f"{SITE} is on postgres" in refusal(bench)


def test_a_bench_that_cannot_build_assets(bench):
	(bench / "apps/frappe/package.json").unlink()
	assert "no build for assets" in refusal(bench)


def test_node_packages_that_are_missing(bench):
	(bench / "apps/frappe/node_modules").rmdir()
	assert "bench setup requirements --node" in refusal(bench)


@pytest.fixture
def app(tmp_path):
	"""An app with a built bundle and something compiled."""
	source = tmp_path / "source" / "clinic_x"
	for name in (
		"pyproject.toml",
		"clinic_x/__init__.py",
		"clinic_x/public/js/x.bundle.js",
		"clinic_x/public/dist/old.js",
		"clinic_x/__pycache__/x.pyc",
	):
		(source / name).parent.mkdir(parents=True, exist_ok=True)
		(source / name).write_text(name)
	return source


@pytest.mark.parametrize("copy", [False, True])
def test_an_app_is_placed_and_taken_away(bench, app, copy):
	target = bench / "apps" / "clinic_x"
	assert attach_files.place(app, target, copy) == 3
	assert attach_files.place(app, target, copy) == 0
	bundle = target / "clinic_x/public/js/x.bundle.js"
	assert bundle.read_text() == "clinic_x/public/js/x.bundle.js"
	assert bundle.is_symlink() is not copy
	assert not bundle.parent.is_symlink() and not (target / "clinic_x/public/dist").exists()
	(app / "clinic_x/new.py").write_text("")
	(app / "pyproject.toml").write_text("changed")
	assert attach_files.place(app, target, copy) == (2 if copy else 1)
	assert (target / "pyproject.toml").read_text() == "changed"
	attach_files.displace_all(official.OfficialBench(bench), ["clinic_x"])
	assert not target.exists() and (app / "clinic_x/__init__.py").is_file()


def test_a_file_that_left_the_checkout_leaves_the_bench(bench, app):
	target = bench / "apps" / "clinic_x"
	attach_files.place(app, target, copy=False)
	(app / "pyproject.toml").unlink()
	attach_files.place(app, target, copy=False)
	assert not (target / "pyproject.toml").is_symlink()


def test_an_app_that_somebody_else_put_there_is_left_alone(bench, app):
	target = bench / "apps" / "clinic_x"
	target.mkdir()
	(target / "theirs.py").write_text("theirs")
	with pytest.raises(Stop, match="not put there by attach"):
		attach_files.place(app, target, copy=False)
	attach_files.displace_all(official.OfficialBench(bench), ["clinic_x"])
	assert (target / "theirs.py").read_text() == "theirs"


def test_the_lists_of_the_bench_come_back_as_they_were(bench):
	opened = official.OfficialBench(bench)
	assets = bench / "sites" / "assets"
	assets.mkdir()
	theirs = {"desk.bundle.js": "/assets/frappe/dist/js/desk.bundle.A.js"}
	(assets / "assets.json").write_text(
		json.dumps(theirs | {"x.bundle.js": "/assets/clinic_x/dist/js/x.bundle.B.js"})
	)
	attach_files.list_apps(opened, ["clinic_x"])
	attach_files.list_apps(opened, ["clinic_x"])
	assert (bench / "sites" / "apps.txt").read_text() == "frappe\nclinic_x\n"
	attach_files.unlist_apps(opened, ["clinic_x"])
	assert (bench / "sites" / "apps.txt").read_text() == "frappe\n"
	assert json.loads((assets / "assets.json").read_text()) == theirs


def test_bundles_that_were_not_built_are_named(bench):
	public = bench / "apps/clinic_x/clinic_x/public"
	for name in ("js/x.bundle.js", "scss/x.bundle.scss", "dist/js/x.bundle.A.js"):
		(public / name).parent.mkdir(parents=True, exist_ok=True)
		(public / name).write_text("")
	(bench / "sites/assets").mkdir()
	(bench / "sites/assets/clinic_x").symlink_to(public)
	(bench / "sites/assets/assets.json").write_text(
		'{"x.bundle.js": "/assets/clinic_x/dist/js/x.bundle.A.js"}'
	)
	assert attach_files.missing_bundles(official.OfficialBench(bench), ["clinic_x"]) == ["x.bundle.css"]


def test_what_our_apps_ask_of_pip():
	root = Bench().repo / "apps"
	assert {app.name: attach_files.dependencies(app) for app in root.glob("clinic_*")} == {
		"clinic_core": ["icalendar>=6,<8", "jdatetime>=5,<7", "pypinyin>=0.49,<1", "rapidfuzz>=3.6,<4"],
		"clinic_crm": [],
		"clinic_reception": [],
	}
