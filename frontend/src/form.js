// The controls of a view as native inputs: read and written as URL parameters, and filled from a file.

const MOST_BYTES = 400_004; // four for each character that the host reads

export function readForm(form) {
  const params = {};
  for (const input of form.elements) {
    if (!input.name) continue;
    if (input.type === "checkbox") {
      params[input.name] ??= [];
      if (input.checked) params[input.name].push(input.value);
    } else if (input.type !== "radio" || input.checked) params[input.name] = input.value;
  }
  for (const [name, value] of Object.entries(params)) if (Array.isArray(value)) params[name] = value.join(".") || "none";
  return params;
}

// Whether a control is changed in small steps, of which only the last is worth going back to.
export const moves = (field) => ["range", "number", "text"].includes(field.type);

export const typed = (field) => field.type === "text";
export const beingTyped = (field) => typed(field) && field.matches(":focus");

// Of a number typed digit by digit, the first digits alone are no answer yet.
export const finished = (field) => field.value !== "" && field.validity.valid;

// What is being typed is not overwritten by the answer to it, and after a fault nothing typed is.
export function writeForm(form, state, { unavailable, problems }, keeps = () => false) {
  const values = Object.fromEntries(new URLSearchParams(state));
  const barred = new Set(unavailable.map(([name, value]) => `${name}=${value}`));
  for (const input of form.elements) {
    if (input.dataset.twin && (finished(input) || !input.matches(":focus"))) setValue(input, values[input.dataset.twin]);
    if (!input.name) continue;
    if (input.type === "checkbox") input.checked = values[input.name].split(".").includes(input.value);
    else if (input.type === "radio") {
      input.checked = values[input.name] === input.value;
      input.disabled = barred.has(`${input.name}=${input.value}`);
    } else if (!keeps(input)) setValue(input, values[input.name]);
  }
  showFitting(form, values);
  showProblems(form, problems);
}

// Writing what stands there already would make the browser lay the field out.
function setValue(input, value) {
  if (input.value !== value) input.value = value;
}

// Fields that other settings have no use for are put away.
function showFitting(form, values) {
  for (const place of form.querySelectorAll("[data-when]")) {
    const wanted = place.dataset.when.split(" ").map((pair) => pair.split("="));
    place.hidden = !wanted.every(([name, value]) => values[name] === value);
  }
}

function showProblems(form, problems) {
  const told = new Map(problems);
  for (const place of form.querySelectorAll("[data-problem]")) {
    const sentence = told.get(place.dataset.problem) ?? "";
    if (place.textContent !== sentence) place.textContent = sentence;
    form.elements[place.dataset.problem].setAttribute("aria-invalid", sentence ? "true" : "false");
  }
}

// A file that fills the form: its text goes to the host, which answers with the trials in it and what is wrong.
export function startLoader(section, readFile, fill) {
  const part = (role) => section.querySelector(`[data-role="${role}"]`);
  const input = part("file");
  if (!input) return;
  const menu = part("found");
  const tell = (sentences) => part("file-problems").replaceChildren(...sentences.map((sentence) => {
    const item = document.createElement("li");
    item.textContent = sentence;
    return item;
  }));
  const choose = () => fill(Object.fromEntries(new URLSearchParams(menu.value)));
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file) return;
    try {
      // No more than the host would read, and one character over, so that it can say what is too large.
      const { found, problems, error } = await readFile(await file.slice(0, MOST_BYTES).text());
      if (error) throw new Error(error);
      tell(found.length ? problems : [...problems, "No trial was loaded. What is shown stays."]);
      if (!found.length) return;
      menu.replaceChildren(...found.map(([name, state]) => new Option(name, state)));
      menu.parentElement.hidden = false;
      choose();
    } catch (error) {
      tell([error.message]);
    } finally {
      input.value = "";
    }
  });
  menu.addEventListener("change", choose);
}
