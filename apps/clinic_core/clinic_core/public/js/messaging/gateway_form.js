/* An account with a company that sends messages: is it well, and going on after a pause (N9). */

import { command } from "../kit/call.js";
import { money } from "../kit/fmt.js";
import { toast } from "../kit/toast.js";

const API = "clinic_core.messaging.api";

/** Called by the form's `refresh`. */
export function refresh_gateway(frm) {
	frm.set_intro("");
	if (frm.is_new()) return;
	if (frm.doc.is_paused) {
		const why = [frm.doc.pause_code, frm.doc.pause_text].filter(Boolean).join(" ");
		frm.set_intro(
			frappe.utils.escape_html(
				`${__("Paused: no message goes out until the cause is gone.")} ${why}`
			),
			"red"
		);
	}
	if (!frm.perm[0]?.write || frm.doc.kind === "Console" || !frm.doc.is_active) return;
	if (frm.doc.is_paused) {
		frm.add_custom_button(__("Go on"), () => resume(frm)).addClass("btn-primary");
	}
	frm.add_custom_button(__("Try the account"), () => check(frm));
	frm.add_custom_button(__("Log of calls"), () =>
		frappe.set_route("List", "Clinic SMS Gateway Call", { gateway: frm.doc.name })
	);
}

async function check(frm) {
	const { credit } = await command(`${API}.check_gateway`, { gateway: frm.doc.name });
	toast(__("The account answers. Credit: {0}", [money(credit, { unit: true })]), {
		kind: "success",
	});
	frm.reload_doc();
}

async function resume(frm) {
	await command(`${API}.resume_gateway`, { gateway: frm.doc.name });
	toast(__("Messages go out again."), { kind: "success" });
	frm.reload_doc();
}
