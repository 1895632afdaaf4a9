"""What each command of ./clinic does."""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from typing import Any

from devbench import bundles, control, demo, external, frappe_source, provision, sites
from devbench.paths import SITE, Bench
from devbench.services import DATA, WEB, bench_env, define_web, spec_path
from devbench.settings import known_ports, options, passwords, set_options
from devbench.stamp import read_json
from devbench.ui import STARTED, Stop, clock, say


def up(bench: Bench, args: argparse.Namespace) -> int:
	"""Provision what is missing, start everything, print where it is."""
	before = control.running_groups(bench)
	try:
		_bring_up(bench, args)
	except BaseException:
		# What did not come up whole goes down again, so that nothing is left behind unseen.
		for group in (WEB, DATA):
			if group not in before:
				control.stop(bench, group)
		raise
	print_where(bench)
	return 0 if args.detach else _stay(bench)


def _bring_up(bench: Bench, args: argparse.Namespace) -> None:
	"""Everything of `up` before it is up."""
	with provision.lock(bench):
		if args.lang or "lang" not in options(bench):
			set_options(bench, lang=args.lang or "en")
		_choose(bench, args)
		data = provision.everything(bench)
		sites.ensure(bench, SITE, passwords(bench)["admin"], options(bench)["lang"])
		start_web(bench, data, args.port)
		if not args.no_demo:
			demo.ensure(bench, SITE, options(bench)["lang"])


def _choose(bench: Bench, args: argparse.Namespace) -> None:
	"""Take over which Frappe and which servers to use; what runs with the old ones is stopped."""
	servers = external.choose(bench, args.db_url or os.environ.get("CLINIC_DB_URL"), args.redis_url)
	frappe = frappe_source.choose(bench, args.frappe)
	if frappe or servers:
		control.stop(bench, WEB)
	if servers:
		control.stop(bench, DATA)


def start_web(bench: Bench, data: dict[str, int], port: int | None = None) -> None:
	"""Start the processes of the demo site and wait until it answers."""
	running = control.settled_groups(bench, WEB)
	if WEB in running and port and port != known_ports(bench, WEB).get("http"):
		control.stop(bench, WEB)
		running.discard(WEB)
	ports = (
		define_web(bench, WEB, SITE, running, data, port) if WEB not in running else known_ports(bench, WEB)
	)
	if port and ports["http"] != port:
		say(f"  ! port {port} is taken: {ports['http']} is used instead")
	sites.write_common_config(bench, data)
	sites.set_config(bench, SITE, host_name=_url(bench))
	control.start(bench, WEB)
	control.wait_healthy(bench, WEB)


def _url(bench: Bench) -> str:
	return read_json(spec_path(bench, WEB)).get("url", "")


def print_where(bench: Bench) -> None:
	"""The address and who can sign in."""
	print(f"\n  {_url(bench)}   (ready after {clock(time.monotonic() - STARTED)})\n")
	for user in demo.users(bench, SITE):
		print(f"  {user['user']:<32} {user['password']:<18} {user['role']}")
	print(flush=True)


def _stay(bench: Bench) -> int:
	"""Show the log until Ctrl-C, then stop everything."""
	say("  Ctrl-C stops everything.")

	def interrupt(*_: Any) -> None:
		raise KeyboardInterrupt

	for number in (signal.SIGTERM, signal.SIGHUP):
		signal.signal(number, interrupt)
	log = subprocess.Popen(
		["tail", "-n", "0", "-F", str(bench.logs / f"{WEB}.log"), str(bench.logs / f"{DATA}.log")],
		stderr=subprocess.DEVNULL,
		start_new_session=True,
	)
	try:
		while control.supervisor_pid(bench, WEB):
			time.sleep(1)
		say("  the processes were stopped from elsewhere")
		return 0
	except KeyboardInterrupt:
		say("\n  stopping …")
		return 0
	finally:
		log.terminate()
		control.stop_all(bench)


def stop(bench: Bench, _: argparse.Namespace) -> int:
	"""Stop all processes of this bench."""
	say("stopped" if control.stop_all(bench) else "nothing was running")
	return 0


def restart(bench: Bench, _: argparse.Namespace) -> int:
	"""Stop and start the web processes; the databases stay."""
	_need_site(bench)
	control.stop(bench, WEB)
	with provision.lock(bench):
		start_web(bench, provision.databases(bench))
	print_where(bench)
	return 0


def status(bench: Bench, args: argparse.Namespace) -> int:
	"""What runs where."""
	services = [
		{key: value for key, value in state.items() if key != "group"}
		for group in (DATA, WEB)
		for state in control.service_states(bench, group)
	]
	if args.json:
		facts = {
			"url": _url(bench),
			"site": SITE,
			"frappe": frappe_source.describe(bench),
			"other_servers": external.lines(bench),
			"users": demo.users(bench, SITE),
			"services": services,
		}
		print(json.dumps(facts, ensure_ascii=False, indent=1))
		return 0
	if not services:
		print("nothing is set up yet: ./clinic up")
	for service in services:
		print(
			f"{service['name']:<14} {service['state']:<9} pid {service['pid'] or '-':<8} port {service['port'] or '-'}"
		)
	if services:
		for line in external.lines(bench):
			print(f"{line}, not started by this bench")
		print(f"\n{_url(bench)}   logs in {bench.logs}, mail in {bench.mail}")
		print(frappe_source.describe(bench))
	return 0


