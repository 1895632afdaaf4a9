"""Running other programs: output to a log, and a failure turned into one clear line."""

import errno
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from devbench.ui import Stop

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
		done = subprocess.run(
			text,
			cwd=cwd,
			env=full_env,
			input=stdin or "",
			text=True,
			errors="replace",
			stdout=subprocess.PIPE,
			stderr=subprocess.STDOUT,
		)
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
		log.write_text(f"$ {' '.join(text)}\n{done.stdout}")
	if done.returncode:
		lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
		reason = hint(done.stdout) or (lines[-1][:300] if lines else f"exit code {done.returncode}")
		raise Stop(f"{what} failed: {reason}" + (f" (all of it in {log})" if log else ""))
	return done.stdout
