// The controls of one question, whatever its type: read as the fields that a form would post, and set again.

function belongsTo(name, control) {
  return control === name || control.startsWith(`${name}.`);
}

function controlsOf(section, name) {
  return [...section.querySelectorAll("input[name], select[name], textarea[name]")].filter((control) =>
    belongsTo(name, control.name),
  );
}

export function fieldsOf(form, name) {
  const fields = {};
  for (const [key, value] of new FormData(form)) {
    if (belongsTo(name, key)) (fields[key] ??= []).push(value);
  }
  return fields;
}

export function setFields(section, name, fields) {
  for (const control of controlsOf(section, name)) {
    const values = fields[control.name] ?? [];
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
  arrange(section);
  section.querySelector(`[name^="${name}"]`)?.dispatchEvent(new Event("change", { bubbles: true }));
}

// A list that is put in order stands in the order of its places.
function arrange(section) {
  const place = (item) => Number(item.querySelector("select")?.value) || Infinity;
  for (const list of section.querySelectorAll("[data-order-list] ol")) {
    list.append(...[...list.children].sort((one, other) => place(one) - place(other) || 0));
  }
}

export function isBlank(fields) {
  return Object.values(fields).every((values) => values.every((value) => value.trim() === ""));
}
