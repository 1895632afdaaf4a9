/* A message: why it is where it is, and what can be done about it (N9). */

import { command } from "../kit/call.js";
import { toast } from "../kit/toast.js";

const API = "clinic_core.messaging.api";
const COLOURS = {
	Queued: "blue",
	Sending: "yellow",
	Sent: "cyan",
	Delivered: "green",
	Failed: "red",
	Unknown: "orange",
	"Not Sent": "gray",
};

/** The indicator of a message in lists and forms. */
export function message_indicator(doc) {
	const is_log = doc.error_code === "console" && doc.status === "Sent";
	const text = is_log ? __("In the log only") : __(doc.status, null, "Clinic Message");
	return [text, is_log ? "gray" : COLOURS[doc.status] || "gray", `status,=,${doc.status}`];
}

/** Called by the form's `refresh`. */
export function refresh_message(frm) {
	frm.disable_save();
	const [text, colour] = message_indicator(frm.doc);
	frm.page.set_indicator(text, colour);
	if (!frm.perm[0]?.write) return;
	const { status, purpose, name } = frm.doc;
	if (status === "Failed" && purpose !== "Code") {
		frm.add_custom_button(__("Send again"), () =>
			act(frm, "send_again", name, () => __("It is queued again."))
		).addClass("btn-primary");
	}
	// What became of an email is in the queue of the framework; the worker reads it there.
	if (frm.doc.channel === "Email") return;
	if (status === "Unknown" || (status === "Sent" && frm.doc.error_code !== "console")) {
		frm.add_custom_button(__("Ask the gateway"), () =>
			act(frm, "ask_gateway", name, (answer) =>
				__("The gateway says: {0}", [__(answer.status, null, "Clinic Message")])
			)
		);
	}
}

async function act(frm, method, message, say) {
	const answer = await command(`${API}.${method}`, { message });
	toast(say(answer), { kind: "success" });
	frm.reload_doc();
}
