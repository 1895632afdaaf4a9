// A rule for a smart tag (D46): what it can ask comes from the server; who would get the tag is seen before.
(() => {
	const API = "clinic_core.people.tags.api";
	const { h, fill } = clinic.ui;
	const TONES = { "Never Run": "gray", Running: "blue", Done: "green", Invalid: "red" };

	frappe.ui.form.on("Clinic Tag Rule", {
		setup(frm) {
			frm.set_query("tag", () => ({ filters: { kind: "Smart", is_active: 1 } }));
		},

		async refresh(frm) {
			offer_measures(frm);
			frm.add_custom_button(__("Who would get it?"), () => preview(frm));
			if (frm.is_new()) return;
			frm.page.set_indicator(__(frm.doc.status), TONES[frm.doc.status]);
			if (frm.doc.status === "Invalid")
				frm.set_intro(frappe.utils.escape_html(frm.doc.problem || ""), "red");
			if (frm.doc.status === "Running")
				frm.dashboard.show_progress(__("Running"), frm.doc.progress_percent);
			if (frm.doc.status === "Running") look_again(frm);
			frm.add_custom_button(__("Run now"), () => run(frm));
			frm.clinic_stop_watching?.();
			frm.clinic_stop_watching = clinic.live.watch(["Clinic Tag Rule"], () => {
				if (!frm.is_dirty() && cur_frm === frm) frm.reload_doc();
			});
		},
	});

	frappe.ui.form.on("Clinic Tag Condition", {
		async measure(frm, cdt, cdn) {
			const row = locals[cdt][cdn];
			const known = (await measures()).find(({ name }) => name === row.measure);
			if (!known) return;
			if (!known.operators.includes(row.operator))
				frappe.model.set_value(cdt, cdn, "operator", known.operators[0]);
			for (const field of ["days", "service", "department"]) {
				if (!known.takes.includes(field)) frappe.model.set_value(cdt, cdn, field, null);
			}
			const hint = hint_of(known);
			if (hint) frappe.show_alert({ message: hint, indicator: "blue" });
		},
	});

	// A worker tells by itself how far it is; should a word be lost, the form asks.
	function look_again(frm) {
		clearTimeout(frm.clinic_look_again);
		const { name } = frm.doc;
		frm.clinic_look_again = setTimeout(() => {
			if (frm.doc.name === name && cur_frm === frm && !frm.is_dirty()) frm.reload_doc();
		}, 3000);
	}

	let asked = null;
	const measures = () => (asked ||= clinic.call(`${API}.list_measures`, {}, { quiet: true }));

	async function offer_measures(frm) {
		const options = (await measures()).map(({ name, label }) => ({ value: name, label }));
		const grid = frm.fields_dict.conditions.grid;
		grid.update_docfield_property("measure", "options", options);
		const labels = new Map(options.map(({ value, label }) => [value, label]));
		grid.update_docfield_property("measure", "formatter", (value) =>
			frappe.utils.escape_html(labels.get(value) || value || "")
		);
		grid.refresh();
	}

	function hint_of({ label, options }) {
		if (Array.isArray(options) && options.length)
			return __("{0}: write one of {1}", [label, options.join(", ")]);
		return options ? __("{0}: write the code of a {1}", [label, __(options)]) : null;
	}

	async function preview(frm) {
		const { tag, match, conditions = [] } = frm.doc;
		const area = h("div", {}, clinic.ui.skeleton(2));
		const frame = clinic.ui.dialog({
			title: __("Who would get the tag?"),
			content: area,
			primary: { label: __("Close"), action: async () => true },
		});
		try {
			const found = await clinic.call(
				`${API}.preview_rule`,
				{ rule: JSON.stringify({ tag, match, conditions }) },
				{ quiet: true }
			);
			fill(area, outcome(found));
		} catch (error) {
			fill(area, h("div", { class: "clinic-error" }, error.message));
		}
		return frame;
	}

	function outcome({ fits, gains, loses, first_gains, first_loses }) {
		return h(
			"div",
			{ class: "clinic-tag-preview" },
			figure(__("Fit the rule"), fits),
			figure(__("Would get the tag"), gains),
			figure(__("Would lose it"), loses),
			people(__("Would get the tag"), first_gains, gains),
			people(__("Would lose it"), first_loses, loses)
		);
	}

	const figure = (label, count) =>
		h(
			"div",
			{ class: "clinic-tag-preview__figure" },
			h("strong", {}, clinic.fmt.number(count)),
			h("span", { class: "text-muted" }, label)
		);

	function people(label, rows, count) {
		if (!rows.length) return null;
		const more = count - rows.length;
		return h(
			"div",
			{ class: "clinic-tag-preview__list" },
			h("h5", {}, label),
			rows.map((row) =>
				h(
					"div",
					{ class: "clinic-care-row" },
					clinic.ui.patient_name(row),
					row.file_no &&
						h(
							"span",
							{ class: "text-muted" },
							__("File {0}", [clinic.fmt.code(row.file_no)])
						)
				)
			),
			more > 0 &&
				h("p", { class: "text-muted" }, __("and {0} more", [clinic.fmt.number(more)]))
		);
	}

	async function run(frm) {
		if (frm.is_dirty()) await frm.save();
		await clinic.command(`${API}.run_rule`, { rule: frm.doc.name });
		clinic.ui.toast(__("The rule runs in the background."));
	}
})();
