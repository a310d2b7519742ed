// The script of the pages of a server that classes may join (`prolo-dash serve --class`), instead of main.js: a page with what
// pupils' phones and the teacher's page do in a class session. Other readers do not load that.

import { startPupil } from "./class_pupil.js";
import { startTeacher } from "./class_teacher.js";
import { startNamedPage } from "./page.js";

startNamedPage({ startPupil, startTeacher });
