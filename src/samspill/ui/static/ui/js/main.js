// The only script every page loads. Each module finds its own elements by data attribute and does nothing else.
import { startAutosave } from "./autosave.js";
import { startConfirm } from "./confirm.js";
import { startCopy } from "./copy.js";
import { startSortable } from "./sortable.js";

document.documentElement.classList.add("js");

function showErrors(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (!summary) return;
  const prefix = `${document.body.dataset.errorPrefix}: `;
  if (!document.title.startsWith(prefix)) document.title = prefix + document.title;
  summary.focus();
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    const escaped = event.type === "keydown" && event.key === "Escape";
    if (escaped && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    if (escaped || (event.type === "click" && !menu.contains(event.target))) menu.open = false;
  }
}

function start(root) {
  startAutosave(root);
  startCopy(root);
  startSortable(root);
  showErrors(root);
}

document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);
startConfirm(document);
start(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target);
});
