/* Website pages: who signs in with a phone number may type it as he is used to (G10). */

import { to_latin } from "./kit/digits.js";
import { login_name } from "./kit/login_name.js";

const FIELDS = "#login_email, #forgot_email, input[type=tel]";

// Not the password: its digits are part of the secret.
document.addEventListener("input", (event) => {
	const input = event.target;
	if (!input.matches?.(FIELDS)) return;
	const latin = to_latin(input.value);
	if (latin === input.value) return;
	// The browser allows no selection in inputs of type email.
	const at = input.type === "email" ? null : input.selectionStart;
	input.value = latin;
	if (at !== null) input.setSelectionRange(at, at);
});

// Before Frappe's own handler reads the box: "+98 912 …" becomes the form the login is known by.
document.addEventListener(
	"submit",
	(event) => {
		const input = event.target.querySelector?.("#login_email, #forgot_email");
		if (!input) return;
		const code = document.querySelector("meta[name=clinic-calling-code]")?.content;
		input.value = login_name(input.value, code);
	},
	true
);
