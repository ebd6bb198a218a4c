// Says that new requests have come in while the list is open. Only a number is asked for, and only while it is seen.

class Inbox {
  constructor(element) {
    this.element = element;
    this.news = element.querySelector("[data-inbox-news]");
    this.show = element.querySelector("[data-inbox-show]");
    this.show.href = window.location.href;
    setInterval(() => this.look(), Number(element.dataset.seconds) * 1000);
    document.addEventListener("visibilitychange", () => this.look());
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
    this.show.hidden = false;
  }
}

for (const element of document.querySelectorAll("[data-inbox]")) new Inbox(element);
