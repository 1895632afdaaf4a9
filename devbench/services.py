"""Which processes make up a group, and how each is started."""

import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from devbench import external, mariadb, nginx, redis
from devbench.debian import find
from devbench.paths import Bench
from devbench.settings import settle_ports
from devbench.stamp import write_json

DATA = "data"
WEB = "web"
TEST = "test"


@dataclass
class Service:
	"""One process."""

	name: str
	command: list[str]
	cwd: str
	env: dict[str, str] = field(default_factory=dict)
	port: int | None = None


def bench_env(bench: Bench) -> dict[str, str]:
	"""The environment every Frappe process runs in."""
	return {
		"FRAPPE_BENCH_ROOT": str(bench.bench),
		"PYTHONPATH": str(bench.repo),
		"PYTHONUNBUFFERED": "1",
		"SITES_PATH": str(bench.sites),
		"PATH": f"{bench.env / 'bin'}{os.pathsep}{os.environ.get('PATH', '/usr/bin:/bin')}",
	}


def spec_path(bench: Bench, group: str) -> Path:
	"""What the supervisor reads."""
	return bench.run / "groups" / group / "spec.json"


def _write(bench: Bench, group: str, services: list[Service], **facts: Any) -> None:
	"""Hand a group to its supervisor."""
	spec = {"group": group, "services": [asdict(item) for item in services], **facts}
	write_json(spec_path(bench, group), spec, mode=0o600)


def define_data(bench: Bench, running: set[str]) -> dict[str, int]:
	"""MariaDB, both Redis servers (unless others are used) and the mail box: shared by all sites."""
	ports = settle_ports(bench, DATA, running)
	mariadb.configure(bench, ports["mariadb"])
	redis.configure(bench, ports)
	root = str(bench.root)
	elsewhere = external.chosen(bench)
	services = []
	if not elsewhere.get("db"):
		services.append(Service("mariadb", mariadb.command(bench), root, port=ports["mariadb"]))
	if not elsewhere.get("redis"):
		server = find("redis-server")
		services += [
			Service(kind, [server, str(redis.config_path(bench, kind))], root, port=ports[kind])
			for kind in ("redis_cache", "redis_queue")
		]
	services.append(
		Service(
			"mail",
			[str(bench.python), "-m", "devbench.mailbox", str(ports["mail"]), str(bench.mail)],
			root,
			bench_env(bench),
			ports["mail"],
		)
	)
	_write(bench, DATA, services)
	return ports


def _frappe(bench: Bench, name: str, *args: str) -> Service:
	"""A long-running Frappe command."""
	command = [str(bench.python), "-m", "frappe.utils.bench_helper", "frappe", *args]
	return Service(name, command, str(bench.sites), bench_env(bench))


def _gunicorn(bench: Bench, port: int, pid_file: Path) -> Service:
	"""The application server. Reloading is the watcher's task: Frappe imports apps late, out of its sight."""
	command = [
		str(bench.python),
		"-m",
		"gunicorn",
		"--bind",
		f"127.0.0.1:{port}",
		"--workers",
		"4",
		"--worker-class",
		"gthread",
		"--threads",
		"4",
		"--timeout",
		"120",
		"--graceful-timeout",
		"30",
		"--max-requests",
		"5000",
		"--max-requests-jitter",
		"500",
		"--pid",
		str(pid_file),
		"frappe.app:application",
	]
	return Service("web", command, str(bench.sites), bench_env(bench), port)


def define_web(
	bench: Bench,
	group: str,
	site: str,
	running: set[str],
	data: dict[str, int],
	http: int | None = None,
	background: bool = True,
	watch: bool = True,
) -> dict[str, int]:
	"""Everything that serves one site to people."""
	ports = settle_ports(bench, group, running, http)
	pid_file = spec_path(bench, group).parent / "gunicorn.pid"
	cache, queue = external.redis_urls(bench, data)
	realtime = [
		find("node"),
		str(bench.devbench / "realtime" / "server.mjs"),
		str(ports["realtime"]),
		f"http://127.0.0.1:{ports['web']}",
	]
	services = [
		_gunicorn(bench, ports["web"], pid_file),
		Service("nginx", nginx.configure(bench, group, site, ports), str(bench.root), port=ports["http"]),
		Service(
			"realtime",
			realtime,
			str(bench.root),
			# By the environment: an address may hold a password.
			{"CLINIC_NODE_MODULES": str(bench.npm), "CLINIC_REDIS": queue},
			ports["realtime"],
		),
	]
	if background:
		services += [
			_frappe(bench, "worker_short", "worker", "--queue", "short,default"),
			_frappe(bench, "worker_long", "worker", "--queue", "long,default"),
		]
	if background and group == WEB:
		services.append(_frappe(bench, "scheduler", "schedule"))
	if watch:
		reload = [str(bench.python), "-m", "devbench.reloader", str(pid_file)]
		assets = [find("node"), str(bench.devbench / "assets" / "build.mjs"), str(bench.root), "--watch"]
		services += [
			Service("reload", reload, str(bench.root), bench_env(bench) | {"CLINIC_REDIS": cache}),
			Service("assets", assets, str(bench.root)),
		]
	_write(bench, group, services, site=site, url=url(ports["http"]))
	return ports


def url(port: int) -> str:
	"""The address in the browser. nginx knows the site by its port, so no name has to be resolved."""
	return f"http://localhost:{port}"
