"""Running other programs: output to a log, and a failure turned into one clear line."""

import errno
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from devbench.ui import Stop

# Programs that run now: when one of several side by side fails, the others need not be waited for.
_ALIVE: set[subprocess.Popen] = set()

_NETWORK = (
	"temporary failure in name resolution",
	"enotfound",
	"eai_again",
	"network is unreachable",
	"could not resolve",
	"failed to establish a new connection",
	"etimedout",
	"econnrefused",
)


def hint(output: str) -> str:
	"""Guess from a tool's output what a person should do about it."""
	low = output.lower()
	if "no space left" in low or "enospc" in low:
		return "the disk is full: free some space and run the command again"
	if "do not match the hashes" in low or "eintegrity" in low:
		return "a downloaded file is not the pinned one (hash mismatch): refused"
	if any(word in low for word in _NETWORK):
		return "no network: connect (or configure the registry of pip and npm) and run the command again"
	return ""


def run(
	command: Sequence[str | Path],
	*,
	what: str,
	log: Path | None = None,
	cwd: Path | None = None,
	env: Mapping[str, str] | None = None,
	stdin: str | None = None,
) -> str:
	"""Run a program to its end and return what it printed; raise Stop with one line if it fails."""
	text = [str(part) for part in command]
	full_env = {**os.environ, **(env or {})}
	try:
		code, output = _communicate(text, cwd, full_env, stdin or "")
	except FileNotFoundError:
		raise Stop(f"{what} failed: {text[0]} is not installed") from None
	except OSError as error:
		if error.errno == errno.ENOSPC:
			raise Stop(
				f"{what} failed: the disk is full: free some space and run the command again"
			) from None
		raise
	if log:
		log.parent.mkdir(parents=True, exist_ok=True)
		log.write_text(f"$ {' '.join(text)}\n{output}")
	if code:
		lines = [line.strip() for line in output.splitlines() if line.strip()]
		reason = hint(output) or (lines[-1][:300] if lines else f"exit code {code}")
		raise Stop(f"{what} failed: {reason}" + (f" (all of it in {log})" if log else ""))
	return output


def _communicate(command: list[str], cwd: Path | None, env: Mapping[str, str], stdin: str) -> tuple[int, str]:
	"""Run a program to its end, remembered as long as it runs."""
	process = subprocess.Popen(
		command,
		cwd=cwd,
		env=env,
		text=True,
		errors="replace",
		stdin=subprocess.PIPE,
		stdout=subprocess.PIPE,
		stderr=subprocess.STDOUT,
	)
	_ALIVE.add(process)
	try:
		output, _ = process.communicate(stdin)
	except BaseException:
		process.terminate()
		process.wait()
		raise
	finally:
		_ALIVE.discard(process)
	return process.returncode, output


def stop_running() -> None:
	"""End all programs that `run` waits for."""
	for process in list(_ALIVE):
		process.terminate()
