"""A change of our code renews every process that keeps it in memory."""

import signal
import subprocess
import sys

from devbench import reloader

WAITS = """
import signal, sys, time
signal.signal(signal.SIGHUP, lambda *_: sys.exit(7))
print("ready", flush=True)
time.sleep(30)
"""


def start():
	process = subprocess.Popen([sys.executable, "-c", WAITS], stdout=subprocess.PIPE, text=True)
	assert process.stdout.readline() == "ready\n"
	return process


def test_gunicorn_is_asked_and_the_scheduler_ended(tmp_path):
	gunicorn, scheduler = start(), start()
	(tmp_path / "gunicorn.pid").write_text(str(gunicorn.pid))
	(tmp_path / "scheduler.pid").write_text(str(scheduler.pid))
	reloader.renew_code(tmp_path / "gunicorn.pid")
	assert gunicorn.wait(10) == 7, "SIGHUP"
	assert scheduler.wait(10) == -signal.SIGTERM


def test_a_group_without_a_scheduler_is_fine(tmp_path):
	gunicorn = start()
	(tmp_path / "gunicorn.pid").write_text(str(gunicorn.pid))
	reloader.renew_code(tmp_path / "gunicorn.pid")
	assert gunicorn.wait(10) == 7
	reloader.renew_code(tmp_path / "nobody.pid")
