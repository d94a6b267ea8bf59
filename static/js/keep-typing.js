// Nothing typed is lost: until the site has it, a form's text is kept in this browser, for its writer alone.
// Cards save themselves with htmx; this script keeps what was not saved, sends it when it can, and says so.
const PREFIX = "kept:";
const LONGEST_MS = 30 * 24 * 3600 * 1000;
const RETRY_MS = 10000;
const QUIET_MS = 30000;

const bar = document.querySelector("[data-saving]");
const line = bar?.querySelector("[role=status]");
let said = "";
let saidAt = 0;

// The line is read out when the state changes, and not again for each pause in typing.
function say(state, extra = "") {
  if (!line || (state === said && Date.now() - saidAt < QUIET_MS)) return;
  said = state;
  saidAt = Date.now();
  bar.dataset.state = state;
  line.textContent = `${bar.getAttribute(`data-text-${state}`)} ${extra}`.trim();
}

function read(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (name === "csrfmiddlewaretoken" || typeof value !== "string") continue;
    (values[name] ??= []).push(value);
  }
  return values;
}

function write(form, values) {
  for (const field of form.elements) {
    if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "submit" || field.type === "file") continue;
    const kept = values[field.name] ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = kept.includes(field.value);
    else if (kept.length) [field.value] = kept;
  }
}

function same(one, other) {
  const words = (values) => JSON.stringify(Object.entries(values).filter(([name]) => name !== "base").sort());
  return words(one) === words(other);
}

class Kept {
  constructor(form) {
    this.form = form;
    this.key = PREFIX + form.dataset.keep;
    this.saves = form.hasAttribute("hx-post");
    this.dirty = false;
    form.addEventListener("input", () => this.keep());
    form.addEventListener("change", () => this.keep());
    if (this.saves) this.listen();
    this.restore();
  }

  listen() {
    const { form } = this;
    form.addEventListener("htmx:beforeRequest", () => { this.sent = read(form); });
    form.addEventListener("htmx:sendError", () => this.failed("offline"));
    form.addEventListener("htmx:timeout", () => this.failed("offline"));
    form.addEventListener("htmx:responseError", (event) => {
      const signedOut = [401, 403].includes(event.detail.xhr.status);
      this.failed(signedOut ? "signed-out" : "offline");
    });
    form.addEventListener("card-saved", (event) => this.saved(event.detail.at));
    form.addEventListener("card-refused", () => say("refused"));
    form.addEventListener("card-collided", () => say("collided"));
  }

  keep() {
    this.dirty = true;
    const entry = { when: Date.now(), values: read(this.form) };
    try {
      localStorage.setItem(this.key, JSON.stringify(entry));
    } catch {
      // A full or forbidden store: the text stays in the form.
    }
    if (this.saves) say("unsaved");
  }

  saved(at) {
    // Typed on while it was under way: the rest is sent with the next save.
    if (!same(this.sent, read(this.form))) return;
    this.dirty = false;
    localStorage.removeItem(this.key);
    if (!all.some((each) => each.saves && each.dirty)) say("saved", at);
  }

  failed(state) {
    this.dirty = true;
    say(state);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), RETRY_MS);
  }

  send() {
    if (this.saves && this.dirty && this.form.isConnected) window.htmx.trigger(this.form, "retry");
  }

  restore() {
    let entry = null;
    try {
      entry = JSON.parse(localStorage.getItem(this.key));
    } catch {
      localStorage.removeItem(this.key);
    }
    if (!entry) return;
    if (Date.now() - entry.when > LONGEST_MS || same(entry.values, read(this.form))) {
      localStorage.removeItem(this.key);
      return;
    }
    write(this.form, entry.values);
    this.dirty = true;
    const notice = this.form.querySelector("[data-kept-notice]");
    if (notice) notice.textContent = this.form.dataset.textRestored;
    this.form.closest("details")?.setAttribute("open", "");
    if (this.saves) {
      say("restored");
      this.timer = setTimeout(() => this.send(), 500);
    }
  }
}

// What began this draft has arrived; what was settled needs no keeping.
document.querySelectorAll("[data-forget]").forEach((place) => {
  const key = PREFIX + place.dataset.forget;
  const entry = JSON.parse(localStorage.getItem(key) ?? "null");
  if (entry?.values.key?.[0] === place.dataset.forgetKey) localStorage.removeItem(key);
});
document.addEventListener("submit", (event) => {
  const settles = event.target.dataset?.settles;
  if (settles) localStorage.removeItem(PREFIX + settles);
});

const all = [...document.querySelectorAll("form[data-keep]")].map((form) => new Kept(form));
window.addEventListener("online", () => all.forEach((each) => each.send()));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") all.forEach((each) => each.send());
});
