"""A payment gateway on this machine that speaks Zarinpal's protocol, and also lies, is silent and repeats."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MERCHANT = "11111111-2222-3333-4444-555555555555"


class Bank:
	"""What the gateway knows; a test sets `mood` and touches `pay`."""

	def __init__(self):
		self.orders, self.asked, self.mood, self.pause = {}, [], "honest", 0.0
		self.lock = threading.Lock()
		self.address = ""

	def pay(self, authority):
		"""The payer entered the code of his card."""
		self.orders[authority]["paid"] = True

	def answer(self, path, body):
		"""(status, content) of one call."""
		with self.lock:
			self.asked.append((path, body))
			if body.get("merchant_id") != MERCHANT:
				return 200, {"data": [], "errors": {"code": -9, "message": "The input params invalid."}}
			return self._begin(body) if path.endswith("request.json") else self._verify(body)

	def _begin(self, body):
		if self.mood == "refuses":
			return 200, {"data": [], "errors": {"code": -11, "message": "Merchant is not active."}}
		authority = f"A{len(self.orders) + 1:035d}"
		self.orders[authority] = {
			"amount": body["amount"],
			"paid": False,
			"verified": False,
			"back": body["callback_url"],
		}
		data = {"code": 100, "message": "Success", "authority": authority, "fee_type": "Merchant", "fee": 100}
		return 200, {"data": data, "errors": []}

	def _verify(self, body):
		order = self.orders.get(body["authority"])
		if not order:
			return 401, {"data": [], "errors": {"code": -54, "message": "Invalid authority."}}
		if body["amount"] != order["amount"]:
			return 401, {"data": [], "errors": {"code": -50, "message": "Amounts are not the same."}}
		if not order["paid"]:
			return 401, {
				"data": [],
				"errors": {"code": -51, "message": "Session is not valid, session is not active paid try."},
			}
		code, order["verified"] = (101 if order["verified"] else 100), True
		data = {"code": code, "message": "Verified", "ref_id": 201, "card_pan": "502229******5995"}
		if self.mood == "other amount":
			data["amount"] = order["amount"] // 10
		if self.mood == "no reference":
			data["ref_id"] = ""
		return 200, {"data": data, "errors": []}


@contextmanager
def running():
	"""The bank behind a real port."""
	bank = Bank()

	class Handler(BaseHTTPRequestHandler):
		def do_POST(self):
			body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
			status, content = bank.answer(self.path, body)
			if bank.mood == "silent":
				time.sleep(bank.pause)
				return
			if bank.mood == "hangs up":
				self.connection.close()
				return
			text = b"<html>502</html>" if bank.mood == "nonsense" else json.dumps(content).encode()
			self.send_response(502 if bank.mood == "nonsense" else status)
			self.send_header("Content-Type", "application/json")
			self.send_header("Content-Length", str(len(text)))
			self.end_headers()
			self.wfile.write(text)

		def log_message(self, *_arguments):
			return

	server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
	server.daemon_threads = True
	thread = threading.Thread(target=server.serve_forever, daemon=True)
	thread.start()
	bank.address = f"http://127.0.0.1:{server.server_port}"
	try:
		yield bank
	finally:
		server.shutdown()
		server.server_close()
