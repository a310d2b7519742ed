// What a reveal unlocks in a class session: until then the templates of its page are empty.

/**
 * Puts the parts that a reveal unlocks into their templates, wherever these are.
 * @param {ParentNode} place @param {Record<string, string>} parts
 */
export function fillTemplates(place, parts) {
  for (const template of /** @type {HTMLTemplateElement[]} */ ([...place.querySelectorAll("template")])) {
    const html = parts[template.dataset.part ?? ""];
    if (html !== undefined) template.innerHTML = html;
    fillTemplates(template.content, parts);
  }
}
