/* Typing a week of working hours without typing every row. */

const WEEK = ["Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

frappe.ui.form.on("Clinic Schedule", {
	setup(frm) {
		frm.set_query("practitioner", () => ({ filters: { is_active: 1 } }));
		frm.set_query("resource", "shifts", (_doc, cdt, cdn) => {
			const { branch } = locals[cdt][cdn];
			return { filters: { ...(branch ? { branch } : {}) } };
		});
	},

	refresh(frm) {
		if (!frm.is_new()) frm.dashboard.set_headline(summary(frm));
		frm.add_custom_button(__("Repeat the first day until Thursday"), () =>
			repeat_first_day(frm)
		);
	},
});

frappe.ui.form.on("Clinic Schedule Shift", {
	async shifts_add(frm, cdt, cdn) {
		const rows = frm.doc.shifts;
		const before = rows[rows.findIndex((row) => row.name === cdn) - 1];
		if (before) {
			const { branch, kind, gender, resource } = before;
			frappe.model.set_value(cdt, cdn, { branch, kind, gender, resource });
		} else if (frm.doc.practitioner) {
			const { message } = await frappe.db.get_value(
				"Clinic Practitioner",
				frm.doc.practitioner,
				"branch"
			);
			if (message?.branch) frappe.model.set_value(cdt, cdn, "branch", message.branch);
		}
	},
});

function repeat_first_day(frm) {
	const first = frm.doc.shifts?.[0]?.weekday;
	if (!first) {
		frappe.show_alert({ message: __("Please enter the first day."), indicator: "orange" });
		return;
	}
	const known = new Set(frm.doc.shifts.map((row) => row.weekday));
	const pattern = frm.doc.shifts.filter((row) => row.weekday === first);
	for (const weekday of WEEK.slice(0, 6).filter((day) => !known.has(day))) {
		for (const { start, end, branch, kind, gender, resource } of pattern) {
			frm.add_child("shifts", { weekday, start, end, branch, kind, gender, resource });
		}
	}
	frm.refresh_field("shifts");
	frm.dirty();
}

function summary(frm) {
	const minutes = (frm.doc.shifts || []).reduce((sum, row) => sum + length(row), 0);
	return __("{0} hours a week", [clinic.fmt.number(Math.round(minutes / 6) / 10)]);
}

function length({ start, end }) {
	const [from, to] = [start, end].map((text) => {
		const [hours, minutes] = String(text || "0:0")
			.split(":")
			.map(Number);
		return hours * 60 + minutes;
	});
	// An end that is not later is one of the next morning.
	return to > from ? to - from : to - from + 24 * 60;
}
