// Quick operations in the header of each tab (B15, B27–B30). Each opens a dialog on top and then
// refreshes. Other apps add theirs: (clinic.statement.operations ||= []).push({tab, label, run}).

const OWN = [
	{
		tabs: ["summary", "receptions"],
		label: () => __("New reception"),
		available: () => frappe.model.can_create("Clinic Reception"),
		run: ({ patient, full_name, refresh }) => {
			const desk = { branch: clinic.boot().default_branch, refresh };
			return clinic.front_desk.receive_dialog(desk, { patient, full_name });
		},
	},
	{
		tabs: ["summary", "appointments"],
		label: () => __("New appointment"),
		available: () => frappe.model.can_create("Clinic Appointment"),
		run: ({ patient, full_name, refresh }) =>
			clinic.scheduling.book_dialog({ patient, full_name, on_done: refresh }),
	},
	{
		tabs: ["summary", "transactions"],
		label: () => __("Cash desk"),
		available: () => may_take_money(),
		run: ({ patient, full_name, file_no, refresh }) =>
			clinic.cash_desk.open_payment_dialog({
				patient,
				full_name,
				file_no,
				on_change: refresh,
			}),
	},
	{
		tabs: ["summary", "deposits"],
		label: () => __("Receive deposit"),
		available: () => may_take_money(),
		run: ({ patient, full_name, refresh }) =>
			clinic.cash_desk.open_deposit_dialog({ patient, full_name, on_done: refresh }),
	},
];

function may_take_money() {
	return frappe.model.can_create("Clinic Payment");
}

/** The operations of a tab: ours and those of other apps. */
export function operations_of(tab) {
	const others = (clinic.statement?.operations || []).map((each) => ({
		...each,
		tabs: each.tabs || [each.tab],
	}));
	return [...OWN, ...others].filter(
		({ tabs, available }) => tabs.includes(tab) && (!available || available())
	);
}
