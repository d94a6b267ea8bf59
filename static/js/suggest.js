// Suggestions while typing: the WAI-ARIA combobox with a list and manual selection. Focus stays in the box.
// Without this script the box is a plain search box, and so it stays when the answers don't come.
const PAUSE_MS = 120;
const SHORTEST = 2;

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

class Suggestions {
  constructor(input) {
    this.input = input;
    this.options = [];
    this.active = -1;
    this.known = new Map();
    this.list = element("div", {
      class: "suggest", id: `${input.id}-suggest`, role: "listbox", "aria-label": input.dataset.suggestLabel,
    });
    this.list.hidden = true;
    this.status = element("span", { class: "sr-only", role: "status" });
    input.after(this.list);
    document.body.append(this.status);
    const state = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(state)) input.setAttribute(name, value);
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    input.form?.addEventListener("submit", () => this.close());
    // The box keeps the focus while an option is clicked.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.go(event.target.closest("[role=option]")));
  }

  later() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const text = this.input.value.trim();
    if (text.length < SHORTEST) return this.close();
    const answer = this.known.get(text) ?? (await this.fetch(text));
    if (!answer || text !== this.input.value.trim() || document.activeElement !== this.input) return;
    this.known.set(text, answer);
    this.show(answer);
  }

  async fetch(text) {
    this.asking = new AbortController();
    try {
      const address = `${this.input.dataset.suggest}?${new URLSearchParams({ q: text })}`;
      const response = await fetch(address, { signal: this.asking.signal });
      return response.ok ? await response.json() : null;
    } catch {
      return null; // A newer question, or no connection: the box still searches.
    }
  }

  show(answer) {
    this.options = [];
    this.list.replaceChildren(...answer.groups.map((group) => this.group(group)));
    this.point(-1);
    this.open(this.options.length > 0);
    this.status.textContent = answer.status;
  }

  group({ kind, label, suggestions }) {
    const id = `${this.list.id}-${kind}`;
    const head = element("div", { class: "suggest__kind", id, role: "presentation" }, label);
    return element("div", { role: "group", "aria-labelledby": id }, head, ...suggestions.map((each) => this.option(each)));
  }

  option({ label, detail, url, language }) {
    const name = element("span", language ? { lang: language } : {}, label);
    const extra = detail ? [" ", element("span", { class: "suggest__detail" }, detail)] : [];
    const id = `${this.list.id}-${this.options.length}`;
    const made = element("div", { class: "suggest__option", id, role: "option", "aria-selected": "false" }, name, ...extra);
    made.dataset.url = url;
    this.options.push(made);
    return made;
  }

  open(shown) {
    this.list.hidden = !shown;
    this.input.setAttribute("aria-expanded", String(shown));
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.point(-1);
    this.open(false);
    this.status.textContent = "";
  }

  point(at) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = at;
    const option = this.options[at];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  go(option) {
    if (option) window.location.assign(option.dataset.url);
  }

  // One step past either end is the box itself.
  move(step) {
    const places = this.options.length + 1;
    this.point(((this.active + 1 + step + places) % places) - 1);
  }

  key(event) {
    if (event.isComposing) return;
    const shown = !this.list.hidden;
    const arrows = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in arrows && shown) this.move(arrows[event.key]);
    else if (event.key === "ArrowDown") this.ask();
    else if (event.key === "Escape" && shown) this.close();
    else if (event.key === "Enter" && shown && this.active >= 0) this.go(this.options[this.active]);
    else return;
    event.preventDefault();
  }
}

document.querySelectorAll("input[data-suggest]").forEach((input) => new Suggestions(input));
