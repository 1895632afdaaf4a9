// CRM Office: one view of leads, opportunities, activities and calls of a day (C010, C029, C092).
import { fill, h } from "../kit";
import { LeadPanel } from "./lead_panel";
import { open_new_lead } from "./new_lead";
import { render_sections } from "./office_lists";
import { preload } from "./pickers";
import { Toolbar } from "./toolbar";

const METHOD = "clinic_crm.pipeline.api.office";
const WATCHED = ["Clinic Lead", "Clinic Activity", "Clinic Call"];
const HIGHLIGHT_MS = 6000;
const LEAD_LISTS = ["leads", "opportunities"];

/** The page: toolbar with counts, one list of five sections, and the panel of the chosen row. */
export class Office {
	constructor(page) {
		this.page = page;
		this.data = null;
		this.section = null;
		this.selected = null;
		this.expanded = new Set();
		this.fresh = new Set();
		this.make();
		this.bind_keys();
	}

	make() {
		this.page.set_primary_action(__("New lead"), () => this.new_lead(), "add");
		this.page.set_secondary_action(__("Refresh"), () => this.refresh(), "refresh");
		this.toolbar = new Toolbar({
			on_change: () => this.refresh({ other_day: true }),
			on_filter: () => this.render(),
			on_section: (section) => this.show_section(section),
		});
		this.list = h("div", {
			class: "clinic-office__list",
			role: "listbox",
			tabIndex: 0,
			"aria-label": __("Leads and tasks"),
			on_keydown: (e) => e.key === "Enter" && e.target === this.list && this.panel.focus(),
		});
		this.side = h("aside", { class: "clinic-office__panel" });
		this.live = h("div", { class: "sr-only", "aria-live": "polite" });
		this.panel = new LeadPanel(this.side, { on_change: () => this.refresh({ quiet: true }) });
		const body = h("div", { class: "clinic-office__body" }, this.list, this.side);
		this.root = h("div", { class: "clinic-office" }, this.toolbar.elements(), body, this.live);
		this.page.main.append(this.root);
	}

	bind_keys() {
		clinic.ui.keys(this.root, [
			{ key: "n", label: __("New lead"), action: () => this.new_lead() },
			{ key: "a", label: __("Log activity"), action: () => this.panel.log_activity() },
			{ key: "/", label: __("Filter the list"), action: () => this.toolbar.focus() },
			{ key: "r", label: __("Refresh"), action: () => this.refresh() },
			{ key: "ArrowDown", label: __("Next row"), action: () => this.move(1) },
			{ key: "ArrowUp", label: __("Previous row"), action: () => this.move(-1) },
		]);
	}

	/** Called each time the page comes to the front; `lead` may come from the route. */
	show(lead) {
		this.stop_watching ||= clinic.live.watch(WATCHED, () => this.refresh({ quiet: true }));
		const wanted = lead || frappe.route_options?.lead;
		frappe.route_options = null;
		if (wanted) this.choose_lead(wanted);
		this.refresh({ quiet: Boolean(this.data) }).then(preload);
	}

	/** Called when another page comes to the front. */
	hide() {
		this.stop_watching?.();
		this.stop_watching = null;
	}

	async refresh({ quiet = false, other_day = false } = {}) {
		const asked = (this.asked = {});
		if (!quiet || !this.data) fill(this.list, clinic.ui.skeleton(8));
		let data;
		try {
			data = await clinic.call(METHOD, this.toolbar.arguments(), { quiet });
		} catch (error) {
			if (asked === this.asked && !(quiet && this.data)) this.show_error();
			return;
		}
		if (asked !== this.asked) return;
		if (!other_day) this.note_new_leads(data);
		this.data = data;
		this.follow_selected();
		this.toolbar.set_counts(data);
		this.render();
		if (quiet) this.panel.refresh();
	}

	show_error() {
		this.data = null;
		fill(
			this.list,
			clinic.ui.empty({
				icon: "alert",
				title: __("The list could not be loaded"),
				action: { label: __("Try again"), on_click: () => this.refresh() },
			})
		);
	}

	note_new_leads(data) {
		if (!this.data) return;
		const known = new Set(
			LEAD_LISTS.flatMap((key) => this.data[key].rows).map((row) => row.name)
		);
		const fresh = data.leads.rows.filter((row) => !known.has(row.name));
		if (!fresh.length) return;
		for (const { name } of fresh) this.fresh.add(`leads:${name}`);
		this.live.textContent = __("New lead: {0}", [fresh[0].title]);
		setTimeout(() => {
			for (const { name } of fresh) this.fresh.delete(`leads:${name}`);
		}, HIGHLIGHT_MS);
	}

	render() {
		if (!this.data) return;
		const top = this.list.scrollTop;
		const view = {
			section: this.section,
			expanded: this.expanded,
			fresh: this.fresh,
			filter: this.toolbar.filter(),
			on_select: (key) => this.select(key),
			on_new: () => this.new_lead(),
			on_changed: () => this.refresh({ quiet: true }),
			on_more: (key) => {
				this.expanded.add(key);
				this.render();
			},
		};
		fill(this.list, render_sections(this.data, view));
		this.list.scrollTop = top;
		this.mark_selected();
	}

	show_section(section) {
		this.section = this.section === section ? null : section;
		this.toolbar.mark(this.section);
		this.render();
		this.list.scrollTop = 0;
	}

	select(key) {
		this.selected = key;
		this.mark_selected();
		const [section, name] = key.split(":");
		const row = this.data?.[section]?.rows.find((each) => each.name === name);
		if (!row) return;
		if (LEAD_LISTS.includes(section)) this.panel.open({ lead: name });
		else if (section === "calls") this.panel.open({ lead: row.lead, call: row });
		else this.panel.open({ lead: row.lead, activity: row });
	}

	choose_lead(lead) {
		this.selected = `leads:${lead}`;
		this.panel.open({ lead });
	}

	// A lead that became an opportunity stays chosen in its new list.
	follow_selected() {
		const [section, name] = (this.selected || "").split(":");
		if (!LEAD_LISTS.includes(section)) return;
		const has = (key) => this.data[key].rows.some((row) => row.name === name);
		const now = LEAD_LISTS.find(has);
		if (now && !has(section)) this.selected = `${now}:${name}`;
	}

	mark_selected() {
		for (const row of this.rows()) {
			const chosen = row.dataset.row === this.selected;
			row.classList.toggle("is-selected", chosen);
			row.setAttribute("aria-selected", String(chosen));
			if (chosen) this.list.setAttribute("aria-activedescendant", row.id);
		}
	}

	rows() {
		return [...this.list.querySelectorAll("[data-row]")];
	}

	move(step) {
		const rows = this.rows();
		if (!rows.length) return;
		const at = rows.findIndex((row) => row.dataset.row === this.selected);
		const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
		this.select(rows[next].dataset.row);
		rows[next].scrollIntoView({ block: "nearest" });
		this.list.focus({ preventScroll: true });
	}

	new_lead() {
		open_new_lead({
			team: this.toolbar.arguments().team,
			on_created: ({ lead }) => {
				this.choose_lead(lead);
				this.refresh({ quiet: true });
			},
		});
	}
}
