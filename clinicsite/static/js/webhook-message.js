// A webhook's message that is about to be sent: its page is shown anew once something came of it.

const SECONDS = 1;
const LOOKS = 60;
const waiting = document.querySelector("[data-waiting]");
let looks = 0;

async function look() {
  try {
    const response = await fetch(waiting.dataset.waiting, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(response.status);
    const now = await response.json();
    if (now.state !== "pending" || now.tries !== Number(waiting.dataset.tries)) {
      location.reload();
      return;
    }
  } catch {
    // The network is away: the next look may find it again.
  }
  looks += 1;
  if (looks < LOOKS) setTimeout(look, SECONDS * 1000);
}

if (waiting) setTimeout(look, SECONDS * 1000);
