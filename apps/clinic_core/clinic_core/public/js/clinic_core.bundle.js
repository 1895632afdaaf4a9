/* The kit all our pages stand on, as window.clinic. See README.md beside this file. */

import { install as install_dates } from "./controls/dates.js";
import * as inputs from "./controls/inputs.js";
import { install as install_links } from "./controls/links.js";
import { install as install_numbers, is_our_amount, amount_text } from "./controls/numbers.js";
import { install as install_texts } from "./controls/texts.js";
import {
	action_key,
	busy,
	call,
	clear_error,
	command,
	ServerError,
	show_error,
} from "./kit/call.js";
import { boot, is_jalali, is_persian, lang, money_unit } from "./kit/boot.js";
import { calendar } from "./kit/calendar.js";
import { DaySteps, LiveMark } from "./kit/day_bar.js";
import { combo_box } from "./kit/combo.js";
import * as compat from "./kit/compat.js";
import { confirm, confirm_reason, dialog } from "./kit/dialogs.js";
import * as digits from "./kit/digits.js";
import { append, fill, h, icon } from "./kit/dom.js";
import * as fmt from "./kit/fmt.js";
import { keys } from "./kit/keys.js";
import * as live from "./kit/live.js";
import { calendar_view_options } from "./kit/full_calendar.js";
import { close_menu, menu } from "./kit/menu.js";
import { my_calendar } from "./kit/my_calendar.js";
import { tone } from "./kit/status.js";
import { toast } from "./kit/toast.js";
import * as ui from "./kit/ui.js";
import * as messaging from "./messaging/index.js";
import { backup_report } from "./operations/backup_report.js";
import { HealthPage } from "./operations/health_page.js";
import { bytes } from "./operations/health_tiles.js";
import { install as install_watch } from "./operations/watch.js";
import {
	correct_dialog,
	find_dialog,
	register_dialog,
	tell_duplicates,
} from "./people/dialogs.js";
import { alerts_dialog, alerts_menu_item, alerts_panel } from "./people/alerts_dialog.js";
import { install as install_identity_number } from "./people/identity_number.js";
import { ImportPage } from "./people/importing/page.js";
import { open_find } from "./people/finding/find_box.js";
import { install as install_people_menu } from "./people/finding/menu_items.js";
import { install as install_find } from "./people/finding/shortcut.js";
import { views_dialog } from "./people/finding/views_dialog.js";
import { install as install_lists } from "./people/lists.js";
import { alert_chips, install as install_marks, marks_strip, tag_chips } from "./people/marks.js";
import { add_menu_item, install as install_menu, open_menu } from "./people/menu.js";
import { mark_list } from "./people/list_marks.js";
import * as privacy from "./people/privacy/index.js";
import { may_merge, merge_dialog } from "./people/merging/merge_dialog.js";
import { MergePage } from "./people/merging/merge_page.js";
import {
	leave_tombstone,
	open_tombstone,
	show_record,
	undo_dialog,
} from "./people/merging/record.js";
import * as patient_form from "./people/patient_form.js";
import { family_dialog, family_menu_item, family_panel, load_family } from "./people/family.js";
import { papers_panel } from "./people/papers.js";
import { photos_dialog, photos_menu_item, photos_panel } from "./people/photos.js";
import { register_form } from "./people/register_form.js";
import * as tags from "./people/tags.js";
import { handover } from "./people/handover.js";
import { cover, install as install_shared_desk, switch_person } from "./people/shared_desk.js";
import { my_pin, register_desk, staff_actions, unregister_desk } from "./people/staff_actions.js";
import { search_box } from "./people/search_box.js";
import { ArrangePage } from "./service_catalog/arrange_page.js";
import * as contracts from "./service_catalog/contracts/index.js";
import { show_performance_preview } from "./service_catalog/performance_preview.js";
import * as catalog from "./service_catalog/pickers.js";
import { refresh_price_preview, show_price_preview } from "./service_catalog/price_preview.js";
import * as public_page from "./service_catalog/public_page.js";
import { contract_picker } from "./service_catalog/quote_inputs.js";
import { quote_panel } from "./service_catalog/quote_panel.js";
import { quote_view } from "./service_catalog/quote_view.js";
import { new_price_update } from "./service_catalog/price_update/actions.js";
import * as price_update from "./service_catalog/price_update/form.js";
import { Chooser } from "./service_catalog/suggestions/chooser.js";
import { suggested_services } from "./service_catalog/suggestions/dialog.js";
import * as service_form from "./service_catalog/service_form.js";
import * as service_list from "./service_catalog/service_list.js";
import { add_appointment_action } from "./scheduling/appointment_actions.js";
import { affected_dialog } from "./scheduling/affected_dialog.js";
import { book_dialog, move_dialog } from "./scheduling/book_dialog.js";
import { plan_dialog, plan_panel } from "./scheduling/plan_dialog.js";
import { may_plan, plan_sessions } from "./scheduling/planning/plan_sessions.js";
import * as recalls from "./scheduling/recalls/list.js";
import { book_recall, recall_dialog } from "./scheduling/recalls/record_dialog.js";
import { cancel_dialog, notes_strip } from "./scheduling/rules.js";
import { SchedulePage } from "./scheduling/board/page.js";
import { confirm_dialog } from "./scheduling/change_dialogs.js";
import { embed_dialog } from "./scheduling/embed_dialog.js";
import { feed_dialog } from "./scheduling/feed_dialog.js";
import { repeat_dialog } from "./scheduling/repeat_dialog.js";
import { show_history } from "./scheduling/history_panel.js";
import { notify_choice } from "./scheduling/notify_choice.js";
import { paper_lists } from "./scheduling/paper_lists.js";
import { slot_picker } from "./scheduling/slot_picker.js";
import { install as install_waiting } from "./scheduling/waiting/notice.js";
import { waiting_panel } from "./scheduling/waiting/panel.js";
import { wish_dialog } from "./scheduling/waiting/wish_dialog.js";

