"""`./clinic backup`, `verify` and `restore` for a site of this bench (N7)."""

import argparse
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from devbench import provision
from devbench.paths import SITE, Bench
from devbench.services import bench_env
from devbench.settings import passwords
from devbench.ui import Stop


def register(add: Callable[[str, str, object], argparse.ArgumentParser]) -> None:
	"""Add our commands to the command line."""
	make = add("backup", "back up a site and prove that the backup can be restored", backup)
	make.add_argument("--to", metavar="PATH", help="another folder than the site's settings say")
	prove = add("verify", "restore a backup into a scratch database and check it", verify)
	put_back = add("restore", "put a backup in the place of a site, after proving it", restore)
	put_back.add_argument("--yes", action="store_true", help="do not ask")
	put_back.add_argument("--drop-old", action="store_true", help="do not keep the database of before")
	for one in (prove, put_back):
		one.add_argument("path", help="folder of the backup")
	for one in (make, prove, put_back):
		one.add_argument("--site", default=SITE)


def backup(bench: Bench, args: argparse.Namespace) -> int:
	"""Back up a site."""
	folder = ["--to", str(Path(args.to).absolute())] if args.to else []
	return _run(bench, args.site, "clinic-backup", *folder)


def verify(bench: Bench, args: argparse.Namespace) -> int:
	"""Prove a backup; the site only lends its settings."""
	return _run(bench, args.site, "clinic-verify-backup", str(_folder(args.path)))


def restore(bench: Bench, args: argparse.Namespace) -> int:
	"""Put a backup in the place of a site."""
	options = [f"--{name}" for name, wanted in (("yes", args.yes), ("drop-old", args.drop_old)) if wanted]
	return _run(bench, args.site, "clinic-restore", str(_folder(args.path)), *options)


def _folder(path: str) -> Path:
	folder = Path(path).absolute()
	if not folder.is_dir():
		raise Stop(f"there is no folder {folder}")
	return folder


def _run(bench: Bench, site: str, *arguments: str) -> int:
	"""Run a command of clinic_core for a site, with the databases up."""
	if not (bench.sites / site / "site_config.json").is_file():
		raise Stop(f"there is no site {site}: run ./clinic up first")
	with provision.lock(bench):
		provision.databases(bench)
	command = [str(bench.python), "-m", "frappe.utils.bench_helper", "frappe", "--site", site, *arguments]
	environment = {
		**os.environ,
		**bench_env(bench),
		"CLINIC_DB_ROOT_PASSWORD": passwords(bench)["db_root"],
	}
	return subprocess.run(command, cwd=bench.sites, env=environment, check=False).returncode
