"""The command line of ./clinic."""

import argparse
import errno
import os
import sys

from devbench import attach, backup, benchmark, commands, testing
from devbench.paths import Bench
from devbench.ui import Stop


def parser() -> argparse.ArgumentParser:
	"""Every command with its options."""
	top = argparse.ArgumentParser(
		prog="./clinic", description="The local bench: try, develop and test the clinic apps."
	)
	sub = top.add_subparsers(dest="command", required=True, metavar="command")

	def add(name: str, text: str, run: object) -> argparse.ArgumentParser:
		one = sub.add_parser(name, help=text, description=text)
		one.set_defaults(run=run)
		return one

	_up_options(add("up", "provision what is missing, start everything, print the address", commands.up))
	add("test", "run the tests; all further arguments go to pytest", None)
	add("status", "what runs where", commands.status).add_argument("--json", action="store_true")
	add("stop", "stop everything", commands.stop)
	add("restart", "stop and start the web processes", commands.restart)
	logs = add("logs", "follow the logs", commands.logs)
	logs.add_argument("service", nargs="?", help="only this process")
	logs.add_argument("--no-follow", action="store_true", help="print the last lines and return")
	add("console", "a Python console inside the site", commands.console)
	add("migrate", "bring the database in line with the code", commands.migrate)
	build = add("build", "build the bundles of our apps", commands.build)
	build.add_argument("--watch", action="store_true", help="rebuild at every change")
	add("reset", "delete the bench with all its data", commands.reset).add_argument(
		"--yes", action="store_true", help="do not ask"
	)
	add("demo", "install or remove the demo clinic", commands.demo_command).add_argument(
		"action", choices=("install", "remove")
	)
	site = add("site", "make or drop a throw-away site", commands.site)
	site.add_argument("action", choices=("new", "drop"))
	site.add_argument("name")
	site.add_argument("--lang", choices=("en", "fa"), default="en")
	site.add_argument("--admin-password", default="admin")
	serve = add("serve", "serve any site of the bench on a port of its own", commands.serve)
	serve.add_argument("--site", required=True)
	serve.add_argument("--port", type=int)
	serve.add_argument("--workers", action="store_true", help="with background workers")
	serve.add_argument("--detach", action="store_true")
	for room in (benchmark, backup, attach):
		room.register(add)
	add("frappe", "run a Frappe command: ./clinic frappe --site NAME …", commands.frappe)
	add("python", "run the bench's Python from the sites folder", commands.python)
	return top


def _up_options(up: argparse.ArgumentParser) -> None:
	"""What `up` can be told."""
	up.add_argument("--lang", choices=("en", "fa"), help="language of a new site (default en)")
	up.add_argument("--no-demo", action="store_true", help="leave the demo clinic out")
	up.add_argument("--port", type=int, help="port of the web server (default 8000, or the next free one)")
	up.add_argument("--detach", action="store_true", help="return when healthy instead of staying in front")
	up.add_argument(
		"--frappe",
		metavar="PATH_OR_GIT_URL",
		help="an official checkout of Frappe 15 or 16 instead of the wheel (#branch allowed; “wheel” goes back)",
	)
	up.add_argument(
		"--db-url",
		metavar="mysql://USER:PASSWORD@HOST:PORT",
		help="an existing MariaDB; a password left out is asked for (“private” goes back; or CLINIC_DB_URL)",
	)
	up.add_argument(
		"--redis-url", metavar="redis://HOST:PORT", help="an existing Redis (“private” goes back)"
	)


# Their arguments belong to the program behind them, also those that look like ours.
PASSED_ON = {"frappe": commands.frappe, "python": commands.python}


def main(arguments: list[str]) -> int:
	"""Run one command; a failure that a person can act on is one line."""
	try:
		if arguments and arguments[0] == "test" and "--help" not in arguments:
			return testing.run(Bench(), arguments[1:])
		if arguments and arguments[0] in PASSED_ON:
			args = argparse.Namespace(rest=arguments[1:])
			return PASSED_ON[arguments[0]](Bench(), args)
		args = parser().parse_args(arguments)
		return args.run(Bench(), args)
	except Stop as problem:
		print(f"clinic: {problem}", file=sys.stderr)
		return 1
	except BrokenPipeError:
		# `./clinic status | head`: the reader has seen enough.
		os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
		return 0
	except OSError as problem:
		if problem.errno != errno.ENOSPC:
			raise
		print("clinic: the disk is full: free some space and run the command again", file=sys.stderr)
		return 1
	except KeyboardInterrupt:
		print("clinic: interrupted; the same command goes on from here", file=sys.stderr)
		return 130
