/* Choose many services at once for a contract: search, department, select all; how they are priced. */

import { fill, h } from "../../kit/dom.js";
import { dialog } from "../../kit/dialogs.js";
import { money, number } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";
import { empty, field, skeleton } from "../../kit/ui.js";
import { call } from "../../kit/call.js";
import { money_input, number_input } from "../../controls/inputs.js";
import { department_picker } from "../pickers.js";

const LIST_SERVICES = "clinic_core.service_catalog.api.list_services";
const MOST = 500;
const PAUSE_MS = 200;

/** Open the dialog; chosen services become rows of the contract on the form. */
export function add_services(frm) {
	new AddServices(frm).open();
}

class AddServices {
	constructor(frm) {
		this.frm = frm;
		this.rows = [];
		this.chosen = new Map();
		this.serial = 0;
		this.known = new Set(
			(frm.doc.items || [])
				.filter((row) => row.applies_to === "Service" && !row.area)
				.map((row) => row.service)
		);
	}

	open() {
		this.list = h("div", { class: "clinic-pick-list" }, skeleton(6));
		this.all = h("input", { type: "checkbox", on_change: () => this.choose_all() });
		this.count = h("span", { class: "clinic-pick-list__count", "aria-live": "polite" });
		this.handle = dialog({
			title: __("Add services"),
			size: "large",
			content: [
				this.filters(),
				this.pricing(),
				h(
					"label",
					{ class: "clinic-pick-list__all" },
					this.all,
					__("Select all shown"),
					this.count
				),
				this.list,
			],
			primary: { label: __("Add"), action: () => this.add() },
			on_show: () => this.search.focus(),
		});
		this.load();
	}

	filters() {
		this.search = h("input", {
			class: "form-control",
			type: "search",
			placeholder: __("Name, code or barcode"),
			"aria-label": __("Search"),
			on_input: () => {
				clearTimeout(this.timer);
				this.timer = setTimeout(() => this.load(), PAUSE_MS);
			},
		});
		this.department = department_picker({
			placeholder: __("All departments"),
			clearable: true,
			on_change: () => this.load(),
		});
		return h(
			"div",
			{ class: "clinic-pick-list__filters" },
			this.search,
			this.department.element
		);
	}

	// How the chosen ones are priced; each row may be changed on the form.
	pricing() {
		if (this.frm.doc.is_supplementary) return null;
		this.method = h(
			"select",
			{
				class: "form-control",
				"aria-label": __("Price"),
				on_change: () => this.draw_price(),
			},
			["List Price", "Percent of List", "Fixed Price", "Relative Value"].map((method) =>
				h("option", { value: method }, __(method))
			)
		);
		this.price = h("div");
		this.draw_price();
		return h(
			"div",
			{ class: "clinic-pick-list__filters" },
			field({ label: __("Price"), control: this.method }),
			this.price
		);
	}

	draw_price() {
		this.input = null;
		if (this.method.value === "Percent of List") {
			this.input = number_input({ min: 0, value: 100, label: __("Percent of list") });
			fill(this.price, field({ label: __("Percent of list"), control: this.input.element }));
		} else if (this.method.value === "Fixed Price") {
			this.input = money_input({ label: __("Amount") });
			const hint = __("Empty: the list price of each");
			fill(this.price, field({ label: __("Amount"), control: this.input.element, hint }));
		} else fill(this.price);
	}

	async load() {
		const serial = ++this.serial;
		try {
			const rows = await call(
				LIST_SERVICES,
				{
					text: this.search.value.trim() || null,
					department: this.department.get(),
					limit: MOST,
				},
				{ quiet: true }
			);
			if (serial !== this.serial) return; // a later search is under way
			this.rows = rows.filter((row) => !this.known.has(row.name));
			this.draw(rows.length);
		} catch (error) {
			if (serial === this.serial)
				fill(this.list, empty({ icon: "info", title: error.message }));
		}
	}

	draw(found) {
		if (!this.rows.length) {
			const title = found ? __("All of these are in the contract") : __("No service found");
			fill(
				this.list,
				empty({ icon: "info", title, hint: __("Try another word or department.") })
			);
		} else {
			const boxes = this.rows.map((row) => this.row(row));
			const more = __("Only the first {0} are shown. Search to narrow it down.", [
				number(MOST),
			]);
			fill(this.list, boxes, found >= MOST && h("p", { class: "text-muted" }, more));
		}
		this.tell();
	}

	row(row) {
		const box = h("input", {
			type: "checkbox",
			data: { service: row.name },
			checked: this.chosen.has(row.name),
			on_change: () => {
				if (box.checked) this.chosen.set(row.name, row);
				else this.chosen.delete(row.name);
				this.tell();
			},
		});
		return h(
			"label",
			{ class: "clinic-pick-list__row" },
			box,
			h("span", { class: "clinic-pick-list__name" }, row.service_name),
			h("span", { class: "clinic-pick-list__hint" }, row.department_title),
			h("bdi", { class: "clinic-pick-list__amount" }, money(row.amount))
		);
	}

	choose_all() {
		for (const row of this.rows) {
			if (this.all.checked) this.chosen.set(row.name, row);
			else this.chosen.delete(row.name);
		}
		for (const box of this.list.querySelectorAll("input")) box.checked = this.all.checked;
		this.tell();
	}

	tell() {
		const shown = this.rows.filter((row) => this.chosen.has(row.name)).length;
		this.all.checked = shown > 0 && shown === this.rows.length;
		this.all.indeterminate = shown > 0 && shown < this.rows.length;
		fill(this.count, __("{0} chosen", [number(this.chosen.size)]));
	}

	add() {
		if (!this.chosen.size) throw new Error(__("Choose at least one service."));
		const method = this.method?.value || "List Price";
		const given = this.input?.get();
		for (const row of this.chosen.values()) {
			const item = this.frm.add_child("items", {
				applies_to: "Service",
				service: row.name,
				pricing_method: method,
				share_method: "As Contract",
			});
			if (method === "Fixed Price") item.amount = given ?? row.amount;
			if (method === "Percent of List") item.percent_of_list = given;
			frappe.utils.add_link_title?.("Clinic Service", row.name, row.service_name);
		}
		this.frm.refresh_field("items");
		this.frm.dirty();
		toast(
			__("{0} services added. Save the contract to keep them.", [number(this.chosen.size)])
		);
	}
}
