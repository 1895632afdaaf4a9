"""Hosts of the trial: folders with a bench layout of their own that share nothing but addresses.

Each has its own `sites` with its own configuration; the code is the same checkout, as it would be the
same release on two machines. What a real second machine needs besides is in `docs/operations.md`:
one shared folder for uploaded files.
"""

import json
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from devbench.debian import find
from devbench.paths import Bench
from tests.bench.scale.servers import ADDRESS, start

_NGINX = """\
{user}daemon off;
pid {folder}/nginx.pid;
error_log stderr warn;
worker_processes 1;
events {{ worker_connections 512; }}
http {{
	access_log off;
	client_body_temp_path {folder}/body;
	proxy_temp_path {folder}/proxy;
	fastcgi_temp_path {folder}/f;
	uwsgi_temp_path {folder}/u;
	scgi_temp_path {folder}/s;
	# A host that does not answer is left alone for a while; what it did not take goes to the other.
	upstream clinic {{ {servers} }}
	server {{
		listen 127.0.0.1:{port};
		location / {{
			proxy_set_header X-Frappe-Site-Name {site};
			proxy_set_header X-Forwarded-For $remote_addr;
			proxy_set_header Host $http_host;
			proxy_connect_timeout 2;
			proxy_next_upstream error timeout;
			proxy_pass http://clinic;
		}}
	}}
}}
"""


class Host:
	"""One machine: a folder, an environment, processes."""

	def __init__(
		self, bench: Bench, folder: Path, site: str, common: dict[str, Any], own: dict[str, Any]
	) -> None:
		self.bench, self.folder, self.site = bench, folder, site
		self.sites = folder / "sites"
		(self.sites / site / "logs").mkdir(parents=True)
		(folder / "logs").mkdir()
		(folder / "apps").symlink_to(bench.apps)
		(self.sites / "assets").symlink_to(bench.sites / "assets")
		(self.sites / "apps.txt").write_text((bench.sites / "apps.txt").read_text())
		(self.sites / "common_site_config.json").write_text(json.dumps(common))
		(self.sites / site / "site_config.json").write_text(json.dumps(own))
		self.env = {
			"FRAPPE_BENCH_ROOT": str(folder),
			"SITES_PATH": str(self.sites),
			"PYTHONPATH": str(bench.repo),
			"PATH": f"{bench.env / 'bin'}:/usr/bin:/bin",
			"HOME": str(folder),
		}

	def web(self, stack: ExitStack, port: int) -> subprocess.Popen:
		"""gunicorn with one worker of eight threads."""
		command = [str(self.bench.python), "-m", "gunicorn", "--bind", f"{ADDRESS}:{port}", "--workers", "1"]
		command += [
			"--worker-class",
			"gthread",
			"--threads",
			"8",
			"--timeout",
			"120",
			"frappe.app:application",
		]
		return self._start(stack, command, port, "web")

	def worker(self, stack: ExitStack, number: int) -> subprocess.Popen:
		"""An RQ worker for every queue."""
		command = [str(self.bench.python), "-m", "frappe.utils.bench_helper", "frappe", "worker"]
		return self._start(stack, [*command, "--queue", "short,default,long"], None, f"worker-{number}")

	def _start(self, stack: ExitStack, command: list[str], port: int | None, name: str) -> subprocess.Popen:
		return start(stack, command, port, self.folder / f"{name}.log", cwd=self.sites, env=self.env)

	def python(self, code: str) -> str:
		"""What a snippet prints that runs inside the site, on this host."""
		head = f"import frappe; frappe.init(site={self.site!r}, sites_path='.'); frappe.connect()\n"
		done = subprocess.run(
			[str(self.bench.python), "-c", head + code],
			cwd=self.sites,
			env=self.env,
			capture_output=True,
			text=True,
			check=False,
		)
		if done.returncode:
			raise SystemExit(done.stderr[-2000:])
		return done.stdout.strip()


def balancer(stack: ExitStack, folder: Path, site: str, port: int, hosts: list[int], as_root: bool) -> str:
	"""nginx in front of the application hosts; its address."""
	folder.mkdir()
	servers = " ".join(f"server {ADDRESS}:{one} max_fails=1 fail_timeout=5s;" for one in hosts)
	user = "user root;\n" if as_root else ""
	config = folder / "nginx.conf"
	config.write_text(_NGINX.format(user=user, folder=folder, servers=servers, port=port, site=site))
	start(stack, [find("nginx"), "-e", "stderr", "-p", str(folder), "-c", str(config)], port, folder / "log")
	return f"http://{ADDRESS}:{port}"
