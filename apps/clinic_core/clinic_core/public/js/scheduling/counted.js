/* Numbers of appointments in words, one of them as well. */

import { number } from "../kit/fmt.js";

export const appointments = (count) =>
	count === 1 ? __("One appointment") : __("{0} appointments", [number(count)]);

export const moved = (count) =>
	count === 1
		? __("One appointment was moved.")
		: __("{0} appointments were moved.", [number(count)]);

export const cancelled = (count) =>
	count === 1
		? __("One appointment was cancelled.")
		: __("{0} appointments were cancelled.", [number(count)]);
