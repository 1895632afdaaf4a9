/* A wish: booked or taken off the list from here; what became free is in the panel. */

const API = "clinic_core.scheduling.waiting.api";

frappe.ui.form.on("Clinic Waiting List Entry", {
	setup(frm) {
		frm.set_query("service", () => ({ filters: { status: "Active" } }));
		frm.set_query("practitioner", "practitioners", () => ({ filters: { is_active: 1 } }));
		frm.set_query("branch", "branches", () => ({ filters: { is_active: 1 } }));
	},

	service(frm) {
		frm.set_value("area", null);
		offer_areas(frm);
	},

	refresh(frm) {
		if (frm.is_new()) {
			offer_areas(frm);
			return;
		}
		for (const field of ["patient", "service", "area"]) {
			frm.set_df_property(field, "read_only", 1);
		}
		show_actions(frm);
		frm.clinic_stop_watching?.();
		frm.clinic_stop_watching = clinic.live.watch([frm.doctype], ([change]) => {
			if ((!change || change.name === frm.doc.name) && !frm.is_dirty()) frm.reload_doc();
		});
	},
});

// A service with body areas asks which one; the code is stored, its title is shown (G07).
async function offer_areas(frm) {
	const { service } = frm.doc;
	const areas = (service && (await clinic.catalog.service(service))?.areas) || [];
	if (frm.doc.service !== service) return;
	frm.fields_dict.area.set_data(areas.map((area) => ({ value: area.code, label: area.title })));
	frm.toggle_display("area", areas.length > 0);
}

function show_actions(frm) {
	const { status, appointment } = frm.doc;
	const on_the_list = ["Waiting", "Offered"].includes(status);
	if (status === "Waiting") {
		frm.add_custom_button(__("Find a free time"), () => find_time(frm)).addClass(
			"btn-primary"
		);
	}
	if (on_the_list) {
		frm.add_custom_button(__("Times that became free"), () =>
			clinic.scheduling.waiting_panel()
		);
		frm.add_custom_button(__("Take off the list"), () => withdraw(frm));
	} else if (status !== "Booked") {
		frm.add_custom_button(__("Wait again"), () => wait_again(frm));
	}
	if (appointment) {
		frm.add_custom_button(__("Appointment"), () =>
			frappe.set_route("Form", "Clinic Appointment", appointment)
		);
	}
}

function find_time(frm) {
	const { patient, patient_name, service, area, practitioners } = frm.doc;
	clinic.scheduling.book_dialog({
		patient,
		full_name: patient_name,
		service,
		area,
		practitioner: practitioners.length === 1 ? practitioners[0].practitioner : null,
		args: { origin_doctype: frm.doctype, origin_name: frm.doc.name },
		on_done: () => frm.reload_doc(),
	});
}

function withdraw(frm) {
	clinic.ui.confirm_reason({
		title: __("Take {0} off the waiting list", [frm.doc.patient_name]),
		action_label: __("Take off the list"),
		suggestions: [__("No longer wanted"), __("Found a time elsewhere"), __("Not reached")],
		on_confirm: async (reason, button, error_area) => {
			const args = { entry: frm.doc.name, reason };
			await clinic.command(`${API}.withdraw`, args, { button, error_area });
			frm.reload_doc();
		},
	});
}

function wait_again(frm) {
	const until = clinic.ui.control({
		fieldtype: "Date",
		value: clinic.fmt.add_days(clinic.fmt.today(), 30),
	});
	clinic.ui.dialog({
		title: __("Back on the waiting list"),
		size: "small",
		content: clinic.ui.field({ label: __("Until date"), control: until.element }),
		primary: {
			label: __("Wait again"),
			action: async (button, error_area) => {
				const args = { entry: frm.doc.name, to_date: until.get_value() };
				await clinic.command(`${API}.wait_again`, args, { button, error_area });
				frm.reload_doc();
			},
		},
	});
}
