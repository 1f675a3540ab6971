// Counts the answered statements while the form is filled in.
const form = document.querySelector("form.questionnaire");
const count = form.querySelector("[data-count]");
const statements = [...form.querySelectorAll("[data-statement]")];

function show() {
  const answered = statements.filter((each) => {
    const chosen = each.querySelector("input:checked") !== null;
    each.toggleAttribute("data-answered", chosen);
    return chosen;
  }).length;
  count.textContent = count.dataset.text.replace("%(n)s", answered).replace("%(all)s", statements.length);
}

form.addEventListener("change", show);
show();
