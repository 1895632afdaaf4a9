// One patient at the till: what is owed, what is there, and the payment itself.
import { amount, button, fill, h, money, number_in_text } from "../shared/kit";
import { payment_methods, read, write } from "./api";
import { open_deposit_dialog, open_refund_dialog, undo_payment } from "./money_dialogs";
import { PaymentLines } from "./payment_lines";
import { show_receipt } from "./receipt";

/** What is chosen where a reception is chosen: a debt from before the go-live is of none. */
const OPENING = "opening";

/** The panel of `person` {patient, full_name, file_no}; also lives in a dialog of the statement. */
export class Payer {
	constructor({ on_paid }) {
		this.on_paid = on_paid;
		this.element = h("div", { class: "clinic-payer" });
		this.person = null;
		this.last = null;
		// Corrected in place, from here or from another dialog.
		document.addEventListener("clinic-person-corrected", ({ detail }) => this.rename(detail));
	}

	/** Take over a corrected name; what is typed stays. */
	rename({ name, full_name }) {
		if (this.person?.patient !== name) return;
		this.person = { ...this.person, full_name };
		this.element.querySelector(".clinic-payer__head")?.replaceWith(this.head());
	}

	/** Show a person; `reception` preselects one debt. */
	async open(person, reception = null) {
		this.person = person;
		this.reception = reception;
		this.last = null;
		this.marks = clinic.people.marks_strip(person.patient);
		fill(this.element, clinic.ui.skeleton(4));
		await this.load();
	}

	/** Ask again, keeping what is typed. Another cashier may have been faster. */
	async refresh() {
		if (!this.person || this.is_typing()) return;
		await this.load({ keep: true });
	}

	is_typing() {
		return Boolean(this.lines?.lines.length);
	}

	async load({ keep = false } = {}) {
		const asked = (this.asked = {});
		const { patient } = this.person;
		let answers;
		try {
			answers = await Promise.all([read("open_debts", { patient }), payment_methods()]);
		} catch (error) {
			if (asked === this.asked) this.show_error();
			return;
		}
		if (asked !== this.asked) return;
		// Somebody may have begun to type while the answer was on its way.
		if (keep && this.is_typing()) return;
		[this.debts, this.methods] = answers;
		this.render();
	}

	show_error() {
		fill(
			this.element,
			clinic.ui.empty({
				icon: "alert",
				title: __("The account could not be loaded"),
				action: { label: __("Try again"), on_click: () => this.load() },
			})
		);
	}

	/** Everything away again, as before the first patient. */
	close() {
		this.person = null;
		this.asked = null;
		this.lines = null;
		fill(this.element);
	}

	render() {
		const is_there =
			this.reception === OPENING ? this.debts.opening : this.debt_named(this.reception);
		if (!is_there) this.reception = null;
		this.lines = new PaymentLines({
			methods: this.methods,
			deposits: this.debts.deposits,
			credit: this.debts.credit,
			target: this.target(),
			on_change: (state) => this.show_state(state),
		});
		this.state = h("div", { class: "clinic-payer__state", "aria-live": "polite" });
		this.error_area = h("div", { class: "clinic-error", hidden: true });
		this.submit = button(__("Take payment"), () => this.pay(), { kind: "primary" });
		this.submit.title = __("Ctrl + Enter");
		this.show_state({ sum: 0, remaining: this.target(), over: 0 });
		fill(
			this.element,
			this.head(),
			this.marks,
			this.last && this.paid_note(),
			h(
				"div",
				{ class: "clinic-payer__columns" },
				h(
					"section",
					{ class: "clinic-payer__debts" },
					this.debt_list(),
					this.deposit_list()
				),
				this.payment_form()
			)
		);
	}

	head() {
		const { balance, credit, deposits } = this.debts;
		const deposited = deposits.reduce((sum, each) => sum + each.available, 0);
		return h(
			"header",
			{ class: "clinic-payer__head" },
			h(
				"div",
				{ class: "clinic-payer__who" },
				clinic.ui.patient_name(this.person),
				this.person.file_no &&
					h(
						"span",
						{ class: "text-muted" },
						__("File {0}", [number_in_text(this.person.file_no)])
					)
			),
			tile(__("Owes"), balance, balance > 0 ? "owes" : ""),
			tile(__("Deposits"), deposited),
			tile(__("Credit"), credit),
			button(__("Receive deposit"), () =>
				open_deposit_dialog({ ...this.person, on_done: (made) => this.paid(made) })
			)
		);
	}

	debt_list() {
		const { receptions, opening } = this.debts;
		const count = receptions.length + (opening ? 1 : 0);
		const title = h("h3", {}, __("Open debts"));
		if (!count) {
			return [
				title,
				h("p", { class: "text-muted" }, __("Nothing is owed. A payment becomes credit.")),
			];
		}
		return [
			title,
			h(
				"div",
				{ class: "clinic-debts", role: "radiogroup", "aria-label": __("What is paid") },
				count > 1 &&
					this.debt_choice(null, __("All debts, oldest first"), this.debt_total()),
				opening &&
					this.one_debt(OPENING, __("Debt from before the start"), opening, count === 1),
				receptions.map((row) => this.debt_row(row, count === 1))
			),
		];
	}

