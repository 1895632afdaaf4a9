/* What is done from the form of a staff member: invite, PIN, leaving, coming back (E151, 2.1 "Staff"). */

import { command, call } from "../kit/call.js";
import { confirm, dialog } from "../kit/dialogs.js";
import { h } from "../kit/dom.js";
import { toast } from "../kit/toast.js";
import { control, field } from "../kit/ui.js";
import { handover } from "./handover.js";

const API = "clinic_core.people.staff.api";
const DESK = "clinic_core.people.desk.api";

/** The buttons of the form. */
export function staff_actions(frm) {
	const doc = frm.doc;
	if (doc.status === "Active" && doc.login_allowed)
		frm.add_custom_button(__("Invite by link"), () => invite(frm));
	if (doc.has_pin)
		frm.add_custom_button(__("Take the PIN away"), () => remove_pin(frm), __("Actions"));
	if (doc.practitioner)
		frm.add_custom_button(
			__("Reassign appointments"),
			() => handover({ practitioner: doc.practitioner, after: doc.left_on }),
			__("Actions")
		);
	if (doc.status === "Active")
		frm.add_custom_button(__("Leave of the centre"), () => leave(frm), __("Actions"));
	else frm.add_custom_button(__("Rejoin"), () => rejoin(frm));
	if (doc.user === frappe.session.user)
		frm.add_custom_button(__("Set my PIN"), () => my_pin(), __("Actions"));
}

function input(df, parent = h("div")) {
	const box = control({ parent, ...df });
	return { element: parent, get: () => box.get_value() };
}

function invite(frm) {
	const number = h("input", {
		class: "form-control",
		type: "text",
		inputmode: "numeric",
		value: "7",
		"aria-label": __("Valid for (days)"),
	});
	const place = h("div");
	dialog({
		title: __("Invite {0}", [frm.doc.full_name]),
		content: h(
			"div",
			{},
			h(
				"p",
				{},
				__(
					"The link works once. It lets this person set the password and PIN and gives exactly the roles of this form."
				)
			),
			field({ label: __("Valid for (days)"), control: number }),
			place
		),
		primary: {
			label: __("Make a link"),
			async action(button, error_area) {
				const made = await command(
					`${API}.invite`,
					{ staff_member: frm.doc.name, days: number.value },
					{ button, error_area }
				);
				place.replaceChildren(link_box(frm, made.link));
				frm.reload_doc();
				return false;
			},
		},
		secondary: {
			label: __("Withdraw open links"),
			async action(handle) {
				const { revoked } = await command(
					`${API}.revoke_invites`,
					{ staff_member: frm.doc.name },
					{ error_area: handle.error_area }
				);
				place.replaceChildren();
				toast(__("Links withdrawn: {0}", [revoked]));
			},
		},
	});
}

function link_box(frm, link) {
	const box = h("input", { class: "form-control", readonly: true, value: link, dir: "ltr" });
	const mail = h(
		"button",
		{
			class: "btn btn-default btn-sm",
			on_click: async (event) => {
				const made = await command(
					`${API}.invite`,
					{ staff_member: frm.doc.name, send_mail: 1 },
					{ button: event.currentTarget }
				);
				box.value = made.link;
				toast(__("Sent to {0}", [made.mailed_to]), { kind: "success" });
			},
		},
		__("Send by e-mail")
	);
	return h(
		"div",
		{ class: "clinic-field" },
		h("label", { class: "clinic-field__label" }, __("Link for {0}", [frm.doc.full_name])),
		box,
		h(
			"div",
			{ class: "clinic-chips" },
			h(
				"button",
				{
					class: "btn btn-default btn-sm",
					on_click: () => {
						box.select();
						frappe.utils.copy_to_clipboard(box.value);
					},
				},
				__("Copy")
			),
			frm.doc.email && mail
		)
	);
}

