// The keys of an article's form, and a warning before what was typed is lost. Letters are told by their place on the
// keyboard (event.code): an Arabic layout writes others there.

const form = document.getElementById("article_form");

const press = (selector) => form.querySelector(selector)?.click();

const KEYS = {
  Enter: () => press('[data-key="save-next"]'),
  NumpadEnter: () => press('[data-key="save-next"]'),
  KeyJ: () => press('[data-key="next"]'),
  KeyK: () => press('[data-key="previous"]'),
};

function typed() {
  const data = new FormData(form);
  for (const name of ["csrfmiddlewaretoken", "_capture", "_version", "_reason"]) data.delete(name);
  return JSON.stringify([...data].map(([name, value]) => [name, String(value)]));
}

if (form) {
  let asOpened = "";
  let isSent = false;
  // Once the admin's own scripts have made their widgets.
  addEventListener("load", () => { asOpened = typed(); });

  document.addEventListener("keydown", (event) => {
    if (event.code === "KeyS" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      press('[name="_continue"]');
    } else if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.code in KEYS) {
      event.preventDefault();
      KEYS[event.code]();
    }
  });

  form.addEventListener("submit", () => { isSent = true; });
  addEventListener("pageshow", () => { isSent = false; });
  addEventListener("beforeunload", (event) => {
    const isUnsaved = form.querySelector("[data-unsaved]") || (asOpened && typed() !== asOpened);
    if (isUnsaved && !isSent) event.preventDefault();
  });
}
