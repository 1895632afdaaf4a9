/* Buttons for the moves the server allows; every change goes through scheduling.api. */

const API = "clinic_core.scheduling.api";

const MOVABLE = ["Held", "Booked", "Confirmed"];
const LABELS = {
	confirm: () => __("Confirm"),
	arrive: () => __("Arrived"),
	undo: () => __("Undo last step"),
	no_show: () => __("Did not come"),
	reschedule: () => __("Move"),
	cancel: () => __("Cancel appointment"),
};

frappe.ui.form.on("Clinic Appointment", {
	setup(frm) {
		frm.set_query("service", () => ({ filters: { status: "Active" } }));
		frm.set_query("practitioner", () => ({ filters: { is_active: 1 } }));
		frm.set_query("branch", () => ({ filters: { is_active: 1 } }));
	},

	service(frm) {
		frm.set_value("area", null);
		offer_areas(frm);
	},

	refresh(frm) {
		if (frm.is_new()) {
			offer_areas(frm);
			frm.add_custom_button(__("Find a free time"), () => find_time(frm));
			return;
		}
		for (const field of [
			"start",
			"practitioner",
			"service",
			"area",
			"patient",
			"branch",
			"steps",
		]) {
			frm.set_df_property(field, "read_only", 1);
		}
		frm.add_custom_button(__("Show in the schedule"), () => show_in_schedule(frm));
		show_actions(frm);
		offer_to_move_the_rest(frm);
		offer_repeat(frm);
		say_if_late(frm);
		clinic.scheduling.show_history(frm);
		frm.clinic_stop_watching?.();
		frm.clinic_stop_watching = clinic.live.watch(["Clinic Appointment"], (change) => {
			if ((!change?.name || change.name === frm.doc.name) && !frm.is_dirty())
				frm.reload_doc();
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

// The day of everybody, with this appointment open.
function show_in_schedule(frm) {
	const { name, start, branch, status } = frm.doc;
	frappe.route_options = { appointment: name, date: start, branch, status };
	frappe.set_route("clinic-schedule-board");
}

// The same again every week; the sessions of a course are booked in its plan.
function offer_repeat(frm) {
	const {
		name: appointment,
		status,
		session,
		start,
		patient_name: full_name,
		is_history,
	} = frm.doc;
	const stands = ["Booked", "Confirmed", "Arrived", "Admitted", "Completed"].includes(status);
	if (!stands || session || is_history || !frappe.model.can_create("Clinic Appointment")) return;
	frm.add_custom_button(__("Repeat"), () =>
		clinic.scheduling.repeat_dialog({ appointment, full_name, start })
	);
}

async function show_actions(frm) {
	const name = frm.doc.name;
	const allowed = await clinic.call(`${API}.actions`, { appointment: name }, { quiet: true });
	if (frm.doc.name !== name) return;
	for (const action of Object.keys(LABELS).filter((key) => allowed.includes(key))) {
		const button = frm.add_custom_button(LABELS[action](), () => act(frm, action, button));
		if (action === "arrive") button.addClass("btn-primary");
	}
}

// A session of a course: this one and those that follow move together (A84).
function offer_to_move_the_rest(frm) {
	const { session, status, start } = frm.doc;
	const is_to_come = MOVABLE.includes(status) && start > clinic.fmt.now();
	if (!session || !is_to_come || !clinic.scheduling.may_plan()) return;
	frm.add_custom_button(__("Move this and the following"), async () => {
		const fields = ["session_plan", "session_no"];
		const { message } = await frappe.db.get_value("Clinic Session", session, fields);
		clinic.scheduling.plan_sessions({
			session_plan: message.session_plan,
			from_session: message.session_no,
			first_date: clinic.fmt.add_days(start.slice(0, 10), 1),
			move_rest: true,
			full_name: frm.doc.patient_name,
			on_done: () => frm.reload_doc(),
		});
	});
}

function act(frm, action, button) {
	const done = () => frm.reload_doc();
	const appointment = frm.doc.name;
	if (action === "reschedule") {
		const { patient, service, area, practitioner, branch } = frm.doc;
		const from_date = frm.doc.start.slice(0, 10);
		const opts = { appointment, patient, service, area, practitioner, branch, from_date };
		opts.full_name = frm.doc.patient_name;
		return clinic.scheduling.move_dialog({ ...opts, on_done: done });
	}
	const about = { appointment, full_name: frm.doc.patient_name, on_done: done };
	if (action === "cancel") return clinic.scheduling.cancel_dialog(about);
	if (action === "confirm" && frm.doc.status === "Booked")
		return clinic.scheduling.confirm_dialog({ ...about, button: button[0] });
	return clinic
		.command(`${API}.${action}`, { appointment }, { button: button[0] })
		.then(done, () => {});
}

// What was entered after its time says so, with the moment it was entered (G09).
function say_if_late(frm) {
	if (frm.doc.is_history || frm.doc.start >= frm.doc.creation) return;
	const when = clinic.fmt.datetime(frm.doc.creation);
	frm.set_intro(__("Entered at {0}, after its time.", [when]), "yellow");
}

function find_time(frm) {
	const { patient, service, practitioner, branch, patient_name: full_name } = frm.doc;
	if (!patient) {
		frappe.show_alert({
			message: __("Please choose the patient first."),
			indicator: "orange",
		});
		return;
	}
	clinic.scheduling.book_dialog({
		patient,
		service,
		practitioner,
		branch,
		full_name,
		on_done: (made) => {
			frm.doc.__unsaved = 0;
			frappe.set_route("Form", "Clinic Appointment", made.appointment);
		},
	});
}
