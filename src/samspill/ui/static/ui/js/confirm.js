// data-confirm="Question?" on a form or a submit button: asks in a native dialog before the form goes.
// Without script the form goes at once, so whatever cannot be undone has its own confirmation page.
const agreed = new WeakSet();

function buildDialog(question, yes) {
  const template = document.getElementById("confirm-dialog");
  const dialog = template.content.firstElementChild.cloneNode(true);
  const text = dialog.querySelector("[data-confirm-text]");
  text.textContent = question;
  text.id = "confirm-text";
  dialog.setAttribute("aria-labelledby", text.id);
  if (yes) dialog.querySelector("[data-confirm-yes]").textContent = yes;
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}

function ask(event) {
  const form = event.target;
  const button = event.submitter;
  const asking = button?.dataset.confirm ? button : form;
  if (!asking.dataset.confirm || agreed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const dialog = buildDialog(asking.dataset.confirm, asking.dataset.confirmYes);
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return button?.focus();
    agreed.add(form);
    return form.requestSubmit(button);
  });
  dialog.showModal();
}

export function startConfirm(root) {
  root.addEventListener("submit", ask, { capture: true });
}
