"""A gateway on this machine that speaks Kavenegar's documented protocol, and does what real ones do at times.

Standard library only. It answers `sms/send`, `sms/sendarray`, `sms/status`, `sms/statuslocalmessageid`,
`sms/receive`, `verify/lookup` and `account/info`; every message it accepts is kept with our number, and counted if it comes
twice: unlike the real one it refuses no number it knows, so that a double would be seen.

`moods` decide what the next sending calls meet, one after the other; then `mood` holds:
ok · slow (accepts, answers too late) · lost (accepts, closes without an answer) · dropped (takes nothing,
closes) · half (accepts, answers half a document) · proxy (a page of a proxy) · CODE (refuses with that code).
"""

import collections
import json
import random
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

KEY = "test-key-6A7B8C"
SENT, DELIVERED, UNKNOWN = 5, 10, 100


class Kavenegar:
	"""Start with `with Kavenegar() as gateway:`; it listens at `gateway.address`."""

	def __init__(self, mood="ok", late_seconds=3.0, bad_numbers=(), chances=None, seed=1):
		self.mood, self.moods = mood, collections.deque()
		self.chances, self._random = chances or {}, random.Random(seed)
		self.late_seconds, self.bad_numbers = late_seconds, set(bad_numbers)
		self.remaining_credit = 1_000_000
		self.accepted = collections.Counter()  # our number → how often it was taken
		self.messages = {}  # the gateway's number → what was taken
		self.calls = collections.Counter()
		self.inbox, self.read = [], []
		self.patterns = {"clinic-code": "کد تأیید: %token"}  # approved for codes
		self.final = {}  # our number → status that delivery reports tell
		self.lock = threading.Lock()
		self._next = 1000

	def __enter__(self):
		self._server = _Server(("127.0.0.1", 0), _Handler)
		self._server.gateway = self
		threading.Thread(target=self._server.serve_forever, daemon=True).start()
		self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
		return self

	def __exit__(self, *_error):
		self._server.shutdown()
		self._server.server_close()

	def next_mood(self):
		with self.lock:
			if self.moods:
				return self.moods.popleft()
			roll = self._random.random()
			for mood, chance in self.chances.items():
				roll -= chance
				if roll < 0:
					return mood
			return self.mood

	def take(self, rows):
		"""Accept messages {receptor, message, sender, localid}; one entry for each."""
		with self.lock:
			entries = []
			for row in rows:
				self._next += 1
				number = self._next
				self.accepted[row["localid"]] += 1
				self.messages[number] = row
				entries.append(
					{
						"messageid": number, "message": row["message"], "status": SENT,
						"statustext": "ارسال به مخابرات", "sender": row["sender"] or "10004346",
						"receptor": row["receptor"], "date": int(time.time()), "cost": 1450,
					}
				)  # fmt: skip
			return entries

	def status_of(self, number):
		row = self.messages.get(number)
		return self.final.get(row["localid"], DELIVERED) if row else UNKNOWN

	def say(self, sender, message, line="10004346"):
		"""Somebody sends us a message."""
		with self.lock:
			self._next += 1
			self.inbox.append(
				{
					"messageid": self._next,
					"message": message,
					"sender": sender,
					"receptor": line,
					"date": int(time.time()),
				}
			)


class _Server(ThreadingHTTPServer):
	daemon_threads = True
	request_queue_size = 128

	def handle_error(self, _request, _client):
		"""A client that went away is part of the game."""


class _Answer(Exception):
	def __init__(self, code, text):
		super().__init__(text)
		self.code, self.text = code, text