	debt_row(row, only) {
		const what = [
			h("span", {}, __("Reception {0}", [number_in_text(row.reception_no)])),
			h("span", { class: "text-muted" }, clinic.fmt.datetime(row.posted_at)),
			row.outstanding < row.total &&
				h("span", { class: "text-muted" }, __("of {0}", [money(row.total)])),
		];
		return this.one_debt(row.name, what, row.outstanding, only);
	}

	one_debt(name, what, owed, only) {
		if (!only) return this.debt_choice(name, what, owed);
		return h(
			"div",
			{ class: "clinic-debts__row is-chosen" },
			h("span", { class: "clinic-debts__what" }, what),
			amount(owed)
		);
	}

	debt_choice(name, what, owed) {
		const chosen = this.reception === name;
		return h(
			"label",
			{ class: `clinic-debts__row${chosen ? " is-chosen" : ""}` },
			h("input", {
				type: "radio",
				name: "clinic-debt",
				checked: chosen,
				on_change: () => this.choose(name),
			}),
			h("span", { class: "clinic-debts__what" }, what),
			amount(owed)
		);
	}

	choose(name) {
		this.reception = name;
		for (const row of this.element.querySelectorAll("label.clinic-debts__row")) {
			row.classList.toggle("is-chosen", row.querySelector("input").checked);
		}
		this.lines.set_target(this.target());
	}

	deposit_list() {
		const { deposits } = this.debts;
		if (!deposits.length) return null;
		return [
			h("h3", {}, __("Deposits")),
			deposits.map((deposit) =>
				h(
					"div",
					{ class: "clinic-debts__row" },
					h(
						"span",
						{ class: "clinic-debts__what" },
						deposit.service_name || __("For anything")
					),
					amount(deposit.available),
					button(__("Refund"), () => this.refund_deposit(deposit), {
						kind: "link",
						size: "xs",
					})
				)
			),
		];
	}

	refund_deposit(deposit) {
		open_refund_dialog({
			subject: { deposit: deposit.name },
			title: __("Refund a deposit"),
			most: deposit.available,
			on_done: () => this.done(),
		});
	}

	payment_form() {
		const form = h(
			"section",
			{ class: "clinic-payer__form", "aria-label": __("Payment") },
			h("h3", {}, __("Payment")),
			this.lines.element,
			this.state,
			this.error_area,
			h("div", { class: "clinic-payer__submit" }, this.submit)
		);
		form.addEventListener("keydown", (event) => {
			if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
			event.preventDefault();
			this.pay();
		});
		return form;
	}

	debt_total() {
		const { receptions, opening } = this.debts;
		return receptions.reduce((sum, row) => sum + row.outstanding, opening || 0);
	}

	debt_named(name) {
		return this.debts.receptions.find((row) => row.name === name);
	}

	target() {
		if (this.reception === OPENING) return this.debts.opening;
		const one = this.debt_named(this.reception);
		return one ? one.outstanding : this.debt_total();
	}

	show_state({ sum, remaining, over }) {
		if (!this.state) return;
		const parts = [[__("Paid now"), sum]];
		if (remaining) parts.push([__("Still open"), remaining, "is-open"]);
		if (over) parts.push([__("Stays as credit"), over, "is-over"]);
		fill(
			this.state,
			parts.map(([label, value, extra = ""]) =>
				h(
					"div",
					{ class: `clinic-payer__figure ${extra}` },
					h("span", {}, label),
					amount(value, { unit: true })
				)
			)
		);
		this.submit.disabled = !(sum > 0);
	}

	async pay() {
		if (this.submit.disabled) return;
		clinic.ui.clear_error(this.error_area);
		let made;
		try {
			const args = {
				patient: this.person.patient,
				lines: this.lines.read(),
				reception: this.reception === OPENING ? null : this.reception,
				only_opening: this.reception === OPENING ? 1 : 0,
			};
			made = await write("take_payment", args, {
				button: this.submit,
				error_area: this.error_area,
			});
		} catch (error) {
			if (error.name !== "ServerError") clinic.ui.show_error(error, this.error_area);
			return;
		}
		this.paid(made);
	}

	paid(made) {
		this.last = made;
		this.done();
	}

	done() {
		this.lines = null;
		this.load();
		this.on_paid?.();
	}

	paid_note() {
		const { payment, receipt_no, deposit } = this.last;
		const number = number_in_text(receipt_no);
		const said = deposit
			? __("Deposit received. Receipt {0}", [number])
			: __("Paid. Receipt {0}", [number]);
		return h(
			"div",
			{ class: "clinic-payer__paid", role: "status" },
			h("strong", {}, said),
			button(
				__("Print receipt"),
				(e) => show_receipt(payment, { button: e.currentTarget }),
				{ kind: "primary" }
			),
			button(__("Undo"), () =>
				undo_payment({ payment, receipt_no, on_done: () => this.undone() })
			)
		);
	}

	undone() {
		this.last = null;
		this.done();
	}
}

function tile(label, value, extra = "") {
	return h(
		"div",
		{ class: `clinic-payer__tile ${extra && `is-${extra}`}` },
		h("span", { class: "text-muted" }, label),
		amount(value, { unit: true })
	);
}
