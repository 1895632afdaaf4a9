// Dialogs that move money beside the payment itself: deposit, use of a deposit, refund, undo.
import { h, money, number_in_text } from "../shared/kit";
import { payment_methods, write } from "./api";
import { PaymentLines } from "./payment_lines";

/** Receive a deposit for later (F-deposit): amount by method, and what it is for. */
export async function open_deposit_dialog({ patient, full_name, on_done }) {
	const methods = await payment_methods();
	const sum = h("div", { class: "clinic-pay__sum" });
	const lines = new PaymentLines({
		methods,
		money_only: true,
		on_change: (state) =>
			(sum.textContent = __("Together {0}", [money(state.sum, { unit: true })])),
	});
	const service = clinic.ui.control({
		fieldtype: "Link",
		fieldname: "service",
		options: "Clinic Service",
		only_select: true,
		get_query: () => ({ filters: { status: "Active" } }),
	});
	lines.add(lines.methods[0]);
	return clinic.ui.dialog({
		title: full_name ? __("Deposit of {0}", [full_name]) : __("Receive deposit"),
		size: "large",
		content: h(
			"div",
			{ class: "clinic-form" },
			lines.element,
			sum,
			clinic.ui.field({
				label: __("For which service?"),
				control: service.element,
				hint: __("Leave it empty if it may be used for anything."),
			})
		),
		on_show: () => lines.lines[0]?.box.focus(),
		primary: {
			label: __("Receive deposit"),
			action: async (element, error_area) => {
				const args = {
					patient,
					lines: lines.read(),
					service: service.get_value() || null,
				};
				const made = await write("take_deposit", args, { button: element, error_area });
				clinic.ui.toast(__("The deposit was received."));
				on_done?.(made);
			},
		},
	});
}

/** Pay back a payment or what is left of a deposit: `subject` is {payment} or {deposit}. */
export function open_refund_dialog({ subject, title, most, on_done }) {
	const box = clinic.ui.money_input({ value: most, label: __("Amount to pay back") });
	const reason = h("textarea", { class: "form-control", rows: 2, "aria-label": __("Reason") });
	return clinic.ui.dialog({
		title: title || __("Refund"),
		size: "small",
		content: h(
			"div",
			{ class: "clinic-form" },
			clinic.ui.field({
				label: __("Amount to pay back"),
				control: box.element,
				required: true,
				hint: most ? __("At most {0}", [money(most, { unit: true })]) : null,
			}),
			clinic.ui.field({ label: __("Reason"), control: reason, required: true })
		),
		primary: {
			label: __("Pay back"),
			action: async (element, error_area) => {
				const amount = box.get();
				if (!amount || amount < 0)
					throw new Error(__("Please write the amount to pay back."));
				if (!reason.value.trim()) throw new Error(__("Please write a reason."));
				const args = { ...subject, amount, reason: reason.value.trim() };
				const made = await write("refund", args, { button: element, error_area });
				clinic.ui.toast(__("{0} was paid back.", [money(amount, { unit: true })]));
				on_done?.(made);
			},
		},
	});
}

/** Undo a payment taken by mistake; asks why. */
export function undo_payment({ payment, receipt_no, on_done }) {
	return clinic.ui.confirm_reason({
		title: receipt_no
			? __("Undo receipt {0}", [number_in_text(receipt_no)])
			: __("Undo payment"),
		label: __("What was wrong?"),
		hint: __("The payment stays on record with its reversal; the debt is open again."),
		suggestions: [__("Wrong amount"), __("Wrong patient"), __("Wrong method")],
		action_label: __("Undo payment"),
		on_confirm: async (reason, element, error_area) => {
			await write("undo_payment", { payment, reason }, { button: element, error_area });
			clinic.ui.toast(__("The payment was undone."));
			on_done?.();
		},
	});
}
