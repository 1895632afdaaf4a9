"""Runs functions inside the test site, in a process of its own, as a person at the console would."""

import datetime
import json
import os
import subprocess
import sys


def in_site(site, sites_path, function, **kwargs):
	"""Run a function of the site, committed. Returns its answer."""
	command = [
		sys.executable,
		"-m",
		"frappe.utils.bench_helper",
		"frappe",
		"--site",
		site,
		"execute",
		function,
		"--kwargs",
		repr(kwargs),
	]
	done = subprocess.run(command, cwd=sites_path, capture_output=True, text=True, timeout=600)
	assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
	lines = [line for line in done.stdout.strip().splitlines() if line.strip()]
	try:
		return json.loads(lines[-1]) if lines else None
	except ValueError:
		return None


def ensure_demo(site, sites_path, lang="en"):
	"""The demo clinic of today in this site; yesterday's is replaced. Returns its people's password."""
	password = os.environ.get("CLINIC_DEMO_PASSWORD", "clinic-demo")
	found = in_site(site, sites_path, "clinic_core.demo.manifest.read")
	is_today = found and found.get("day") == _today(site, sites_path) and found.get("lang") == lang
	if not is_today:
		if found:
			in_site(site, sites_path, "clinic_core.demo.remove")
		# Whatever the day of the test, the days after it are open.
		in_site(site, sites_path, "frappe.db.delete", doctype="Clinic Holiday")
		in_site(site, sites_path, "clinic_core.demo.install", lang=lang, password=password)
	return password


def _today(site, sites_path):
	answer = in_site(site, sites_path, "frappe.utils.nowdate")
	return answer or datetime.date.today().isoformat()
