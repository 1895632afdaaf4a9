"""A bench in the official layout, made from the Frappe that the local bench restored from its wheel.

What `bench init` would have brought and the wheel does not is stood in for: `yarn run build` goes to
this repository's builder, and the environment holds links to the packages of the local bench's.
"""

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import MySQLdb

from devbench.paths import Bench
from devbench.settings import passwords
from devbench.sites import _snapshot

# Where an app leaves records.
WATCHED = (
	*(
		"DocType",
		"Module Def",
		"Page",
		"Report",
		"Print Format",
		"Workspace",
		"Number Card",
		"Dashboard Chart",
	),
	*(
		"Dashboard Chart Source",
		"Web Form",
		"Notification",
		"Custom Field",
		"Property Setter",
		"Client Script",
	),
	*("Role", "Module Profile", "List View Settings", "Scheduled Job Type"),
)
# What attach has to install itself.
LEFT_OUT = ("clinic-bench.pth", "jdatetime", "jalali_core", "jalali-core")
YARN = """#!/bin/sh
# yarn run build --apps a,b --run-build-command
[ -e "{root}/build-fails" ] && {{ echo "the build fails as asked"; exit 1; }}
echo "$PWD $*" >> "{root}/yarn-calls"
exec node "{build}" "{root}" --apps "$4"
"""


def make(root: Path, local: Bench) -> Path:
	"""Lay a bench out at `root/bench` and return its folder. `root/npm` is for the builder."""
	path = root / "bench"
	for folder in ("apps/frappe", "sites/assets/js", "sites/assets/css", "logs", "config"):
		(path / folder).mkdir(parents=True)
	shutil.copytree(
		local.apps / "frappe" / "frappe", path / "apps" / "frappe" / "frappe", copy_function=os.link
	)
	(path / "apps" / "frappe" / "package.json").write_text(json.dumps({"scripts": {"build": "node esbuild"}}))
	(path / "apps" / "frappe" / "node_modules").symlink_to(local.npm / "node_modules")
	(root / "npm").symlink_to(local.npm)
	(path / "sites" / "apps.txt").write_text("frappe\n")
	(path / "Procfile").write_text("web: bench serve --port 8000\n")
	config = json.loads((local.sites / "common_site_config.json").read_text())
	# Queues of its own: the workers of the local bench know nothing of its site.
	config["bench_id"] = "official"
	(path / "sites" / "common_site_config.json").write_text(json.dumps(config))
	for name in ("assets.json", "assets-rtl.json"):
		known = json.loads((local.sites / "assets" / name).read_text())
		mine = {key: url for key, url in known.items() if url.startswith("/assets/frappe/")}
		(path / "sites" / "assets" / name).write_text(json.dumps(mine))
	(path / "sites" / "assets" / "frappe").symlink_to(path / "apps" / "frappe" / "frappe" / "public")
	_make_environment(root, path, local)
	return path


def _make_environment(root: Path, path: Path, local: Bench) -> None:
	"""An environment of its own, with links instead of copies."""
	subprocess.run([local.python, "-m", "venv", "--without-pip", path / "env"], check=True)
	target = next((path / "env" / "lib").glob("python3*")) / "site-packages"
	for entry in next((local.env / "lib").glob("python3*/site-packages")).iterdir():
		if not entry.name.startswith(LEFT_OUT):
			(target / entry.name).symlink_to(entry)
	(target / "frappe.pth").write_text(f"{path / 'apps' / 'frappe'}\n")
	yarn = path / "env" / "bin" / "yarn"
	yarn.write_text(YARN.format(root=root, build=local.devbench / "assets" / "build.mjs"))
	yarn.chmod(0o755)


def environment(path: Path) -> dict[str, str]:
	"""The variables under which programs of that bench run."""
	return {
		**os.environ,
		"FRAPPE_BENCH_ROOT": str(path),
		"SITES_PATH": str(path / "sites"),
		"PYTHONPATH": str(Bench().repo),
	}


def new_site(path: Path, local: Bench, site: str) -> None:
	"""A bare site with Frappe alone, from the local bench's snapshot if it has one."""
	given = {"db_user": "root", "db_root": passwords(local)["db_root"], "admin": "admin"}
	snapshot = _snapshot(local, "en")
	if snapshot.is_file():
		given["snapshot"] = str(snapshot)
	run(path, "-m", "devbench.site_new", site, stdin=json.dumps(given))


def drop_site(path: Path, local: Bench, site: str) -> None:
	"""Delete the site's database and its users."""
	name = json.loads((path / "sites" / site / "site_config.json").read_text())["db_name"]
	common = json.loads((local.sites / "common_site_config.json").read_text())
	with closing(
		MySQLdb.connect(
			host="127.0.0.1", port=common["db_port"], user="root", password=passwords(local)["db_root"]
		)
	) as connection:
		connection.query(f"drop database if exists `{name}`")
		for host in ("%", "localhost"):
			connection.query(f"drop user if exists '{name}'@'{host}'")


def names(path: Path, site: str) -> dict[str, list[str]]:
	"""All tables of a site, and the names in those tables of Frappe's where apps leave something."""
	config = json.loads((path / "sites" / site / "site_config.json").read_text())
	common = json.loads((path / "sites" / "common_site_config.json").read_text())
	with closing(
		MySQLdb.connect(
			host="127.0.0.1",
			port=common["db_port"],
			user=config["db_name"],
			password=config["db_password"],
			database=config["db_name"],
			charset="utf8mb4",
		)
	) as connection:
		cursor = connection.cursor()

		def column(query: str) -> list[str]:
			cursor.execute(query)
			return sorted(str(row[0]) for row in cursor.fetchall())

		found = {f"tab{doctype}": column(f"select name from `tab{doctype}`") for doctype in WATCHED}
		found["tables"] = column("show tables")
		found["installed"] = column("select defvalue from tabDefaultValue where defkey = 'installed_apps'")
		found["defaults"] = column("select defkey from tabDefaultValue where defkey like 'clinic%'")
		found["singles"] = column("select distinct doctype from tabSingles")
		found["role rows"] = column("select concat(parent, ' ', role) from `tabHas Role`")
		found["fields"] = column("select concat(parent, '.', fieldname) from tabDocField")
	return found


def run(path: Path, *arguments: str, stdin: str = "") -> str:
	done = subprocess.run(
		[path / "env" / "bin" / "python", *arguments],
		cwd=path / "sites",
		env=environment(path),
		input=stdin,
		capture_output=True,
		text=True,
		timeout=300,
	)
	assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
	return done.stdout


def in_site(path: Path, site: str, code: str) -> object:
	"""Run Python inside the site; its expression `answer` comes back."""
	program = (
		f"import json, frappe; frappe.init(site={site!r}, sites_path='.'); frappe.connect()\n"
		f"{code}\nframe = json.dumps(answer, default=str); frappe.destroy(); print(frame)"
	)
	return json.loads(run(path, "-c", program).strip().splitlines()[-1])


if __name__ == "__main__":
	bench = make(Path(sys.argv[1]), Bench())
	new_site(bench, Bench(), sys.argv[2])
	print(bench)