class _Handler(BaseHTTPRequestHandler):
	protocol_version = "HTTP/1.1"

	def log_message(self, *_parts):
		pass

	def do_GET(self):
		self._answer(405, "متد درخواست نادرست است", None)

	def do_POST(self):
		body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
		given = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
		_empty, version, key, scope, method = self.path.split("/")
		name = f"{scope}/{method.removesuffix('.json')}"
		self.server.gateway.calls[name] += 1
		if key != KEY:
			return self._answer(403, "کد شناسائی API-Key معتبر نمی‌باشد", None)
		try:
			work = getattr(self, "_" + name.replace("/", "_"), None)
			if not work or version != "v1":
				raise _Answer(404, "متدی با این نام پیدا نشده است")
			work(given)
		except _Answer as said:
			self._answer(said.code, said.text, None)

	def _sms_send(self, given):
		receptors, ids = given["receptor"].split(","), given.get("localid", "").split(",")
		self._send(
			[_row(r, given["message"], given.get("sender"), i) for r, i in zip(receptors, ids, strict=True)]
		)

	def _sms_sendarray(self, given):
		names = ("receptor", "message", "sender", "localmessageids")
		arrays = [json.loads(given[name]) for name in names]
		if len({len(array) for array in arrays}) != 1:
			raise _Answer(419, "طول آرایه متن و گیرنده و فرستنده هم اندازه نیست")
		self._send([_row(*values) for values in zip(*arrays, strict=True)])

	def _verify_lookup(self, given):
		"""One receiver, a pattern and its value; a number of ours is not taken along."""
		gateway = self.server.gateway
		if given["template"] not in gateway.patterns:
			raise _Answer(424, "الگوی مورد نظر پیدا نشد")
		if not given.get("token") or " " in given["token"]:
			raise _Answer(431, "ساختار کد صحیح نمی‌باشد")
		text = gateway.patterns[given["template"]].replace("%token", given["token"])
		self._send([_row(given["receptor"], text, None, "")])

	def _send(self, rows):
		mood = self.server.gateway.next_mood()
		if mood.isdigit():
			raise _Answer(int(mood), "عملیات ناموفق بود")
		if len(rows) > 200:
			raise _Answer(414, "حجم درخواست بیشتر از حد مجاز است")
		if any(row["receptor"] in self.server.gateway.bad_numbers for row in rows):
			raise _Answer(411, "دریافت کننده نامعتبر است")
		if self.server.gateway.remaining_credit <= 0:
			raise _Answer(418, "اعتبار حساب شما کافی نیست")
		if mood == "dropped":
			return self._close()
		if mood == "proxy":
			return self._page(502)
		entries = self.server.gateway.take(rows)
		if mood == "slow":
			time.sleep(self.server.gateway.late_seconds)
		if mood == "lost":
			return self._close()
		if mood == "half":
			return self._half(entries)
		self._answer(200, "تایید شد", entries)

	def _sms_status(self, given):
		ids = [int(one) for one in given["messageid"].split(",")]
		if len(ids) > 500:
			raise _Answer(414, "حجم درخواست بیشتر از حد مجاز است")
		self._answer(
			200,
			"تایید شد",
			[
				{"messageid": one, "status": self.server.gateway.status_of(one), "statustext": ""}
				for one in ids
			],
		)

	def _sms_statuslocalmessageid(self, given):
		ids = given["localid"].split(",")
		if len(ids) > 500:
			raise _Answer(414, "حجم درخواست بیشتر از حد مجاز است")
		known = {row["localid"]: number for number, row in list(self.server.gateway.messages.items())}
		self._answer(
			200,
			"تایید شد",
			[
				{
					"messageid": known.get(one, 0),
					"localid": one,
					"status": self.server.gateway.status_of(known.get(one)),
					"statustext": "",
				}
				for one in ids
			],
		)

	def _sms_receive(self, given):
		with self.server.gateway.lock:
			if given.get("isread") == "1":
				found = list(self.server.gateway.read)
			else:
				found, self.server.gateway.inbox = (
					self.server.gateway.inbox[:100],
					self.server.gateway.inbox[100:],
				)
				self.server.gateway.read += found
		if self.server.gateway.moods and self.server.gateway.moods[0] == "lose_replies":
			self.server.gateway.moods.popleft()
			return self._close()
		self._answer(200, "تایید شد", found)

	def _account_info(self, _given):
		self._answer(
			200,
			"تایید شد",
			{"remaincredit": self.server.gateway.remaining_credit, "expiredate": 0, "type": "Master"},
		)

	def _answer(self, code, text, entries):
		body = json.dumps({"return": {"status": code, "message": text}, "entries": entries}).encode()
		self.send_response(code)
		self.send_header("Content-Type", "application/json")
		self.send_header("Content-Length", str(len(body)))
		self.end_headers()
		self.wfile.write(body)

	def _half(self, entries):
		body = json.dumps({"return": {"status": 200}, "entries": entries}).encode()
		self.send_response(200)
		self.send_header("Content-Length", str(len(body) // 2))
		self.end_headers()
		self.wfile.write(body[: len(body) // 2])

	def _page(self, code):
		body = b"<html>Bad gateway</html>"
		self.send_response(code)
		self.send_header("Content-Length", str(len(body)))
		self.end_headers()
		self.wfile.write(body)

	def _close(self):
		self.close_connection = True
		self.connection.shutdown(2)


def _row(receptor, message, sender, local_id):
	return {"receptor": receptor, "message": message, "sender": sender or "", "localid": str(local_id)}
