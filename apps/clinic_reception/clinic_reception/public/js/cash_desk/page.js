// Cash Desk: a cashier opens a shift, takes payments and deposits, closes the shift with a count.
import { fill, h } from "../shared/kit";
import { read } from "./api";
import { Aside } from "./aside";
import { Payer } from "./payer";
import { open_close_dialog, open_form, shift_bar } from "./shift";

const WATCHED = [
	"Clinic Payment",
	"Clinic Reception",
	"Clinic Deposit",
	"Clinic Cash Shift",
	"Clinic Patient",
];

/** The page; shows the form that opens a shift until there is one. */
export class CashDesk {
	constructor(page) {
		this.page = page;
		this.shift = null;
		this.bar = h("div");
		this.payer = new Payer({ on_paid: () => this.money_moved() });
		this.aside = new Aside({
			on_pick: (person) => this.open(person),
			on_money: () => this.money_moved(),
		});
		this.main = h("main", { class: "clinic-till__main" }, this.payer.element);
		this.root = h("div", { class: "clinic-till" });
		page.main.append(this.root);
		page.set_secondary_action(__("Refresh"), () => this.refresh(), "refresh");
		clinic.ui.keys(this.root, [
			{ key: "/", label: __("Find a patient"), action: () => this.aside.search.focus() },
			{ key: "r", label: __("Refresh"), action: () => this.refresh() },
		]);
	}

	/** Called each time the page comes to the front; the patient may come with the route. */
	async show() {
		this.stop_watching ||= clinic.live.watch(WATCHED, () => this.refresh());
		const { patient, reception } = frappe.route_options || {};
		frappe.route_options = null;
		if (!this.shift) fill(this.root, clinic.ui.skeleton(4));
		await this.refresh();
		if (patient && this.shift) await this.open_by_name(patient, reception);
	}

	/** Called when another page comes to the front. */
	hide() {
		this.stop_watching?.();
		this.stop_watching = null;
	}

	async refresh() {
		let answer;
		try {
			answer = await read("current_shift");
		} catch (error) {
			if (!this.shift) this.show_error();
			return;
		}
		if (!answer.shift) return this.show_open_form(answer.desks || []);
		const first = !this.shift;
		this.shift = answer;
		fill(this.bar, shift_bar(answer, { on_close: () => this.close_shift() }));
		if (first) this.show_till();
		this.aside.refresh();
		this.payer.refresh();
	}

	show_error() {
		fill(
			this.root,
			clinic.ui.empty({
				icon: "alert",
				title: __("The cash desk could not be loaded"),
				action: { label: __("Try again"), on_click: () => this.refresh() },
			})
		);
	}

	show_open_form(desks) {
		// The form stays while somebody types in it.
		if (!this.shift && this.root.querySelector(".clinic-shift-open")) return;
		this.shift = null;
		this.payer.close();
		fill(this.root, open_form({ desks, on_open: () => this.refresh() }));
	}

	show_till() {
		this.show_nobody();
		fill(
			this.root,
			this.bar,
			h("div", { class: "clinic-till__columns" }, this.aside.element, this.main)
		);
		this.aside.search.focus();
	}

	show_nobody() {
		fill(
			this.payer.element,
			clinic.ui.empty({
				icon: "wallet",
				title: __("Who pays?"),
				hint: __("Choose somebody from the list, or search by number, name or file."),
			})
		);
	}

	open(person, reception) {
		return this.payer.open(person, reception);
	}

	async open_by_name(patient, reception) {
		const card = await clinic
			.call("clinic_core.people.api.patient_card", { patient })
			.catch(() => null);
		if (card) await this.open({ ...card, patient }, reception);
	}

	money_moved() {
		this.refresh();
	}

	close_shift() {
		open_close_dialog({
			shift: this.shift,
			on_closed: () => {
				clinic.ui.toast(__("The shift is closed."));
				this.shift = null;
				this.refresh();
			},
		});
	}
}
