frappe.listview_settings["Clinic Online Payment"] = {
	get_indicator(doc) {
		const tone = { Started: "blue", Paid: "green", Failed: "gray", Unknown: "orange" }[
			doc.status
		];
		return [__(doc.status), tone, `status,=,${doc.status}`];
	},
};
