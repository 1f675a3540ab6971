// One way to send a form's data: same origin, with the page's CSRF token, never cached, never redirected silently.
export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

export function newKey() {
  // randomUUID exists only on https and localhost; a practice server on a LAN has neither.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function send(url, data, headers = {}) {
  const response = await fetch(url, {
    method: "POST",
    body: data,
    credentials: "same-origin",
    cache: "no-store",
    redirect: "error",
    headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch", ...headers },
  });
  return response;
}
