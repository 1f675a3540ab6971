// Reads an answer out of whatever controls a kind of activity shows, and puts one back into them.
//
//   name="text"            → {text: "…"}
//   data-number            → a number instead of a text; left out when nothing is chosen
//   data-many="options"    → {options: ["…", "…"]}, of all that are chosen in the fieldset
//   data-most="3"          → no more than three can be chosen in it

const inMany = (control) => control.closest("[data-many]");

export function read(root) {
  const value = {};
  for (const group of root.querySelectorAll("[data-many]")) {
    value[group.dataset.many] = [...group.querySelectorAll(":checked")].map((control) => control.value);
  }
  for (const control of root.querySelectorAll("input, textarea, select")) {
    if (!control.name || inMany(control)) continue;
    if (control.type === "radio" && !control.checked) continue;
    if ("number" in control.dataset) {
      if (control.value !== "") value[control.name] = Number(control.value);
    } else {
      value[control.name] = control.value;
    }
  }
  return value;
}

export function write(root, value) {
  for (const control of root.querySelectorAll("input, textarea, select")) {
    const many = inMany(control);
    if (many) control.checked = (value?.[many.dataset.many] ?? []).includes(control.value);
    else if (control.type === "radio") control.checked = String(value?.[control.name] ?? "") === control.value;
    else control.value = value?.[control.name] ?? "";
  }
  refresh(root);
}

export const isEmpty = (value) =>
  Object.values(value).every((one) => (Array.isArray(one) ? !one.length : !String(one).trim()));

// What follows from what is in the controls: how much room is left, and that no more can be chosen.
export function refresh(root) {
  for (const control of root.querySelectorAll("[data-counted]")) {
    const left = document.getElementById(control.getAttribute("aria-describedby"));
    left.textContent = left.dataset.left.replace("{n}", control.maxLength - control.value.length);
  }
  for (const group of root.querySelectorAll("[data-most]")) {
    const full = group.querySelectorAll(":checked").length >= Number(group.dataset.most);
    for (const box of group.querySelectorAll('[type="checkbox"]')) box.disabled = full && !box.checked;
  }
}
