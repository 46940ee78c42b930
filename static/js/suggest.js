// Suggestions under the search box while one types: the combobox of the ARIA Authoring Practices, with a list.
// Without this script the box is a plain one and nothing is lost.

const WAIT = 150; // milliseconds without a key before the archive is asked
const LEAST = 2; // letters
const MOST = { words: 4, names: 2, corrections: 2, places: 2, sources: 2, authors: 2, titles: 3 }; // rows of each kind, in this order

class Suggestions {
  constructor(form, number) {
    this.form = form;
    this.box = form.querySelector("input[type=search]");
    this.list = form.appendChild(document.createElement("ul"));
    this.list.id = `suggestions-${number}`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.dataset.label);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    })) this.box.setAttribute(name, value);
    this.typed = this.box.value;
    this.at = -1;
    this.box.addEventListener("input", () => this.later());
    this.box.addEventListener("keydown", (event) => this.press(event));
    this.box.addEventListener("blur", () => this.close());
    // A press on a suggestion must not take the focus from the box before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  later() {
    this.typed = this.box.value;
    clearTimeout(this.timer);
    this.asking?.abort();
    if (this.typed.trim().length < LEAST) return this.close();
    this.timer = setTimeout(() => this.ask(this.typed), WAIT);
  }

  async ask(typed) {
    this.asking = new AbortController();
    const address = new URL(this.form.dataset.suggest, location.href);
    address.search = new URLSearchParams({ q: typed, format: "json" });
    try {
      const answer = await fetch(address, { signal: this.asking.signal });
      if (answer.ok && this.typed === typed && document.activeElement === this.box) this.show(await answer.json());
    } catch (problem) {
      if (problem.name !== "AbortError") this.close();
    }
  }

  show(found) {
    this.list.replaceChildren();
    for (const [kind, most] of Object.entries(MOST))
      for (const row of (found[kind] ?? []).slice(0, most)) this.list.append(this.option(kind, row));
    this.at = -1;
    this.box.removeAttribute("aria-activedescendant");
    this.open(this.options.length > 0);
  }

  option(kind, row) {
    const option = document.createElement("li");
    const text = document.createElement("bdi");
    option.id = `${this.list.id}-${this.list.childElementCount}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.text = row.text;
    option.dataset.url = row.url ?? "";
    text.dir = "auto";
    text.textContent = row.text;
    option.append(text);
    if (this.form.dataset[kind]) {
      const label = document.createElement("span");
      label.className = "suggestion-kind";
      label.textContent = this.form.dataset[kind];
      option.append(" ", label);
    }
    return option;
  }

  press(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && !this.list.hidden) {
      this.box.value = this.typed;
      this.close();
    } else if (event.key === "Enter" && this.at >= 0) {
      this.take(this.options[this.at]);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && this.options.length) {
      this.open(true);
      this.go(event.key === "ArrowDown" ? 1 : -1);
    } else return;
    event.preventDefault();
  }

  // From the box through the list and back to the box, where what was typed stands again.
  go(step) {
    const options = this.options;
    const places = options.length + 1;
    this.at = ((this.at + 1 + step + places) % places) - 1;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.at)));
    const chosen = options[this.at];
    if (chosen) {
      this.box.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else this.box.removeAttribute("aria-activedescendant");
    this.box.value = chosen && !chosen.dataset.url ? chosen.dataset.text : this.typed;
  }

  take(option) {
    if (!option) return;
    if (option.dataset.url) location.assign(option.dataset.url);
    else {
      this.box.value = option.dataset.text;
      this.close();
      this.form.requestSubmit();
    }
  }

  open(wanted) {
    this.list.hidden = !wanted;
    this.box.setAttribute("aria-expanded", String(wanted));
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.at = -1;
    this.box.removeAttribute("aria-activedescendant");
    this.open(false);
  }
}

document.querySelectorAll("form[data-suggest]").forEach((form, number) => new Suggestions(form, number));
