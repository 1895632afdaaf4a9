// Form of a request for one's data: its next step, the clock, the file, the erasure by two people (E012).
(() => {
	const API = "clinic_core.people.data_requests.api";
	const HEADS = ["Clinic Manager", "Clinic Branch Supervisor", "System Manager"];
	const OPEN = ["Received", "Verified", "In Progress"];

	frappe.ui.form.on("Clinic Data Request", {
		setup(frm) {
			const kinds = ["Clinic Patient", "Clinic Contact", "Clinic Lead"];
			frm.set_query("person_doctype", () => ({ filters: { name: ["in", kinds] } }));
		},

		refresh(frm) {
			if (frm.is_new()) return;
			show_clock(frm);
			if (!HEADS.some((role) => frappe.user.has_role(role))) return;
			add_moves(frm);
			if (["Verified", "In Progress"].includes(frm.doc.status)) add_work(frm);
			if (frm.doc.export_status === "Ready") {
				frm.add_custom_button(__("Download the file"), () =>
					window.open(
						`/api/method/${API}.download_export?request=${encodeURIComponent(
							frm.doc.name
						)}`
					)
				);
			}
			wait_for_job(frm);
		},
	});

	function show_clock(frm) {
		const { status, due_on } = frm.doc;
		if (!OPEN.includes(status)) return;
		const left = frappe.datetime.get_day_diff(due_on, frappe.datetime.get_today());
		const days = clinic.fmt.number(Math.abs(left));
		const text =
			left < 0 ? __("Overdue by {0} days", [days]) : __("{0} days left to answer", [days]);
		frm.set_intro(text, left < 0 ? "red" : left <= 5 ? "orange" : "blue");
	}

	function add_moves(frm) {
		const { status } = frm.doc;
		if (status === "Received") {
			frm.add_custom_button(__("Identity verified"), () => verify(frm)).addClass(
				"btn-primary"
			);
		}
		if (status === "Verified" && frm.doc.kind !== "Erasure") {
			frm.add_custom_button(__("Begin"), () => move(frm, { status: "In Progress" }));
		}
		if (status === "In Progress" && frm.doc.kind !== "Erasure") {
			frm.add_custom_button(__("Done"), () => move(frm, { status: "Done" })).addClass(
				"btn-primary"
			);
		}
		if (OPEN.includes(status)) {
			frm.add_custom_button(
				__("Refuse"),
				() =>
					clinic.ui.confirm_reason({
						title: __("Refuse the request"),
						hint: __("The person is told this reason."),
						action_label: __("Refuse"),
						on_confirm: (reason, button, error_area) =>
							move(frm, { status: "Refused", reason }, { button, error_area }),
					}),
				__("Actions")
			);
		}
	}

	function add_work(frm) {
		const { kind, erasure_status, erasure_asked_by, person_title, name } = frm.doc;
		if (kind === "Access") {
			frm.add_custom_button(__("Make the file"), () => make_file(frm)).addClass(
				"btn-primary"
			);
		}
		if (kind !== "Erasure" || ["Approved", "Done"].includes(erasure_status)) return;
		const approve = erasure_status === "Asked For" && erasure_asked_by !== frappe.session.user;
		const label = approve ? __("Approve the erasure") : __("What would be erased");
		frm.add_custom_button(label, () =>
			clinic.privacy.erasure_dialog({
				request: name,
				full_name: person_title,
				approve,
				on_done: () => frm.reload_doc(),
			})
		).addClass(approve ? "btn-danger" : "btn-primary");
	}

	function verify(frm) {
		const options = [
			"National Card",
			"Passport",
			"Known in Person",
			"Code to the Phone",
			"Authorised Letter",
		];
		frappe.prompt(
			{
				fieldname: "how",
				fieldtype: "Select",
				label: __("Identity shown by"),
				options: options.map((value) => ({ value, label: __(value) })),
				reqd: 1,
			},
			({ how }) => move(frm, { status: "Verified", verified_how: how }),
			__("Identity verified"),
			__("Confirm")
		);
	}

	function make_file(frm) {
		const languages = { fa: "فارسی", en: "English", tr: "Türkçe", zh: "中文" };
		frappe.prompt(
			{
				fieldname: "language",
				fieldtype: "Select",
				label: __("Language"),
				options: Object.entries(languages).map(([value, label]) => ({ value, label })),
				default: frappe.boot.lang in languages ? frappe.boot.lang : "en",
				reqd: 1,
			},
			async ({ language }) => {
				await clinic.command(`${API}.make_export`, { request: frm.doc.name, language });
				frm.reload_doc();
			},
			__("Make the file"),
			__("Make the file")
		);
	}

	async function move(frm, args, more = {}) {
		await clinic.command(`${API}.move_request`, { request: frm.doc.name, ...args }, more);
		frm.reload_doc();
	}

	// The file and the erasure are made by a job: look again until it is done.
	function wait_for_job(frm) {
		clearTimeout(frm.clinic_wait);
		const { export_status, erasure_status } = frm.doc;
		if (export_status !== "Queued" && erasure_status !== "Approved") return;
		frm.clinic_wait = setTimeout(() => {
			const route = frappe.get_route();
			if (route[1] === frm.doctype && route[2] === frm.doc.name && !frm.is_dirty())
				frm.reload_doc();
		}, 3000);
	}
})();
