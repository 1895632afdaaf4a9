"""Several hosts against one MariaDB and one Redis: `python -m tests.bench.scale.trial --site NAME`.

Brings up, beside the bench and without touching it: a MariaDB primary with a copy of the site, a replica,
two Redis servers, two application hosts behind nginx and one host with background workers. They share
network addresses and nothing else. Then it tries what a clinic on several machines relies on.
"""

import argparse
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from devbench.debian import find
from devbench.paths import SITE, Bench
from devbench.settings import known_ports, passwords
from devbench.stamp import read_json
from tests.bench.scale import checks
from tests.bench.scale.hosts import Host, balancer
from tests.bench.scale.servers import ADDRESS, MariaDB, Ports, caught_up, redis, replicate


@dataclass
class World:
	"""Everything the checks speak to."""

	site: str
	primary: MariaDB
	replica: MariaDB
	hosts: list[Host]
	webs: list[subprocess.Popen]
	worker_pids: set[int]
	addresses: list[str]
	front: str
	password: str


def main(argv: list[str]) -> int:
	"""Run the trial; 1 if any check fails."""
	parser = argparse.ArgumentParser(prog="./clinic bench scale", description=__doc__.split("\n")[0])
	parser.add_argument("--site", default=SITE, help="the site to copy; it is only read")
	parser.add_argument("--json", type=Path, help="write the figures to a file")
	args = parser.parse_args(argv)
	bench = Bench()
	with ExitStack() as stack:
		world = build(bench, stack, scratch_folder(stack), args.site)
		figures, well = run_checks(world, checks.ALL)
	if args.json:
		args.json.write_text(json.dumps(figures, indent=1) + "\n")
	return 0 if well else 1


def scratch_folder(stack: ExitStack) -> Path:
	"""A folder that goes with the stack; a short path, because that of a socket has 107 characters at most."""
	folder = Path(tempfile.mkdtemp(prefix="clinic-scale-"))
	stack.callback(shutil.rmtree, folder, ignore_errors=True)
	return folder


def run_checks(world: World, tried: list[Callable]) -> tuple[dict[str, str], bool]:
	"""Run every check, whatever the one before said; what each found, and whether all held."""
	figures, well = {}, True
	for check in tried:
		begun = time.monotonic()
		try:
			found, mark = check(world), "✓"
		except (AssertionError, SystemExit) as problem:
			found, mark, well = str(problem)[:600], "✗", False
		figures[check.__name__] = found
		say = (check.__doc__ or check.__name__).split("\n")[0]
		print(f"  {mark} {say}\n      {found} ({time.monotonic() - begun:.1f} s)", flush=True)
	return figures, well


def build(bench: Bench, stack: ExitStack, folder: Path, site: str) -> World:
	"""Start all servers and hosts with a copy of `site`."""
	ports, root = Ports(), secrets.token_hex(8)
	primary = MariaDB(stack, folder / "primary", 1, ports.take(), root)
	replica = MariaDB(stack, folder / "replica", 2, ports.take(), root)
	replicate(primary, replica)
	own = copy_site(bench, site, primary)
	print(f"  … the replica has applied the copy after {caught_up(primary, replica):.1f} s", flush=True)
	# The application's user must not write to the replica by mistake: read_only holds for all but root.
	own |= {"read_from_replica": 1, "replica_host": ADDRESS, "replica_db_port": replica.port}
	common = {
		"db_host": ADDRESS,
		"db_port": primary.port,
		"redis_cache": redis(stack, folder / "cache", ports.take()),
		"redis_queue": redis(stack, folder / "queue", ports.take()),
		"default_site": site,
		"bench_id": "scale",
		"pause_scheduler": 1,
	}
	common["redis_socketio"] = common["redis_queue"]
	hosts = [Host(bench, folder / name, site, common, own) for name in ("app1", "app2", "jobs")]
	web_ports = [ports.take(), ports.take()]
	webs = [host.web(stack, port) for host, port in zip(hosts, web_ports, strict=False)]
	workers = {hosts[2].worker(stack, number).pid for number in (1, 2)}
	front = balancer(stack, folder / "nginx", site, ports.take(), web_ports, os.geteuid() == 0)
	addresses = [f"http://{ADDRESS}:{port}" for port in web_ports]
	return World(site, primary, replica, hosts, webs, workers, addresses, front, demo_password(bench, site))


def demo_password(bench: Bench, site: str) -> str:
	"""The password of the demo people of a site of this bench."""
	return passwords(bench)["demo" if site == SITE else "test_demo"]


def copy_site(bench: Bench, site: str, target: MariaDB) -> dict[str, object]:
	"""Copy a site's database to another server; the configuration the copy is opened with."""
	config = read_json(bench.sites / site / "site_config.json")
	if not config:
		raise SystemExit(f"there is no site {site} on this bench")
	name, user_password = config["db_name"], config["db_password"]
	target.run(f"CREATE DATABASE `{name}`")
	target.run(f"CREATE USER '{name}'@'%' IDENTIFIED BY '{user_password}'")
	target.run(f"GRANT ALL PRIVILEGES ON `{name}`.* TO '{name}'@'%'")
	tcp = ["--no-defaults", "--protocol=tcp", f"-h{ADDRESS}", "-uroot"]
	dump = subprocess.Popen(
		[
			find("mariadb-dump"),
			*tcp,
			f"-P{known_ports(bench, 'data')['mariadb']}",
			"--single-transaction",
			name,
		],
		env={**os.environ, "MYSQL_PWD": passwords(bench)["db_root"]},
		stdout=subprocess.PIPE,
	)
	subprocess.run(
		[find("mariadb"), *tcp, f"-P{target.port}", name],
		env={**os.environ, "MYSQL_PWD": target.password},
		stdin=dump.stdout,
		check=True,
	)
	if dump.wait():
		raise SystemExit(f"the copy of {site} is not whole")
	return {
		key: config[key] for key in ("db_name", "db_password", "db_type", "encryption_key") if key in config
	}


def kill(process: subprocess.Popen) -> None:
	"""Take a host's server away without a word."""
	os.killpg(process.pid, signal.SIGKILL)
	process.wait()


def together(jobs: list[Callable[[], object]]) -> list[object]:
	"""Run jobs at the same moment; their answers in order."""
	with ThreadPoolExecutor(len(jobs)) as pool:
		return [future.result() for future in [pool.submit(job) for job in jobs]]


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
