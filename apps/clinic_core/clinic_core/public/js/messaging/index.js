/* What the forms and lists of messages use, as clinic.messaging. */

export { refresh_gateway } from "./gateway_form.js";
export { message_indicator, refresh_message } from "./message_form.js";
export { messages_menu_item } from "./menu_item.js";
export { start_messages } from "./message_list.js";
export { refresh_template } from "./template_form.js";
