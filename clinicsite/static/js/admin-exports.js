// The export screen: columns move and are ticked without a round trip to the server, which does the same without this.

const list = document.querySelector(".export__columns");
const status = document.querySelector("[data-moved]");

function move(button) {
  const [direction] = button.value.split(":");
  const item = button.closest("li");
  const other = direction === "up" ? item.previousElementSibling : item.nextElementSibling;
  if (other) {
    other[direction === "up" ? "before" : "after"](item);
    button.focus();
  }
  status.textContent = status.dataset.moved.replace("%s", [...list.children].indexOf(item) + 1);
}

if (list) {
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=action]");
    if (button) {
      event.preventDefault();
      move(button);
    }
  });
  const tools = document.querySelector(".export__all");
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const wanted = event.target.dataset.tick;
    if (wanted) {
      for (const box of list.querySelectorAll("input[type=checkbox]")) box.checked = wanted === "all";
    }
  });
}

const SECONDS = 2;
const progress = document.querySelector("[data-progress]");

async function look() {
  try {
    const response = await fetch(progress.dataset.progress, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(response.status);
    const now = await response.json();
    if (!now.is_under_way) {
      location.reload();
      return;
    }
    const bar = progress.querySelector("progress");
    bar.max = now.total || 1;
    bar.value = now.done;
    const words = progress.querySelector("[data-words]");
    if (words.textContent !== now.words) words.textContent = now.words;
  } catch {
    // The network is away: the next look may find it again.
  }
  setTimeout(look, SECONDS * 1000);
}

if (progress) setTimeout(look, SECONDS * 1000);