def logs(bench: Bench, args: argparse.Namespace) -> int:
	"""Follow the logs, all or those of one process."""
	files = [str(bench.logs / f"{name}.log") for name in (DATA, WEB)]
	tail = subprocess.Popen(
		["tail", "-q", "-n", "100", *([] if args.no_follow else ["-F"]), *files],
		stdout=subprocess.PIPE,
		stderr=subprocess.DEVNULL,
		text=True,
		errors="replace",
	)
	try:
		for line in tail.stdout:
			if not args.service or f" {args.service} " in line.split("|")[0] + " ":
				print(line, end="", flush=True)
	except KeyboardInterrupt:
		pass
	finally:
		tail.terminate()
	return 0


def _need_site(bench: Bench) -> None:
	if not (bench.sites / SITE / "site_config.json").exists():
		raise Stop("there is no site yet: run ./clinic up first")


def _exec_in_sites(bench: Bench, command: list[str]) -> int:
	"""Become a command that runs inside the bench."""
	if not bench.python.exists():
		raise Stop("there is no environment yet: run ./clinic up first")
	os.chdir(bench.sites)
	os.execvpe(command[0], command, {**os.environ, **bench_env(bench)})


def frappe(bench: Bench, args: argparse.Namespace) -> int:
	"""Pass a command on to Frappe."""
	return _exec_in_sites(bench, [str(bench.python), "-m", "frappe.utils.bench_helper", "frappe", *args.rest])


def python(bench: Bench, args: argparse.Namespace) -> int:
	"""Run the bench's Python from the sites folder."""
	return _exec_in_sites(bench, [str(bench.python), *args.rest])


def console(bench: Bench, args: argparse.Namespace) -> int:
	"""A Python console inside the site."""
	_need_site(bench)
	args.rest = ["--site", SITE, "console"]
	return frappe(bench, args)


def migrate(bench: Bench, _: argparse.Namespace) -> int:
	"""Bring the site's database in line with the code, whether or not it seems needed."""
	_need_site(bench)
	with provision.lock(bench):
		provision.everything(bench)
		sites.migrate(bench, SITE)
	return 0


def build(bench: Bench, args: argparse.Namespace) -> int:
	"""Build our apps' bundles, once or at every change."""
	if not (bench.npm / "node_modules").exists():
		raise Stop("there is no environment yet: run ./clinic up first")
	if args.watch:
		bundles.watch(bench)
	bundles.build(bench, *bench.own_apps())
	return 0


def reset(bench: Bench, args: argparse.Namespace) -> int:
	"""Delete the bench: databases, sites, environment."""
	if not bench.root.exists():
		say("there is nothing to delete")
		return 0
	if not args.yes:
		if not sys.stdin.isatty():
			raise Stop("reset deletes the databases: say  ./clinic reset --yes")
		print(f"This deletes {bench.root} with all its databases, files and mails.")
		if input("Type yes to go on: ").strip() != "yes":
			return 1
	if external.chosen(bench).get("db"):
		# On a server that is not ours the databases would stay.
		for path in sorted(bench.sites.glob("*/site_config.json")):
			sites.drop(bench, path.parent.name)
	control.stop_all(bench)
	shutil.rmtree(bench.root)
	say("deleted")
	return 0


def site(bench: Bench, args: argparse.Namespace) -> int:
	"""Make or drop a throw-away site, for a developer's own tries."""
	if args.name == SITE:
		raise Stop(f"{SITE} is the demo site: ./clinic up makes it, ./clinic reset deletes it")
	with provision.lock(bench):
		provision.databases(bench)
		if args.action == "drop":
			sites.drop(bench, args.name)
		else:
			sites.create(bench, args.name, args.admin_password, args.lang)
			sites.set_config(bench, args.name, pause_scheduler=1)
	return 0


def serve(bench: Bench, args: argparse.Namespace) -> int:
	"""Serve any site of the bench on a port of its own until Ctrl-C (or until `stop`, with --detach)."""
	group = f"site-{args.site}"
	control.stop(bench, group)
	with provision.lock(bench):
		data = provision.databases(bench)
	ports = define_web(
		bench, group, args.site, control.running_groups(bench), data, args.port, background=args.workers
	)
	control.start(bench, group)
	control.wait_healthy(bench, group)
	print(f"http://localhost:{ports['http']}", flush=True)
	if args.detach:
		return 0
	try:
		signal.pause()
	except KeyboardInterrupt:
		pass
	finally:
		control.stop(bench, group)
	return 0


def demo_command(bench: Bench, args: argparse.Namespace) -> int:
	"""Put the demo clinic in or take it out."""
	_need_site(bench)
	with provision.lock(bench):
		provision.databases(bench)
		if args.action == "install":
			demo.install(bench, SITE, options(bench).get("lang", "en"))
		else:
			demo.remove(bench, SITE)
	return 0
