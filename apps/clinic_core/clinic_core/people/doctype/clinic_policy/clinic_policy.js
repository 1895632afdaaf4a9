// Form of a policy: publish a draft, make the next version, look at its public page.
(() => {
	const API = "clinic_core.people.consent.api";

	frappe.ui.form.on("Clinic Policy", {
		refresh(frm) {
			const { status, slug, version_no, name } = frm.doc;
			const colours = { Draft: "gray", Published: "green", Retired: "orange" };
			if (!frm.is_new()) frm.page.set_indicator(__(status), colours[status]);
			if (frm.is_new()) return;
			if (status !== "Draft") {
				frm.set_intro(
					__(
						"Published versions never change: people agreed to them. Make a new version to change the text."
					),
					"blue"
				);
				frm.fields.forEach((field) =>
					frm.set_df_property(field.df.fieldname, "read_only", 1)
				);
				frm.disable_save();
				frm.add_custom_button(__("Public page"), () =>
					window.open(`/policy/${slug}/${version_no}`, "_blank", "noopener")
				);
			}
			if (!frappe.model.can_write("Clinic Policy")) return;
			if (status === "Draft") {
				frm.add_custom_button(__("Publish"), () =>
					act(frm, "publish_policy", name)
				).addClass("btn-primary");
			} else {
				frm.add_custom_button(__("New version"), async () => {
					const made = await clinic.command(`${API}.new_policy_version`, {
						policy: name,
					});
					frappe.set_route("Form", "Clinic Policy", made.policy);
				});
			}
			if (status === "Published") {
				frm.add_custom_button(
					__("Retire"),
					() => act(frm, "retire_policy", name),
					__("Actions")
				);
			}
		},
	});

	function act(frm, method, policy) {
		const questions = {
			publish_policy: __("Publish this version? It can never be changed afterwards."),
			retire_policy: __("Take this version out of use?"),
		};
		frappe.confirm(questions[method], async () => {
			if (frm.is_dirty()) await frm.save();
			await clinic.command(`${API}.${method}`, { policy });
			frm.reload_doc();
		});
	}
})();
