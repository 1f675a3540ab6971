// <button data-copy="#id-of-input-or-element" data-copied="Copied">: copies and says so in the button.
async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  const text = "value" in source ? source.value : source.textContent.trim();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // The clipboard is closed to pages without TLS: mark the text so that Ctrl+C does it.
    selectText(source);
    return;
  }
  announce(button);
}

function selectText(source) {
  if (source.select) return source.select();
  return window.getSelection().selectAllChildren(source);
}

function announce(button) {
  const label = button.querySelector("[data-copy-label]") ?? button;
  const before = label.textContent;
  label.textContent = button.dataset.copied;
  label.setAttribute("role", "status");
  setTimeout(() => {
    label.textContent = before;
  }, 2500);
}

export function startCopy(root) {
  for (const button of root.querySelectorAll("button[data-copy]:not([data-ready])")) {
    button.dataset.ready = "";
    button.addEventListener("click", () => copy(button));
  }
}
