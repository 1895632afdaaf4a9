"""The load generator: `python -m tests.bench.http.load`, in its own environment (locust).

Signs in, lets people work against a web server that runs, and writes what they met as JSON. It knows
of the data only what the file of subjects says.
"""

import argparse
import json
import os
import pathlib
import re
import sys
import time
from collections import Counter

import gevent
import locust.env  # before requests: it patches what requests imports
import requests

from tests.bench.http import mix, people, summary
from tests.bench.http.asking import TIMEOUT
from tests.bench.http.clinic import Clinic
from tests.bench.http.cores import Cores

RATE = 10
"""People who sit down per second."""
NOMINAL_USERS = 10


class NoEntry(Exception):
	"""Somebody cannot sign in."""


def arguments(given):
	"""The command line."""
	parser = argparse.ArgumentParser(prog="load")
	parser.add_argument("--url", required=True)
	parser.add_argument("--subjects", type=pathlib.Path, required=True)
	parser.add_argument("--users", type=int, nargs="+", default=[40], help="people at work, step by step")
	parser.add_argument("--seconds", type=float, default=60, help="measured per step, after it has settled")
	parser.add_argument("--think", type=float, nargs=2, default=mix.THINK, metavar=("LOW", "HIGH"))
	parser.add_argument(
		"--saturate", type=int, metavar="MOST", help="go on until P50 doubles, up to so many people"
	)
	parser.add_argument("--settle", type=float, default=60, help="seconds before each measurement")
	parser.add_argument("--json", type=pathlib.Path, required=True)
	return parser.parse_args(given)


def sign_in(url, user, password):
	"""A session as the desk has it: cookie and CSRF token. Raises NoEntry."""
	with requests.Session() as session:
		answer = session.post(f"{url}/api/method/login", data={"usr": user, "pwd": password}, timeout=TIMEOUT)
		if answer.status_code != 200:
			raise NoEntry(f"{user}: {answer.status_code} {answer.text[:200]}")
		page = session.get(f"{url}/app", headers={"Accept": "text/html"}, timeout=TIMEOUT).text
		token = re.search(r'csrf_token\s*=\s*"([0-9a-f]+)"', page)
		if not token:
			raise NoEntry(f"{user}: the desk gave no CSRF token")
		return {"user": user, "sid": session.cookies["sid"], "csrf": token[1]}


class Load:
	"""A running load whose number of people can be changed."""

	def __init__(self, url, clinic, think, settle):
		self.settle = settle
		self.environment = locust.env.Environment(user_classes=list(people.CLASSES.values()), host=url)
		self.environment.clinic, self.environment.think = clinic, tuple(think)
		self.environment.refused = Counter()
		self.requests = []
		self.environment.events.request.add_listener(self._answered)
		self.environment.events.user_error.add_listener(self._stumbled)
		self.runner = self.environment.create_local_runner()

	def _answered(self, name, response_time, exception, **_):
		failure = str(exception)[:400] if exception else None
		self.requests.append(summary.Request(name, response_time, failure))

	def _stumbled(self, user_instance, exception, **_):
		# A fault of the generator, or an answer of another shape than the screens expect.
		said = f"{type(user_instance).__name__}: {type(exception).__name__}: {exception}"
		self.requests.append(summary.Request("(task)", 0.0, said[:400]))

	def measure(self, users, seconds):
		"""Bring the number of people to `users`, let them settle, and look at them for a while."""
		self.runner.start(users, spawn_rate=RATE)
		while self.runner.user_count != users:
			gevent.sleep(0.1)
		gevent.sleep(self.environment.think[1] + self.settle)
		self.requests.clear()
		self.environment.refused.clear()
		begun, cores = time.monotonic(), Cores()
		gevent.sleep(seconds)
		lasted, spent = time.monotonic() - begun, cores.spent()
		refused = Counter(self.environment.refused)
		return summary.step(users, lasted, list(self.requests), refused, spent, os.cpu_count() or 1)

	def stop(self):
		"""Send everybody home."""
		self.runner.quit()


def run(args):
	"""All steps; returns the document."""
	subjects = json.loads(args.subjects.read_text())
	_say(f"  … signing in at {args.url}")
	sessions = {
		role: [sign_in(args.url, user, password) for user, password in accounts]
		for role, accounts in subjects["accounts"].items()
	}
	load = Load(args.url, Clinic(subjects, sessions), args.think, args.settle)
	steps = []
	try:
		planned = [NOMINAL_USERS] if args.saturate else list(args.users)
		while planned:
			users = planned.pop(0)
			_say(f"  … {users} people at work")
			steps.append(load.measure(users, args.seconds))
			if not args.saturate:
				print(summary.table(steps[-1]) + "\n", flush=True)
			elif more := summary.next_users(steps, args.saturate):
				planned.append(more)
			_say(f"    {steps[-1]['per_second']:.1f} requests/s, P50 {steps[-1]['p50']:.0f} ms")
	finally:
		load.stop()
	found = {"think": list(args.think), "steps": steps}
	if args.saturate:
		print(summary.saturation_text(steps, args.think), flush=True)
		for one in steps:
			for failure in one["failures"]:
				print(
					f"! {one['users']} people: {failure['times']} × {failure['request']}: {failure['said']}"
				)
		found["saturation"] = summary.saturation(steps)
	return found


def _say(text):
	print(text, file=sys.stderr, flush=True)


def main(given):
	"""0 when nothing failed, 1 when something did, 2 when nobody could begin."""
	args = arguments(given)
	try:
		found = run(args)
	except (NoEntry, requests.RequestException) as problem:
		_say(f"load: {problem}")
		return 2
	except KeyboardInterrupt:
		return 130
	args.json.write_text(json.dumps(found, indent="\t", ensure_ascii=False) + "\n")
	return 1 if any(step["failed"] or not step["requests"] for step in found["steps"]) else 0


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
