// Says that new requests have come in while the list is open. Only a number is asked for, and only while it is seen.

class Inbox {
  constructor(element) {
    this.element = element;
    this.title = document.title;
    this.news = element.querySelector("[data-inbox-news]");
    this.show = element.querySelector("[data-inbox-show]");
    setInterval(() => this.look(), Number(element.dataset.seconds) * 1000);
    document.addEventListener("visibilitychange", () => this.look());
    // What else can be filtered by depends on the form: another one needs the whole screen anew.
    document.addEventListener("change", (event) => this.reload(event.target));
  }

  async look() {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(this.element.dataset.lookUrl, { headers: { Accept: "application/json" } });
      if (answer.ok) this.say((await answer.json()).count);
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
    this.show.hidden = false;
  }

  reload(field) {
    const form = field.closest("[data-search-form]");
    if (!form || field.name !== "form_id") return;
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    window.location.assign(`${this.element.dataset.indexUrl}?${new URLSearchParams(chosen)}`);
  }
}

for (const element of document.querySelectorAll("[data-inbox]")) new Inbox(element);
