// Beside the till: who still has to pay, and what was taken today.
import { amount, badge, button, fill, h, icon, number_in_text } from "../shared/kit";
import { read } from "./api";
import { open_refund_dialog, undo_payment } from "./money_dialogs";
import { show_receipt } from "./receipt";

const MOST_DEBTORS = 100;

/** Search, the list of debtors and today's payments. `on_pick` gets {patient, full_name, file_no}. */
export class Aside {
	constructor({ on_pick, on_money }) {
		this.on_pick = on_pick;
		this.on_money = on_money;
		this.tab = "debts";
		this.search_area = h("div", { class: "clinic-till__search" });
		this.search = clinic.people.search_box(this.search_area, {
			on_select: (row) => {
				this.search.clear();
				on_pick({ patient: row.name, full_name: row.full_name, file_no: row.file_no });
			},
		});
		this.tabs = clinic.ui.segmented({
			label: __("List"),
			value: this.tab,
			options: [
				{ value: "debts", label: __("To pay") },
				{ value: "payments", label: __("Payments today") },
			],
			on_change: (tab) => {
				this.tab = tab;
				this.refresh();
			},
		});
		this.list = h("div", { class: "clinic-till__list" });
		this.element = h(
			"aside",
			{ class: "clinic-till__aside" },
			this.search_area,
			this.tabs,
			this.list
		);
	}

	async refresh() {
		const asked = (this.asked = {});
		const loads = {
			debts: load_debtors,
			payments: () => read("payments_today", {}, { quiet: true }),
		};
		if (this.shown !== this.tab) fill(this.list, clinic.ui.skeleton(4));
		let rows;
		try {
			rows = await loads[this.tab]();
		} catch (error) {
			if (asked === this.asked) this.show_error(error);
			return;
		}
		if (asked !== this.asked) return;
		this.shown = this.tab;
		this.show(this.tab === "debts" ? this.debtors(rows) : this.payments(rows));
	}

	show_error(error) {
		this.shown = null;
		fill(
			this.list,
			clinic.ui.empty({
				icon: "alert",
				title: __("The list could not be loaded"),
				hint: error.message,
				action: { label: __("Try again"), on_click: () => this.refresh() },
			})
		);
	}

	show(content) {
		const top = this.list.scrollTop;
		fill(this.list, content);
		this.list.scrollTop = top;
	}

	debtors(people) {
		if (!people.length) {
			return clinic.ui.empty({ icon: "check", title: __("Nobody owes anything") });
		}
		return people.map((person) =>
			h(
				"button",
				{ class: "clinic-till__row", on_click: () => this.on_pick(person) },
				h(
					"span",
					{ class: "clinic-till__who" },
					h("strong", {}, person.full_name),
					h("span", { class: "text-muted" }, clinic.fmt.ago(person.latest))
				),
				amount(person.outstanding)
			)
		);
	}

	payments(rows) {
		if (!rows.length) {
			return clinic.ui.empty({ icon: "wallet", title: __("Nothing was taken today yet") });
		}
		return rows.map((row) => this.payment_row(row));
	}

	payment_row(row) {
		const undone = row.status === "Cancelled";
		const more = button(icon("more"), (e) => this.payment_menu(e.currentTarget, row), {
			kind: "link",
			title: __("More"),
			"aria-label": __("More for receipt {0}", [number_in_text(row.receipt_no)]),
		});
		return h(
			"div",
			{ class: `clinic-till__row${undone ? " is-undone" : ""}` },
			h(
				"span",
				{ class: "clinic-till__who" },
				clinic.ui.patient_name({ ...row, full_name: row.patient_name }),
				h("span", { class: "text-muted" }, what_of(row))
			),
			h(
				"span",
				{ class: "clinic-till__end" },
				amount(row.direction === "Refund" ? -row.total : row.total),
				undone && badge("Cancelled"),
				!undone && row.direction === "Refund" && badge("Refunded", { label: __("Refund") })
			),
			more
		);
	}

	payment_menu(anchor, row) {
		const payment = row.name;
		const done = () => this.on_money();
		const items = [
			{
				label: __("Show receipt"),
				icon: "search",
				on_click: () => show_receipt(payment, { print: false }),
			},
			{ label: __("Print receipt"), icon: "print", on_click: () => show_receipt(payment) },
		];
		if (row.status !== "Cancelled" && row.direction !== "Refund") {
			const subject = { payment };
			items.push({
				label: __("Refund"),
				icon: "wallet",
				on_click: () => open_refund_dialog({ subject, most: row.total, on_done: done }),
			});
		}
		if (row.can_undo) {
			items.push({
				label: __("Undo payment"),
				icon: "undo",
				danger: true,
				on_click: () =>
					undo_payment({ payment, receipt_no: row.receipt_no, on_done: done }),
			});
		}
		clinic.ui.menu(anchor, items, { title: number_in_text(row.receipt_no) });
	}
}

function what_of({ posted_at, purpose, methods }) {
	const parts = [clinic.fmt.time(posted_at), purpose === "Deposit" && __("Deposit")];
	parts.push(clinic.fmt.list(methods.map(({ title }) => title)));
	return parts.filter(Boolean).join(" · ");
}

// Open receptions, newest first, one entry per patient.
async function load_debtors() {
	const rows = await clinic.call(
		"frappe.client.get_list",
		{
			doctype: "Clinic Reception",
			fields: ["patient", "patient_name", "outstanding", "posted_at"],
			filters: { status: "Submitted", outstanding: [">", 0] },
			order_by: "posted_at desc",
			limit_page_length: MOST_DEBTORS,
		},
		{ quiet: true }
	);
	const people = new Map();
	for (const row of rows) {
		const known = people.get(row.patient);
		if (known) known.outstanding += row.outstanding;
		else
			people.set(row.patient, {
				...row,
				full_name: row.patient_name,
				latest: row.posted_at,
			});
	}
	return [...people.values()];
}