async function remove_pin(frm) {
	if (
		!(await confirm({
			title: __("Take the PIN away"),
			message: __("{0} has to set a new PIN with the password.", [frm.doc.full_name]),
		}))
	)
		return;
	await command(`${DESK}.remove_pin`, { staff_member: frm.doc.name });
	frm.reload_doc();
}

/** Set one's own PIN; asked from the menu too. */
export function my_pin() {
	const secret = (label, extra = {}) =>
		h("input", { class: "form-control", type: "password", "aria-label": label, ...extra });
	const password = secret(__("Password"), { autocomplete: "current-password" });
	const pin = secret(__("New PIN"), { inputmode: "numeric", maxlength: 8, autocomplete: "off" });
	dialog({
		title: __("Set my PIN"),
		content: h(
			"div",
			{},
			field({ label: __("Password"), control: password }),
			field({
				label: __("New PIN"),
				control: pin,
				hint: __("4 to 8 digits, not easy to guess"),
			})
		),
		primary: {
			label: __("Save"),
			async action(button, error_area) {
				await command(
					`${DESK}.set_my_pin`,
					{ pin: pin.value, password: password.value },
					{ button, error_area }
				);
				toast(__("Your PIN is set."), { kind: "success" });
			},
		},
	});
}

function leave(frm) {
	const on = input({
		fieldtype: "Date",
		fieldname: "on",
		value: frappe.datetime.get_today(),
		label: __("Not here any more from"),
		reqd: 1,
	});
	const reason = h("textarea", { class: "form-control", rows: 2, "aria-label": __("Reason") });
	const successor = h("select", { class: "form-control", "aria-label": __("Hand over to") });
	const facts = h("p", { class: "text-muted" });
	show_facts(frm, facts, successor);
	dialog({
		title: __("Leave of the centre: {0}", [frm.doc.full_name]),
		content: h(
			"div",
			{},
			facts,
			on.element,
			field({ label: __("Reason"), control: reason, required: true }),
			field({
				label: __("Hand over to"),
				control: successor,
				hint: __("Takes over open leads and tasks"),
			})
		),
		primary: {
			label: __("Leave of the centre"),
			async action(button, error_area) {
				const answer = await command(
					`${API}.leave`,
					{
						staff_member: frm.doc.name,
						on: on.get() || frappe.datetime.get_today(),
						reason: reason.value,
						hand_over_to: successor.value,
					},
					{ button, error_area }
				);
				frm.reload_doc();
				if (answer.appointments)
					handover({ practitioner: answer.practitioner, after: on.get() });
			},
		},
	});
}

async function show_facts(frm, place, successor) {
	const on = frappe.datetime.get_today();
	const found = await call(`${API}.leaving_preview`, { staff_member: frm.doc.name, on });
	place.textContent = found.practitioner
		? __("The login is closed. Schedules that end: {0}; appointments to reassign: {1}.", [
				found.schedules,
				found.appointments,
		  ])
		: __("The login is closed and its sessions end.");
	successor.append(h("option", { value: "" }, ""));
	for (const one of found.colleagues)
		successor.append(h("option", { value: one.name }, one.full_name));
}

async function rejoin(frm) {
	if (
		!(await confirm({
			title: __("Rejoin"),
			message: __("{0} works here again: the login opens and the schedules are as before.", [
				frm.doc.full_name,
			]),
		}))
	)
		return;
	await command(`${API}.rejoin`, { staff_member: frm.doc.name });
	frm.reload_doc();
}

/** Make this browser the shared desk. */
export async function register_desk(frm) {
	await command(`${DESK}.register_desk`, { shared_desk: frm.doc.name });
	toast(__("This browser is the desk “{0}” now.", [frm.doc.title]), { kind: "success" });
	frm.reload_doc();
}

/** No browser is this desk any more. */
export async function unregister_desk(frm) {
	await command(`${DESK}.unregister_desk`, { shared_desk: frm.doc.name });
	frm.reload_doc();
}
