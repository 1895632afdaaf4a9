"""Sites: created, set up, migrated and dropped."""

import json
import os
import shutil
from pathlib import Path

from devbench import external
from devbench.paths import Bench
from devbench.services import bench_env
from devbench.settings import known_ports
from devbench.shell import run
from devbench.stamp import Stamp, digest, read_json, tree_digest, write_json
from devbench.ui import Stop, step


def write_common_config(bench: Bench, data: dict[str, int]) -> None:
	"""What all sites share. Keys that a person added are kept."""
	path = bench.sites / "common_site_config.json"
	web = known_ports(bench, "web")
	database = external.database(bench)
	cache, queue = external.redis_urls(bench, data)
	wanted = {
		"bench_id": "clinic",
		"db_host": database.host,
		"db_port": database.port,
		"redis_cache": cache,
		"redis_queue": queue,
		"redis_socketio": queue,
		"socketio_port": web.get("realtime", 9100),
		"webserver_port": web.get("http", 8000),
		"server_script_enabled": True,
		# Mail of every site goes to the bench's mail box, never out.
		"mail_server": "127.0.0.1",
		"mail_port": data["mail"],
		"disable_mail_smtp_authentication": 1,
		"auto_email_id": "clinic@clinic.example",
		"always_use_account_email_id_as_sender": 1,
		"email_sender_name": "Clinic",
		"default_site": "clinic.localhost",
		"developer_mode": int(os.environ.get("CLINIC_DEVELOPER_MODE", "0") == "1"),
	}
	known = read_json(path)
	if known != known | wanted:
		# The address of a Redis server may hold its password.
		write_json(path, known | wanted, mode=0o600 if external.chosen(bench).get("redis") else 0o644)


def frappe(bench: Bench, site: str, *args: str, what: str, env: dict[str, str] | None = None) -> str:
	"""Run a Frappe command for a site and return its output."""
	return run(
		[bench.python, "-m", "frappe.utils.bench_helper", "frappe", "--site", site, *args],
		what=what,
		cwd=bench.sites,
		env=bench_env(bench) | (env or {}),
		log=bench.logs / f"{what.replace(' ', '-').replace('/', '-')}.log",
	)


def task(bench: Bench, site: str, name: str, what: str, **arguments: str) -> str:
	"""Run one of devbench/site_tasks.py inside Frappe."""
	return run(
		[bench.python, "-m", "devbench.site_tasks", site, name],
		what=what,
		cwd=bench.sites,
		env=bench_env(bench),
		stdin=json.dumps(arguments),
		log=bench.logs / f"{what.replace(' ', '-')}.log",
	)


def schema_digest(bench: Bench) -> str:
	"""Hash of everything in our apps that `migrate` reads into the database.

	DocTypes, fixtures and other records are JSON; hooks, installation and seeds lie at the
	top of each app, roles and the seeding itself one folder below.
	"""
	files: set[Path] = set()
	for app in bench.own_apps():
		root = bench.repo / "apps" / app / app
		for pattern in ("*.py", "*.txt", "*/roles.py", "*/seed*.py", "patches/**/*.py"):
			files.update(root.glob(pattern))
		for folder in root.iterdir():
			if folder.is_dir() and folder.name not in ("public", "node_modules"):
				files.update(folder.rglob("*.json"))
	return tree_digest(files, bench.repo)


def _stamp(bench: Bench, site: str) -> Stamp:
	"""What a site's database was last brought in line with."""
	return Stamp(
		bench.sites / site, ".clinic-schema", schema_digest(bench), (bench.run / "stamps" / "frappe")
	)


def _is_made(bench: Bench, site: str) -> bool:
	"""True when the site was created to the end."""
	return (bench.sites / site / ".clinic-made").is_file()


def create(bench: Bench, site: str, admin_password: str, lang: str) -> None:
	"""Create a site with all our apps; go on where an interruption left off."""
	base = bench.sites / site / ".clinic-base"
	if not base.is_file():
		with step(f"site {site}"):
			drop(bench, site)
			_create_bare(bench, site, admin_password, lang)
			base.write_text(lang + "\n")
	install_missing(bench, site)
	(bench.sites / site / ".clinic-made").write_text(lang + "\n")
	_stamp(bench, site).set()


