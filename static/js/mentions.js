// Names while typing "@…": the WAI-ARIA listbox of a textarea. The focus stays in the text.
// Without this script a name is typed out; the server finds whom it means either way.
const PAUSE_MS = 150;
const TYPED = /(?:^|[^\p{L}\p{N}@._])@([\p{L}][\p{L}\p{N} .'’-]{0,40})$/u;

class Mentions {
  constructor(box) {
    this.box = box;
    this.text = box.querySelector("textarea");
    this.active = -1;
    this.list = document.createElement("div");
    this.list.className = "mention-list";
    this.list.id = `${this.text.id}-mentions`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", box.dataset.label);
    this.list.hidden = true;
    this.text.after(this.list);
    this.text.setAttribute("aria-controls", this.list.id);
    this.text.setAttribute("aria-autocomplete", "list");
    this.text.addEventListener("input", () => this.later());
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
    // Somebody may have begun before the script was here.
    if (document.activeElement === this.text) this.later();
  }

  typed() {
    return this.text.value.slice(0, this.text.selectionStart).match(TYPED)?.[1] ?? "";
  }

  later() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const typed = this.typed();
    if (!typed.trim()) return this.close();
    this.asking = new AbortController();
    try {
      const query = new URLSearchParams({ page: this.box.dataset.page, q: typed });
      const response = await fetch(`${this.box.dataset.people}?${query}`, { signal: this.asking.signal });
      if (response.ok && typed === this.typed()) this.show(await response.text());
    } catch {
      this.close(); // A newer question, or no connection.
    }
  }

  // The server's own markup, escaped there.
  show(html) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    this.list.replaceChildren(...parsed.body.children);
    this.options = [...this.list.querySelectorAll("[role=option]")];
    this.list.hidden = this.options.length === 0;
    this.mark(this.options.length ? 0 : -1);
  }

  mark(index) {
    this.active = index;
    this.options?.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index >= 0) {
      this.text.setAttribute("aria-activedescendant", this.options[index].id);
      this.options[index].scrollIntoView({ block: "nearest" });
    } else this.text.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (this.list.hidden) return;
    const count = this.options.length;
    if (event.key === "ArrowDown") this.mark((this.active + 1) % count);
    else if (event.key === "ArrowUp") this.mark((this.active - 1 + count) % count);
    else if (event.key === "Enter") this.choose(this.options[this.active]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  choose(option) {
    if (!option) return;
    const end = this.text.selectionStart;
    const start = end - this.typed().length;
    this.text.setRangeText(`${option.dataset.written} `, start, end, "end");
    this.close();
    this.text.focus();
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
    clearTimeout(this.timer);
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.mark(-1);
  }
}

for (const box of document.querySelectorAll(".mention-box")) new Mentions(box);
