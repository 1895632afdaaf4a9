// The lines of a payment: method, amount, reference; one click puts the rest on a method.
import { button, fill, h, icon, money } from "../shared/kit";
import { left_of, next_amount, problems, settle } from "./lines_math";

const NOT_MONEY = new Set(["Deposit", "Credit", "Gift Card", "Insurer"]);

/**
 * Editor of lines. `methods`: rows of Clinic Payment Method; `target`: amount to reach (null: no
 * target); `deposits`: [{name, available, service_name, receipt_no}], `credit`: what is there.
 */
export class PaymentLines {
	constructor({
		methods,
		target = null,
		deposits = [],
		credit = 0,
		on_change,
		money_only = false,
	}) {
		this.methods = methods.filter(({ kind }) => !NOT_MONEY.has(kind));
		this.all_methods = methods;
		this.money_only = money_only;
		this.sources = { deposits, credit };
		this.target = target;
		this.on_change = on_change;
		this.lines = [];
		this.quick = h("div", { class: "clinic-pay__quick" });
		this.rows = h("div", { class: "clinic-pay__lines" });
		this.element = h("div", { class: "clinic-pay" }, this.quick, this.rows);
		this.render();
	}

	set_target(target) {
		this.target = target;
		this.told();
	}

	/** Forget all lines. */
	clear() {
		this.lines = [];
		this.render();
	}

	add(method, { amount, deposit = null, limit = Infinity } = {}) {
		const line = {
			method: method.name,
			kind: method.kind,
			amount: amount ?? next_amount(this.lines, this.target, limit),
			reference: "",
			deposit,
		};
		this.lines.push(line);
		this.render();
		line.box.focus();
	}

	render() {
		fill(
			this.rows,
			this.lines.length ? this.lines.map((line) => this.line_row(line)) : this.hint()
		);
		this.told();
	}

	hint() {
		return h("p", { class: "clinic-pay__hint" }, __("Choose how it is paid."));
	}

	told() {
		this.render_quick();
		this.on_change?.(settle(this.lines, this.target));
	}

	render_quick() {
		const of_methods = this.methods.map((method) =>
			button(this.quick_label(__(method.title)), () => this.add(method))
		);
		// Deposits and credit pay debts; they cannot become credit again.
		const open = !this.money_only && settle(this.lines, this.target).remaining > 0;
		fill(this.quick, of_methods, open && this.source_buttons());
	}

	quick_label(title) {
		if (!settle(this.lines, this.target).remaining) return title;
		return this.lines.length ? __("Rest by {0}", [title]) : __("All in {0}", [title]);
	}

	source_buttons() {
		const buttons = [];
		const by_deposit = this.method_of("Deposit");
		for (const deposit of by_deposit ? this.sources.deposits : []) {
			const source = {
				kind: "Deposit",
				deposit: deposit.name,
				available: deposit.available,
			};
			const left = left_of(source, this.lines);
			if (!left) continue;
			const label = deposit.service_name
				? __("From deposit for {0} ({1})", [deposit.service_name, money(left)])
				: __("From deposit ({0})", [money(left)]);
			buttons.push(
				button(label, () => this.add(by_deposit, { deposit: deposit.name, limit: left }))
			);
		}
		const by_credit = this.method_of("Credit");
		const credit = left_of({ kind: "Credit", available: this.sources.credit }, this.lines);
		if (by_credit && credit) {
			const label = __("From credit ({0})", [money(credit)]);
			buttons.push(button(label, () => this.add(by_credit, { limit: credit })));
		}
		return buttons;
	}

	method_of(kind) {
		return this.all_methods.find((method) => method.kind === kind);
	}

	line_row(line) {
		const method = this.all_methods.find(({ name }) => name === line.method);
		line.box = clinic.ui.money_input({
			value: line.amount,
			label: __("Amount: {0}", [__(method.title)]),
			on_change: (value) => {
				line.amount = value;
				this.told();
			},
		});
		line.element = h(
			"div",
			{ class: "clinic-pay__line", data: { kind: line.kind } },
			this.method_cell(line, method),
			line.box.element,
			this.reference_cell(line, method),
			button(icon("close"), () => this.remove(line), {
				kind: "link",
				class: "btn btn-sm clinic-pay__remove",
				title: __("Remove this line"),
				"aria-label": __("Remove this line"),
			})
		);
		return line.element;
	}

	method_cell(line, method) {
		if (NOT_MONEY.has(line.kind))
			return h("span", { class: "clinic-pay__method" }, __(method.title));
		return h(
			"select",
			{
				class: "form-control input-sm",
				"aria-label": __("Payment method"),
				on_change: (e) => this.change_method(line, e.target.value),
			},
			this.methods.map(({ name, title }) =>
				h("option", { value: name, selected: name === line.method }, __(title))
			)
		);
	}

	change_method(line, name) {
		const method = this.methods.find((each) => each.name === name);
		Object.assign(line, { method: name, kind: method.kind });
		this.render();
	}

	reference_cell(line, method) {
		if (line.kind === "Deposit") {
			const deposit = this.sources.deposits.find(({ name }) => name === line.deposit);
			return h("span", { class: "clinic-pay__source" }, deposit?.service_name || "");
		}
		if (line.kind === "Credit" || line.kind === "Cash") return h("span");
		const label = method.requires_reference ? __("Reference (needed)") : __("Reference");
		return h("input", {
			class: "form-control input-sm",
			value: line.reference,
			dir: "ltr",
			placeholder: label,
			"aria-label": label,
			on_input: (e) => (line.reference = clinic.digits.to_latin(e.target.value).trim()),
		});
	}

	remove(line) {
		this.lines = this.lines.filter((each) => each !== line);
		this.render();
	}

	/** Lines as the server takes them. Throws an Error with a message for the person. */
	read() {
		if (!this.lines.length) throw new Error(__("Choose how it is paid."));
		for (const line of this.lines) line.amount = line.box.get();
		const [first] = problems(this.lines, this.all_methods);
		if (first) {
			const boxes = [...first.line.element.querySelectorAll("input")];
			boxes.at(first.code === "amount" ? 0 : -1)?.focus();
			throw new Error(complaint(first.code));
		}
		return this.lines.map(({ method, amount, reference, deposit }) => ({
			method,
			amount,
			reference: reference || null,
			...(deposit ? { deposit } : {}),
		}));
	}
}

function complaint(code) {
	return {
		amount: __("Every line needs an amount above zero. Remove lines you do not need."),
		reference: __("This method needs a reference, such as the number on the slip."),
		deposit: __("Choose the deposit this line is taken from."),
	}[code];
}
