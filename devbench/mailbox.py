"""Takes all outgoing mail and keeps it as .eml files: `python -m devbench.mailbox PORT FOLDER`."""

import asyncio
import re
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

_NUMBER = count(1)


def file_name(recipient: str, now: float, number: int) -> str:
	"""A name that sorts by time and tells the recipient, whatever an address may contain."""
	stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(now))
	return f"{stamp}-{number:04d}-{re.sub(r'[^A-Za-z0-9@._+-]', '_', recipient)[:80]}.eml"


class Keeper:
	"""aiosmtpd's handler: every message becomes a file, none leaves the machine."""

	def __init__(self, folder: Path) -> None:
		self.folder = folder
		folder.mkdir(parents=True, exist_ok=True)

	async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
		"""Write the message under a temporary name first: readers see whole files only."""
		recipient = envelope.rcpt_tos[0] if envelope.rcpt_tos else "nobody"
		path = self.folder / file_name(recipient, time.time(), next(_NUMBER))
		temporary = path.with_suffix(".part")
		temporary.write_bytes(envelope.original_content)
		temporary.rename(path)
		print(path.name, flush=True)
		return "250 kept"


async def _serve(port: int, folder: Path) -> None:
	keeper = Keeper(folder)
	loop = asyncio.get_running_loop()
	server = await loop.create_server(
		lambda: SMTP(keeper, enable_SMTPUTF8=True, data_size_limit=50 * 1024 * 1024), "127.0.0.1", port
	)
	async with server:
		await server.serve_forever()


if __name__ == "__main__":
	asyncio.run(_serve(int(sys.argv[1]), Path(sys.argv[2])))
