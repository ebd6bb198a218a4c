// Says that new requests have come in while the list is open, and puts them into it. Only a number is asked for, and only
// while the list is seen.

class Inbox {
  constructor(element) {
    this.element = element;
    this.title = document.title;
    this.news = element.querySelector("[data-inbox-news]");
    this.show = element.querySelector("[data-inbox-show]");
    this.known = element.dataset.known;
    this.show.addEventListener("click", (event) => this.refresh(event));
    setInterval(() => this.look(), Number(element.dataset.seconds) * 1000);
    document.addEventListener("visibilitychange", () => this.look());
    // What else can be filtered by depends on the form: another one needs the whole screen anew.
    document.addEventListener("change", (event) => this.reload(event.target));
  }

  async look() {
    if (document.visibilityState !== "visible") return;
    try {
      const query = this.query({ known: this.known });
      const answer = await fetch(`${this.element.dataset.lookUrl}?${query}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const { count, known } = await answer.json();
      this.next = known;
      this.say(count);
    } catch {
      // Offline for a moment: the next look tells.
    }
  }

  say(count) {
    if (!count) return;
    const { one, many } = this.element.dataset;
    const words = count === 1 ? one : many.replace("{number}", count);
    // A live region: said again only when it changes.
    if (this.news.textContent !== words) this.news.textContent = words;
    document.title = `(${count}) ${this.title}`;
    this.show.href = `${this.element.dataset.indexUrl}?${this.query({ status: "new" })}`;
    this.show.hidden = false;
  }

  // The list as it is filtered now: its own scripts keep the address up to date.
  query(changes) {
    const query = new URLSearchParams(window.location.search);
    query.delete("p");
    for (const [name, value] of Object.entries(changes)) query.set(name, value);
    return query;
  }

  // Where the list would not show new requests, the link leads to one that does.
  refresh(event) {
    const form = document.querySelector("[data-search-form]");
    const statuses = this.query({}).getAll("status");
    if (!form || (statuses.length && !statuses.includes("new"))) return;
    event.preventDefault();
    this.known = this.next;
    this.news.textContent = "";
    document.title = this.title;
    const results = document.querySelector("#listing-results");
    results.tabIndex = -1;
    results.focus();
    this.show.hidden = true;
    // Wagtail's own script loads the results anew when a filter changes.
    form.dispatchEvent(new Event("change"));
  }

  reload(field) {
    const form = field.closest("[data-search-form]");
    if (!form || field.name !== "form_id") return;
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    window.location.assign(`${this.element.dataset.indexUrl}?${new URLSearchParams(chosen)}`);
  }
}

for (const element of document.querySelectorAll("[data-inbox]")) new Inbox(element);
