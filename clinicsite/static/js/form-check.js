// Keeps the form check beside a form's editor up to date with what is typed, and leads from a finding to its place.

(() => {
  const QUIET = 1500; // Milliseconds without a change before the form is checked anew.
  const BLOCK = "[data-streamfield-child]";
  const form = () => document.querySelector("form[data-edit-form]");
  let timer;
  let request;
  let checked;

  const panel = () => document.querySelector("[data-form-check]");

  /** Returns where a finding is: the block with an id, or a field of the page; null where neither is in the editor. */
  const placeOf = ({ block, for: field }) => {
    const ids = [...document.querySelectorAll(`${BLOCK} > input[type=hidden][name$="-id"]`)];
    const found = block && ids.find((input) => input.value === block)?.closest(BLOCK);
    return found || (field && document.querySelector(`[data-contentpath="${field}"]`)) || null;
  };

  const goTo = (place) => {
    // Opens the panels that the place stands in.
    place.dispatchEvent(new Event("beforematch", { bubbles: true }));
    // On a narrow screen the side panel lies over the form.
    if (window.matchMedia("(max-width: 800px)").matches) document.querySelector("[data-form-side-close-button]").click();
    place.scrollIntoView({ block: "start" });
    const visible = (controls) => [...place.querySelectorAll(controls)].find((control) => control.offsetParent !== null);
    // What can be written in comes first: the buttons of a block stand above it.
    const control = visible("input:not([type=hidden]), textarea, select, [contenteditable=true]") || visible("button");
    control?.focus();
  };

  const show = (html) => {
    const results = panel().querySelector("[data-form-check-results]");
    // The same words again need not be said again.
    if (results.innerHTML === html) return;
    results.innerHTML = html;
    for (const button of results.querySelectorAll("[data-block]")) button.hidden = !placeOf(button.dataset);
    const number = results.querySelector("[data-count]")?.dataset.count || "0";
    const counter = document.querySelector('[data-side-panel-toggle="form-check"] [data-side-panel-toggle-counter]');
    if (!counter) return;
    counter.textContent = number;
    counter.hidden = number === "0";
  };

  const check = async ({ again = false } = {}) => {
    const data = new FormData(form());
    const state = JSON.stringify([panel().dataset.formCheck, ...data]);
    if (state === checked && !again) return;
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(panel().dataset.formCheck, { method: "POST", body: data, signal: request.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      show(await answer.text());
      checked = state;
    } catch (error) {
      if (error.name === "AbortError") return;
      const failed = document.createElement("p");
      failed.textContent = panel().dataset.failed;
      show(failed.outerHTML);
    }
  };

  const checkSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(check, QUIET);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-form-check-again], [data-form-check] [data-block]");
    if (button?.matches("[data-block]")) goTo(placeOf(button.dataset));
    else if (button) check({ again: true });
    else if (form()?.contains(event.target)) checkSoon();
  });
  for (const kind of ["input", "change", "keyup", "drop"]) {
    document.addEventListener(kind, (event) => form()?.contains(event.target) && checkSoon());
  }
  document.addEventListener("w-autosave:success", checkSoon);
  if (document.readyState === "complete") checkSoon();
  else window.addEventListener("load", checkSoon);
})();
