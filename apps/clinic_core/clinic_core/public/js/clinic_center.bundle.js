/* The public page of the centre: finding a service, pictures, comments. No library, nothing of the desk. */

import { start_finding } from "./center/find.js";
import { start_gallery } from "./center/gallery.js";
import { start_comments } from "./center/comments.js";

start_finding();
start_gallery();
start_comments();