frappe.provide("clinic");

Object.assign(clinic, {
	boot,
	lang,
	is_jalali,
	is_persian,
	money_unit,
	call,
	command,
	action_key,
	ServerError,
	compat,
	digits,
	dom: { h, fill, append, icon },
	fmt,
	live,
	ui: {
		...ui,
		...inputs,
		h,
		fill,
		append,
		icon,
		tone,
		toast,
		menu,
		close_menu,
		dialog,
		confirm,
		confirm_reason,
		keys,
		calendar,
		calendar_view_options,
		my_calendar,
		DaySteps,
		LiveMark,
		combo_box,
		busy,
		show_error,
		clear_error,
		is_our_amount,
		amount_text,
	},
	people: {
		correct_dialog,
		find_dialog,
		open_find,
		views_dialog,
		register_dialog,
		register_form,
		search_box,
		add_menu_item,
		open_menu,
		tell_duplicates,
		mark_list,
		patient_form,
		alert_chips,
		tag_chips,
		marks_strip,
		alerts_dialog,
		alerts_panel,
		family_dialog,
		family_panel,
		load_family,
		papers_panel,
		photos_dialog,
		photos_panel,
		tags_dialog: tags.tags_dialog,
		decorate_list: tags.decorate_list,
		offer_tag_filter: tags.offer_tag_filter,
		handover,
		staff_actions,
		register_desk,
		unregister_desk,
		my_pin,
		cover,
		switch_person,
		ImportPage,
		may_merge,
		merge_dialog,
		undo_dialog,
		show_record,
		open_tombstone,
		leave_tombstone,
		MergePage,
	},
	privacy,
	catalog: {
		...catalog,
		suggested_services,
		SuggestionChooser: Chooser,
		...service_form,
		contract_picker,
		quote_panel,
		quote_view,
		show_performance_preview,
		show_price_preview,
		refresh_price_preview,
		...public_page,
		service_list,
		price_update,
		new_price_update,
		ArrangePage,
	},
	contracts,
	messaging,
	operations: { HealthPage, backup_report, bytes },
	scheduling: {
		slot_picker,
		book_dialog,
		move_dialog,
		cancel_dialog,
		notes_strip,
		plan_dialog,
		plan_panel,
		plan_sessions,
		may_plan,
		affected_dialog,
		waiting_panel,
		wish_dialog,
		recalls,
		recall_dialog,
		book_recall,
		add_appointment_action,
		SchedulePage,
		confirm_dialog,
		embed_dialog,
		feed_dialog,
		repeat_dialog,
		notify_choice,
		paper_lists,
		show_history,
	},
});

install_dates();
install_links();
install_numbers();
install_texts();
install_menu();
install_identity_number();
install_people_menu();
install_find();
install_lists();
install_marks();
for (const item of [alerts_menu_item, tags.tags_menu_item, family_menu_item, photos_menu_item]) {
	add_menu_item(item);
}
add_menu_item(messaging.messages_menu_item);
install_watch();
install_waiting();
install_shared_desk();
privacy.install_read_again();
