// The statement: one window with the whole state of one patient (B01–B30).
import { fill, h } from "../shared/kit";
import { render_header } from "./header";
import { operations_of } from "./operations";
import { render_rows } from "./rows";

const METHOD = "clinic_reception.statement.api.get_statement";
const PAGE_LENGTH = 50;
const WATCHED = [
	"Clinic Appointment",
	"Clinic Deposit",
	"Clinic Patient",
	"Clinic Patient Alert",
	"Clinic Payment",
	"Clinic Reception",
	"Clinic Visit",
];

let current = null;

/** Open the statement of `patient` at `tab`; one window at a time. */
export function open(patient, tab = "summary") {
	current?.close();
	current = new Statement(patient, tab);
	return current;
}

class Statement {
	constructor(patient, tab) {
		this.patient = patient;
		this.tab = tab;
		this.pages = new Map();
		this.header_area = h("div", { class: "clinic-statement__header" }, clinic.ui.skeleton(1));
		this.tabs_area = h("div", {
			class: "clinic-statement__tabs",
			role: "tablist",
			"aria-label": __("Parts of the statement"),
			on_keydown: (e) => this.on_tab_key(e),
		});
		this.operations_area = h("div", { class: "clinic-statement__operations" });
		this.body = h("div", { class: "clinic-statement__body", role: "tabpanel", tabIndex: 0 });
		this.handle = clinic.ui.dialog({
			title: __("Statement"),
			size: "extra-large",
			content: h(
				"div",
				{ class: "clinic-statement" },
				this.header_area,
				h("div", { class: "clinic-statement__bar" }, this.tabs_area, this.operations_area),
				this.body
			),
			on_hide: () => this.closed(),
		});
		this.handle.frame.$wrapper.addClass("clinic-statement-dialog");
		this.stop_watching = clinic.live.watch(WATCHED, () => this.refresh());
		this.load(this.tab);
	}

	close() {
		this.handle.hide();
	}

	closed() {
		this.stop_watching();
		if (current === this) current = null;
	}

	/** Everything again: after an operation, or when somebody else changed something. */
	refresh() {
		const shown = this.pages.get(this.tab)?.rows.length || 0;
		this.pages.clear();
		return this.load(this.tab, { length: Math.max(shown, PAGE_LENGTH), quiet: true });
	}

	async load(tab, { start = 0, length = PAGE_LENGTH, quiet = false, button = null } = {}) {
		const asked = (this.asked = {});
		if (!quiet && !start) fill(this.body, clinic.ui.skeleton(5));
		const args = { patient: this.patient, tab, start, page_length: length };
		let answer;
		try {
			answer = await clinic.call(METHOD, args, { quiet: true, button });
		} catch (error) {
			if (asked === this.asked) this.show_error(error);
			return;
		}
		if (asked !== this.asked) return;
		const before = start ? this.pages.get(tab).rows : [];
		this.pages.set(tab, { ...answer, rows: [...before, ...answer.rows] });
		this.header = answer.header;
		this.show_header();
		this.show_tabs(answer.tabs);
		if (tab === this.tab) this.show_rows();
	}

	show_error(error) {
		fill(
			this.body,
			clinic.ui.empty({
				icon: "alert",
				title: __("This could not be loaded"),
				hint: error.message,
				action: { label: __("Try again"), on_click: () => this.load(this.tab) },
			})
		);
		if (!this.header) fill(this.header_area);
	}

	show_header() {
		const name = this.header.full_name;
		this.handle.frame.set_title(__("Statement of {0}", [frappe.utils.escape_html(name)]));
		fill(this.header_area, render_header(this.header, { on_tab: (tab) => this.show(tab) }));
	}

	show_tabs(tabs) {
		this.tabs = tabs;
		const had_focus = this.tabs_area.contains(document.activeElement);
		fill(
			this.tabs_area,
			tabs.map(({ tab, label }) =>
				h(
					"button",
					{
						class: "clinic-statement__tab",
						role: "tab",
						data: { tab },
						"aria-selected": String(tab === this.tab),
						tabIndex: tab === this.tab ? 0 : -1,
						on_click: () => this.show(tab),
					},
					__(label)
				)
			)
		);
		if (had_focus) this.tabs_area.querySelector("[aria-selected=true]")?.focus();
		this.show_operations();
	}

	show_operations() {
		const context = {
			patient: this.patient,
			full_name: this.header.full_name,
			file_no: this.header.file_no,
			refresh: () => this.refresh(),
		};
		fill(
			this.operations_area,
			operations_of(this.tab).map(({ label, run }) =>
				h(
					"button",
					{ class: "btn btn-default btn-sm", on_click: () => run(context) },
					label()
				)
			)
		);
	}

	/** Bring another tab to the front; it is asked for once. */
	show(tab) {
		this.tab = tab;
		this.show_tabs(this.tabs);
		this.body.scrollTop = 0;
		if (this.pages.has(tab)) this.show_rows();
		else this.load(tab);
	}

	show_rows() {
		const { rows, has_more } = this.pages.get(this.tab);
		const context = { ...this.header, patient: this.patient, refresh: () => this.refresh() };
		const more = h(
			"button",
			{
				class: "btn btn-default btn-sm clinic-statement__more",
				on_click: (e) =>
					this.load(this.tab, { start: rows.length, button: e.currentTarget }),
			},
			__("Show more")
		);
		const top = this.body.scrollTop;
		fill(this.body, render_rows(this.tab, rows, context), has_more && more);
		this.body.scrollTop = top;
	}

	on_tab_key(event) {
		const rtl = document.documentElement.dir === "rtl";
		const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
		if (!step) return;
		event.preventDefault();
		const at = this.tabs.findIndex(({ tab }) => tab === this.tab);
		this.show(this.tabs[(at + step + this.tabs.length) % this.tabs.length].tab);
		this.tabs_area.querySelector("[aria-selected=true]")?.focus();
	}
}
