// How the rows of each tab look: tables of few columns, readable at a glance.
import { amount, badge, h } from "../shared/kit";
import { appointment_actions } from "./appointment_actions";
import { money_actions } from "./money_actions";

const KINDS = {
	appointment: () => __("Appointment"),
	visit: () => __("Visit"),
	reception: () => __("Reception"),
	payment: () => __("Payment"),
	refund: () => __("Refund"),
	deposit: () => __("Deposit"),
	lead: () => __("Lead"),
	opportunity: () => __("Opportunity"),
	activity: () => __("Activity"),
	upcoming: () => __("Upcoming"),
	call: () => __("Call"),
	message: () => __("Message"),
};

const COLUMNS = {
	summary: [
		when_column((row) => row.when),
		{ label: () => __("What"), cell: (row) => kind_of(row.kind) },
		{ label: () => __("Title"), cell: (row) => title_of(row), grow: true },
		{
			label: () => __("Amount"),
			cell: (row) => (row.amount ? amount(row.amount) : ""),
			number: true,
		},
		status_column(),
	],
	receptions: [
		when_column((row) => row.posted_at),
		{
			label: () => __("No."),
			cell: (row) => number_link(row.reception_no, "Clinic Reception", row.name),
		},
		{ label: () => __("Services"), cell: (row) => services_of(row), grow: true },
		{ label: () => __("Total"), cell: (row) => amount(row.total), number: true },
		{
			label: () => __("Insurers pay"),
			cell: (row) => (row.insurer_share ? amount(row.insurer_share) : ""),
			number: true,
		},
		{
			label: () => __("Patient pays"),
			cell: (row) => amount(row.patient_share),
			number: true,
		},
		{
			label: () => __("Outstanding"),
			cell: (row) => (row.outstanding > 0 ? owing(row.outstanding) : amount(0)),
			number: true,
		},
		status_column(),
		{ label: () => __("Visit"), cell: (row) => badge(row.visit_status) },
		{ label: () => "", cell: (row, context) => money_actions.reception(row, context) },
	],
	appointments: [
		when_column((row) => row.start),
		{ label: () => __("Service"), cell: (row) => row.service_name, grow: true },
		{ label: () => __("Practitioner"), cell: (row) => row.practitioner_name },
		{ label: () => __("Branch"), cell: (row) => branch_of(row) },
		status_column(),
		{ label: () => "", cell: (row, context) => appointment_actions(row, context) },
	],
	transactions: [
		when_column((row) => row.posted_at),
		{ label: () => __("What"), cell: (row) => kind_of(row.kind) },
		{
			label: () => __("Receipt"),
			cell: (row) => number_link(row.receipt_no, row.voucher_type, row.voucher_no),
		},
		{ label: () => __("Description"), cell: (row) => described(row), grow: true },
		{
			label: () => __("Debit", null, "Ledger"),
			cell: (row) => (row.debit ? amount(row.debit) : ""),
			number: true,
		},
		{
			label: () => __("Credit", null, "Ledger"),
			cell: (row) => (row.credit ? amount(row.credit) : ""),
			number: true,
		},
		{ label: () => __("Balance"), cell: (row) => amount(row.balance), number: true },
		{ label: () => "", cell: (row, context) => money_actions.transaction(row, context) },
	],
	deposits: [
		when_column((row) => row.received_at),
		{
			label: () => __("Receipt"),
			cell: (row) => number_link(row.receipt_no, "Clinic Deposit", row.name),
		},
		{
			label: () => __("For"),
			cell: (row) => row.service_name || __("For anything"),
			grow: true,
		},
		{ label: () => __("Amount"), cell: (row) => amount(row.amount), number: true },
		{ label: () => __("Left"), cell: (row) => amount(row.available), number: true },
		status_column(),
		{ label: () => "", cell: (row, context) => money_actions.deposit(row, context) },
	],
	crm: [
		when_column((row) => row.when),
		{ label: () => __("What"), cell: (row) => kind_of(row.kind) },
		{ label: () => __("Title"), cell: (row) => title_of(row), grow: true },
		{ label: () => __("Assigned to"), cell: (row) => row.assigned_name },
		status_column(),
	],
	club: [
		when_column((row) => row.when),
		{ label: () => __("Title"), cell: (row) => row.title, grow: true },
		{ label: () => __("Points"), cell: (row) => clinic.fmt.number(row.points), number: true },
	],
};

