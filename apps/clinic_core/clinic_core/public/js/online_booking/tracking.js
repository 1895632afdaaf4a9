/* /booking/<code>: moving and cancelling by whoever holds the link. */

import { number, text } from "../center/texts.js";
import { Refused, ask, busy, clock, key_keeper, tell, words_of } from "./call.js";
import { make_picker } from "./picker.js";

const ASK_AGAIN = 12_000;

/** What is still to be paid: the time left, and the way to the bank. */
function start_paying(root) {
	const button = document.getElementById("pay");
	if (!button) return;
	const notice = document.getElementById("pay-notice");
	const place = document.getElementById("pay-countdown");
	const end = Date.now() + Number(place.dataset.seconds) * 1000;
	const key_for = key_keeper();
	const timer = setInterval(tick, 1000);

	function tick() {
		const left = Math.max(0, Math.round((end - Date.now()) / 1000));
		place.textContent = text("left", number(clock(left)));
		if (left) return;
		clearInterval(timer);
		window.location.reload();
	}

	tick();
	button.addEventListener("click", async () => {
		const { code } = root.dataset;
		notice.textContent = "";
		busy(button, true);
		try {
			// Each try is another payment: its key is its own.
			const idempotency_key = key_for([code, Date.now()]);
			const found = await tell("payments.api.pay", { code, idempotency_key });
			window.location.assign(found.address);
		} catch (error) {
			busy(button, false);
			notice.textContent = words_of(error);
		}
	});
}

export function start_tracking() {
	const root = document.getElementById("tracking");
	if (!root) return;
	start_paying(root);
	if (root.dataset.state === "asking") setTimeout(() => window.location.reload(), ASK_AGAIN);
	const move_part = document.getElementById("move-part");
	if (!move_part) return;
	const { code } = root.dataset;
	const cancel_part = document.getElementById("cancel-part");
	const buttons = document.getElementById("change-buttons");
	const notice = document.getElementById("notice");
	const confirm = document.getElementById("move-confirm");
	const key_for = key_keeper();
	const picker = make_picker(
		(from_date) => ask("tracking.api.free_times", { code, from_date }),
		choose
	);
	let chosen = null;

	function choose(time, element) {
		chosen = time;
		for (const one of document.querySelectorAll(".time")) {
			one.classList.toggle("chosen", one === element);
		}
		confirm.hidden = false;
		confirm.scrollIntoView({ block: "nearest" });
	}

	function open(part) {
		notice.textContent = "";
		buttons.hidden = true;
		part.hidden = false;
	}

	/** The page is written anew by the server, which knows what is possible now. */
	function again() {
		window.location.assign(`/booking/${code}?_lang=${document.documentElement.lang}`);
	}

	async function send(method, values, button) {
		notice.textContent = "";
		busy(button, true);
		try {
			await tell(method, { ...values, idempotency_key: key_for([method, values]) });
			again();
		} catch (error) {
			busy(button, false);
			notice.textContent = words_of(error);
			notice.scrollIntoView({ block: "center" });
			if (error instanceof Refused && error.status === 409 && method.endsWith("move")) {
				confirm.hidden = true;
				picker.reload();
			}
		}
	}

	document.getElementById("open-move").addEventListener("click", () => {
		open(move_part);
		picker.reload("");
	});
	document.getElementById("open-cancel").addEventListener("click", () => open(cancel_part));
	for (const link of document.querySelectorAll("[data-close]")) {
		link.addEventListener("click", () => {
			document.getElementById(link.dataset.close).hidden = true;
			buttons.hidden = false;
		});
	}
	document.getElementById("do-move").addEventListener("click", (event) => {
		if (!chosen) return;
		const values = { code, start: chosen.start, practitioner: chosen.practitioner };
		send("tracking.api.move", values, event.currentTarget);
	});
	document.getElementById("do-cancel").addEventListener("click", (event) => {
		const why = document.getElementById("f-why").value;
		send("tracking.api.cancel", { code, why }, event.currentTarget);
	});
}