def _snapshot(bench: Bench, lang: str) -> Path:
	"""Where the tables of a bare site are kept, for this Frappe, this set-up and this language."""
	inputs = (bench.run / "stamps" / "frappe", bench.devbench / "site_tasks.py", lang)
	return bench.cache / f"site-{digest(*inputs)[:16]}.sql"


def _create_bare(bench: Bench, site: str, admin_password: str, lang: str) -> None:
	"""Frappe alone with its setup wizard answered: from a snapshot if there is one, else make one."""
	snapshot = _snapshot(bench, lang)
	server = external.database(bench)
	given = {"db_user": server.user, "db_root": server.password, "admin": admin_password}
	if snapshot.is_file():
		given["snapshot"] = str(snapshot)
	run(
		[bench.python, "-m", "devbench.site_new", site],
		what=f"creating {site}",
		cwd=bench.sites,
		env=bench_env(bench),
		stdin=json.dumps(given),
		log=bench.logs / f"creating-{site}.log",
	)
	if not snapshot.is_file():
		task(bench, site, "set_up", f"setting up {site}", lang=lang)
		_take_snapshot(bench, site, snapshot)


def _take_snapshot(bench: Bench, site: str, snapshot: Path) -> None:
	"""Keep the tables of a bare site, whole or not at all."""
	for old in bench.cache.glob("site-*.part"):
		old.unlink()
	part = snapshot.with_suffix(".part")
	server = external.database(bench)
	run(
		[
			*server.client("mariadb-dump"),
			*("--single-transaction", f"--result-file={part}"),
			read_json(bench.sites / site / "site_config.json")["db_name"],
		],
		what="keeping a copy of the bare site",
		env={"MYSQL_PWD": server.password},
	)
	part.rename(snapshot)


def install_missing(bench: Bench, site: str) -> None:
	"""Install those of our apps that the site does not have yet."""
	present = installed_apps(bench, site)
	for app in bench.own_apps():
		if app not in present:
			with step(f"{app} on {site}"):
				frappe(bench, site, "install-app", app, what=f"installing {app} on {site}")


def drop(bench: Bench, site: str) -> None:
	"""Delete a site with its database; a half-made one too."""
	folder = bench.sites / site
	if (folder / "site_config.json").is_file():
		server = external.database(bench)
		given = {
			"db_user": server.user,
			"db_root": server.password,
			"archive": str(bench.root / "archived"),
		}
		run(
			[bench.python, "-m", "devbench.site_drop", site],
			what=f"dropping {site}",
			cwd=bench.sites,
			env=bench_env(bench),
			stdin=json.dumps(given),
			log=bench.logs / f"dropping-{site}.log",
		)
	shutil.rmtree(folder, ignore_errors=True)
	shutil.rmtree(bench.root / "archived", ignore_errors=True)


def ensure(bench: Bench, site: str, admin_password: str, lang: str) -> bool:
	"""Create the site, or bring its database in line with the code; True when it was created."""
	if not _is_made(bench, site):
		create(bench, site, admin_password, lang)
		return True
	if _stamp(bench, site).is_current():
		return False
	migrate(bench, site)
	return False


def installed_apps(bench: Bench, site: str) -> list[str]:
	"""The apps a site has."""
	return task(bench, site, "apps", f"asking {site} for its apps").split()[-1].split(",")


def migrate(bench: Bench, site: str) -> None:
	"""Install apps that came since, then migrate."""
	stamp = _stamp(bench, site)
	install_missing(bench, site)
	with step(f"migrating {site}"):
		frappe(bench, site, "migrate", "--skip-search-index", what=f"migrating {site}")
	stamp.set()


def set_config(bench: Bench, site: str, **values: object) -> None:
	"""Change keys of one site's configuration."""
	path = bench.sites / site / "site_config.json"
	known = read_json(path)
	if not known:
		raise Stop(f"{site} has no configuration: drop it and make it again")
	if known != known | values:
		write_json(path, known | values, mode=0o600)