const EMPTY = {
	summary: () => __("Nothing has happened yet."),
	receptions: () => __("No reception yet."),
	appointments: () => __("No appointment yet."),
	transactions: () => __("No money has moved yet."),
	deposits: () => __("No deposit yet."),
	crm: () => __("No lead, activity or call yet."),
	club: () => __("The points system is off. Nothing is collected."),
};

/** The rows of a tab as a table, or what to do when there are none. A new tab shows as a summary. */
export function render_rows(tab, rows, context) {
	if (!rows.length) {
		const title = (EMPTY[tab] || EMPTY.summary)();
		return clinic.ui.empty({ icon: "clock", title });
	}
	const columns = COLUMNS[tab] || COLUMNS.summary;
	const class_of = ({ number, grow }) => (number ? "is-number" : grow ? "is-wide" : null);
	return h(
		"table",
		{ class: "clinic-statement__table" },
		h(
			"thead",
			{},
			h(
				"tr",
				{},
				columns.map((column) =>
					h("th", { scope: "col", class: class_of(column) }, column.label())
				)
			)
		),
		h(
			"tbody",
			{},
			rows.map((row) =>
				h(
					"tr",
					{ class: row.status === "Cancelled" || row.is_undone ? "is-cancelled" : null },
					columns.map((column) =>
						h("td", { class: class_of(column) }, column.cell(row, context))
					)
				)
			)
		)
	);
}

function when_column(value) {
	return { label: () => __("When"), cell: (row) => shown_time(value(row)) };
}

// What is planned for a day has no time of day.
function shown_time(when) {
	const has_time = /[T ](?!00:00(:00)?$)/.test(when || "");
	return has_time ? clinic.fmt.datetime(when) : clinic.fmt.date(when, { short: true });
}

function branch_of({ branch }) {
	return (clinic.boot().branches || {})[branch] || branch;
}

function status_column() {
	return { label: () => __("Status"), cell: (row) => row.status && badge(row.status) };
}

function kind_of(kind) {
	return KINDS[kind] ? KINDS[kind]() : __(kind || "");
}

function services_of({ services }) {
	return services.map(({ service_name, quantity, action }) =>
		h(
			"div",
			{},
			quantity > 1 ? `${service_name} × ${clinic.fmt.number(quantity)}` : service_name,
			action !== "Perform Now" && [" ", clinic.ui.tag({ text: __(action) })]
		)
	);
}

// The patient's balance knows his part only: who pays the rest is said beside it.
function described({ description, insurer_share }) {
	if (!insurer_share) return description;
	const part = clinic.fmt.money(insurer_share, { unit: true });
	return [description, " ", clinic.ui.tag({ text: __("Insurers: {0}", [part]), tone: "info" })];
}

function owing(value) {
	const text = amount(value);
	text.classList.add("is-owing");
	return text;
}

// A document opens in a tab of its own: the statement is never left (B30).
function link(text, doctype, name) {
	if (!doctype || !name || !frappe.model.can_read(doctype)) return text;
	const href = frappe.utils.get_form_link(doctype, name);
	return h("a", { href, target: "_blank", rel: "noopener" }, text || name);
}

// A receipt number in a Persian line still reads from left to right.
function title_of({ title, doctype, name }) {
	return h("bdi", {}, link(clinic.fmt.digits(title || ""), doctype, name));
}

function number_link(number, doctype, name) {
	const text = clinic.fmt.digits(number || "");
	return h("bdi", { class: "clinic-statement__no", dir: "ltr" }, link(text, doctype, name));
}
