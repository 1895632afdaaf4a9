/* The runs, newest first; managers start one by hand. */

frappe.listview_settings["Clinic Backup"] = {
	add_fields: ["status", "phase"],
	get_indicator(doc) {
		const colour =
			{ Running: "blue", Verified: "green", Failed: "red" }[doc.status] || "orange";
		const text = doc.status === "Running" && doc.phase ? doc.phase : doc.status;
		return [__(text), colour, `status,=,${doc.status}`];
	},
	formatters: {
		started_at: (value) => clinic.fmt.datetime(value),
		size_bytes: (value) => clinic.operations.bytes(value),
	},
	onload(listview) {
		listview.page.add_inner_button(__("Back up now"), () => back_up_now());
		listview.page.add_inner_button(__("Settings"), () =>
			frappe.set_route("Form", "Clinic Backup Settings")
		);
	},
};

async function back_up_now() {
	const { started } = await clinic.command("clinic_core.operations.backup.api.back_up_now");
	clinic.ui.toast(
		started
			? __("The backup has begun. It appears in this list and tells how far it is.")
			: __("A backup is running already.")
	);
}
