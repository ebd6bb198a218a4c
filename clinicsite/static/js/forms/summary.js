// The list of what is wrong, above a form: as the server writes it, and for what the browser finds itself.

/** The whole of a form in a page: its messages, and the form itself. */
export const areaOf = (form) => form.closest("[data-form-area]");

/** Returns a copy of what a template of this form's area holds. */
export const copyOf = (form, name) =>
  areaOf(form).querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);

const summaryOf = (form) => areaOf(form).querySelector("[data-error-summary]");

/** A reader who looks at the tab, or hears the title first, knows that something is to be put right. */
const markTitle = () => {
  const { errorTitle: prefix } = document.querySelector("[data-error-title]").dataset;
  const isWrong = document.querySelector("[data-error-summary]") !== null;
  const plain = document.title.startsWith(prefix) ? document.title.slice(prefix.length) : document.title;
  document.title = isWrong ? prefix + plain : plain;
};

/** Lists the problems above the form and moves focus there; `reveal` brings a control's step into view. */
export const showSummary = (form, problems, reveal) => {
  summaryOf(form)?.remove();
  const summary = copyOf(form, "summary");
  summary.removeAttribute("autofocus");
  const list = summary.querySelector("ul");
  for (const { control, message } of problems) {
    const link = Object.assign(document.createElement("a"), { href: `#${control.id}`, textContent: message });
    list.appendChild(document.createElement("li")).append(link);
  }
  form.before(summary);
  follow(summary, reveal);
  summary.focus();
  markTitle();
};

export const clearSummary = (form) => {
  summaryOf(form)?.remove();
  markTitle();
};

/** Has a summary that the server wrote lead into steps that are out of view, and moves focus to it. */
export const adoptSummary = (form, reveal) => {
  const summary = summaryOf(form);
  if (!summary) return;
  follow(summary, reveal);
  summary.focus();
  markTitle();
};

const follow = (summary, reveal) => {
  summary.addEventListener("click", (event) => {
    const control = event.target.hash && document.getElementById(event.target.hash.slice(1));
    if (!control) return;
    // Not as a link: its address would become a step back of its own.
    event.preventDefault();
    reveal(control);
    control.focus({ preventScroll: true });
    (control.closest(".field") ?? control).scrollIntoView({ block: "nearest" });
  });
};
