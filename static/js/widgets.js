// Names for what Django's own widgets leave without one, said to those who listen to the page. They are made by scripts:
// without scripts there is nothing to name.

const words = document.currentScript.dataset;

function nameAutocomplete(select) {
  const label = select.labels[0];
  const shown = select.nextElementSibling?.querySelector(".select2-selection");
  if (!label || !shown) return;
  label.id ||= `${select.id}-label`;
  const chosen = shown.querySelector(".select2-selection__rendered");
  if (chosen.getAttribute("role") === "textbox") chosen.setAttribute("aria-labelledby", label.id);
  shown.setAttribute("aria-labelledby", chosen.id ? `${label.id} ${chosen.id}` : label.id);
  shown.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", label.id);
}

function nameMoment(input) {
  const row = input.closest(".form-row")?.querySelector("legend, label");
  const part = input.previousSibling?.textContent ?? "";
  if (row && !input.labels.length) input.setAttribute("aria-label", `${row.textContent} ${part}`.trim());
}

function nameTooltips(box) {
  const [available, chosen] = box.querySelectorAll(".search-label-icon");
  for (const icon of [available, chosen]) icon?.setAttribute("role", "img");
  chosen?.setAttribute("aria-label", words.filterChosen);
}

function nameAutocompletes() {
  document.querySelectorAll("select.admin-autocomplete").forEach(nameAutocomplete);
}

// Select2's boxes are made when its library is ready, on a quick page after everything has loaded.
new MutationObserver((changes) => {
  const made = changes.flatMap(({ addedNodes }) => [...addedNodes]);
  if (made.some((node) => node.classList?.contains("select2-container"))) nameAutocompletes();
}).observe(document.body, { childList: true, subtree: true });

// Once the admin's own scripts have made their widgets.
addEventListener("load", () => {
  document.querySelectorAll(".inline-group th.original").forEach((head) => { head.textContent ||= words.row; });
  document.querySelectorAll(".inline-group thead th:last-child").forEach((head) => {
    if (!head.textContent.trim()) head.textContent = words.verbs;
  });
  nameAutocompletes();
  document.querySelectorAll(".datetime input").forEach(nameMoment);
  document.querySelectorAll(".selector").forEach(nameTooltips);
});

// The box in which a single choice is looked for is made when it is opened.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".select2-dropdown .select2-search__field")) target.setAttribute("aria-label", words.search);
});
