/* One person on the board. */

import { actions_of } from "./actions.js";

const { h, icon, badge, tag } = clinic.ui;

const LATE_MINUTES = 10;
const LONG_WAIT_MINUTES = 30;

/** card(desk, column, row) → element. */
export function card(desk, column, row) {
	const { visible, hidden } = actions_of(desk, column, row);
	const person = { patient: row.patient, full_name: row.full_name };
	const more = h(
		"button",
		{
			class: "clinic-card__more clinic-btn-quiet",
			"aria-label": __("More actions for {0}", [row.full_name]),
			"aria-haspopup": "menu",
			on_click: () => clinic.people.open_menu(more, person, with_line(hidden(more))),
		},
		icon("more", 18)
	);
	const classes = ["clinic-card", `clinic-card--${column}`];
	if (["Cancelled", "Completed", "Admitted", "Closed"].includes(row.status))
		classes.push("clinic-card--past");
	return h(
		"article",
		{ class: classes.join(" "), tabIndex: 0, data: { key: row.visit || row.appointment } },
		h(
			"div",
			{ class: "clinic-card__top" },
			when(desk, column, row),
			clinic.ui.patient_name(row),
			more
		),
		identity(row),
		what(row),
		marks(column, row),
		visible.length > 0 &&
			h("div", { class: "clinic-card__actions" }, visible.map(action_button))
	);
}

const with_line = (items) => (items.length ? [...items, { divider: true }] : items);

function action_button(action) {
	const made = clinic.ui.button({
		label: action.label,
		kind: action.kind === "primary" ? "soft" : "default",
		class: "btn-xs",
		on_click: () => action.on_click(made),
	});
	return made;
}

function when(desk, column, row) {
	if (column === "appointments") {
		const late = is_late(desk, row);
		return h(
			"time",
			{
				class: `clinic-card__time${late ? " clinic-card__time--late" : ""}`,
				title: late
					? __("Should be here already")
					: `${clinic.fmt.time(row.start)} – ${clinic.fmt.time(row.end)}`,
			},
			clinic.fmt.time(row.start)
		);
	}
	return h(
		"time",
		{
			class: "clinic-card__time",
			title: __("Arrived at {0}", [clinic.fmt.datetime(row.arrived_at)]),
		},
		clinic.fmt.time(row.arrived_at)
	);
}

function is_late(desk, row) {
	const expected = row.status === "Booked" || row.status === "Confirmed";
	return expected && clinic.fmt.minutes_between(row.start) >= LATE_MINUTES;
}

function identity(row) {
	const tail = (row.mobile || "").replace(/\D/g, "").slice(-4);
	return h(
		"div",
		{ class: "clinic-card__who" },
		row.file_no && h("span", {}, __("File {0}", [clinic.fmt.code(row.file_no)])),
		tail &&
			h(
				"bdi",
				{ dir: "ltr", title: clinic.fmt.phone(row.mobile) },
				`…${clinic.fmt.digits(tail)}`
			)
	);
}

function what(row) {
	const services = row.service_name || clinic.fmt.list(row.services);
	const where = row.practitioner_name || row.department_title;
	if (!services && !where) return null;
	return h(
		"div",
		{ class: "clinic-card__what" },
		services && h("span", { class: "clinic-card__service" }, services),
		where && h("span", { class: "clinic-card__practitioner" }, icon("user", 12), where)
	);
}

function marks(column, row) {
	const shown = [
		// What could harm somebody comes before everything else (F41).
		...clinic.people.alert_chips(row.alerts),
		row.queue_no > 0 && number_tag(row),
		row.group_size > 1 && group_tag(row),
		column !== "appointments" &&
			row.visit_type &&
			tag({ text: __(row.visit_type), tone: "neutral" }),
		row.is_returning === false &&
			tag({
				text: __("New", null, "Patient"),
				tone: "accent",
				title: __("Never here before"),
			}),
		show_status(column, row) && badge(row.status),
		column === "reception" && waiting(row),
		...(row.warnings || []).map((warning) => warning_tag(warning, row)),
		row.outstanding > 0 &&
			tag({
				text: __("Unpaid {0}", [clinic.fmt.money(row.outstanding, { unit: true })]),
				tone: "warning",
				icon: "wallet",
			}),
		row.note && tag({ text: row.note, tone: "muted", title: __("Note") }),
		...clinic.people.tag_chips(row.tags),
	].filter(Boolean);
	return shown.length ? h("div", { class: "clinic-card__marks" }, shown) : null;
}

function number_tag({ queue_no, called_at }) {
	const number = clinic.fmt.number(queue_no);
	return tag({
		text: called_at ? __("No. {0}, called", [number]) : __("No. {0}", [number]),
		tone: called_at ? "success" : "accent",
		title: called_at
			? __("Called at {0}", [clinic.fmt.time(called_at)])
			: __("Number in the queue"),
	});
}

function group_tag({ group_taken, group_size }) {
	const { number } = clinic.fmt;
	return tag({
		text: __("{0} of {1}", [number(group_taken), number(group_size)]),
		tone: "neutral",
		icon: "user",
		title: __("So many are in the group"),
	});
}

const show_status = (column, row) => !(column === "reception" && row.status === "Waiting");

function waiting(row) {
	const minutes = clinic.fmt.minutes_between(row.arrived_at) || 0;
	const tone = minutes >= LONG_WAIT_MINUTES ? "danger" : "info";
	const made = tag({ text: "", tone, icon: "clock", title: __("Waiting for") });
	made.append(h("span", { data: { since: row.arrived_at } }, clinic.fmt.duration(minutes)));
	return made;
}

/** A warning of the server, {code, severity, params}, as a tag. */
export function warning_tag(warning, person) {
	const tones = { danger: "warning", warning: "warning", info: "info" };
	const icons = { unpaid_debt: "wallet", open_deposit: "wallet", missing_consent: "edit" };
	const made = tag({
		text: warning_text(warning),
		tone: tones[warning.severity] || "neutral",
		icon: icons[warning.code] || "alert",
	});
	if (warning.code !== "missing_consent" || !person) return made;
	return h(
		"button",
		{
			class: "clinic-tag-button",
			title: __("Sign now"),
			on_click: (event) => {
				event.stopPropagation();
				sign(warning.params, person, event.currentTarget);
			},
		},
		made
	);
}

/** Let the patient sign what a booked service asks for (F40); the warning goes when it was given. */
function sign({ policy, title, version_no }, person, element) {
	clinic.privacy.consent_dialog({
		person: { doctype: "Clinic Patient", name: person.patient },
		full_name: person.full_name || person.patient_name,
		policies: [{ name: policy, title, version_no }],
		on_done: () => element.remove(),
	});
}

/** The words of a warning's code; without amounts for who may see none. */
export function warning_text({ code, params = {}, text }) {
	const amount = params.amount && clinic.fmt.money(params.amount, { unit: true });
	const known = {
		unpaid_debt: () => (amount ? __("Owes {0}", [amount]) : __("Has a debt")),
		open_deposit: () => (amount ? __("Deposit {0}", [amount]) : __("Has a deposit")),
		birthday: () => __("Birthday today"),
	};
	if (text) return text;
	return (known[code] || (() => __(frappe.unscrub(code || ""))))();
}
