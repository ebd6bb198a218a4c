// What single questions do beside being answered. All of it works without: the server checks and keeps the same.

/** A choice that rules out the others unticks them, and they untick it. */
const keepExclusive = (field) => {
  const boxes = [...field.querySelectorAll('input[type="checkbox"]')];
  if (!boxes.some((box) => "exclusive" in box.dataset)) return;
  field.addEventListener("change", ({ target }) => {
    if (!target.checked || target.type !== "checkbox") return;
    const isAlone = "exclusive" in target.dataset;
    for (const box of boxes) {
      if (box !== target && (isAlone || "exclusive" in box.dataset)) box.checked = false;
    }
  });
};

/** The box to write in shows while its choice is chosen; it must be filled in then. */
const showOther = (part) => {
  const field = part.closest("[data-field]");
  const box = part.querySelector("input");
  const show = () => {
    const isChosen = [...field.querySelectorAll("input, option")].some(
      (each) => each.value === part.dataset.other && (each.checked || each.selected),
    );
    part.hidden = !isChosen;
    box.required = isChosen;
    box.setCustomValidity(isChosen && !box.value.trim() ? part.dataset.missing : "");
  };
  field.addEventListener("input", show);
  field.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
};

/** Pressing an area of the drawing ticks its box, and every tick shows in the drawing. */
const linkDrawing = (drawing) => {
  const field = drawing.closest("fieldset");
  const boxFor = (area) => field.querySelector(`input[value="${area.dataset.area}"]`);
  drawing.addEventListener("click", ({ target }) => {
    const area = target.closest("[data-area]");
    if (area) boxFor(area).click();
  });
  drawing.dataset.live = "";
};

/** Returns why the files chosen could not be sent, in the server's own words; empty where they can. */
const problemWithFiles = ({ files, accept }, kept, words) => {
  const isTaken = ({ type }) => !type || accept.split(",").includes(type); // Not every system knows every type.
  for (const file of files) {
    const reason = file.size > Number(words.maxBytes) ? "tooLarge" : !file.size ? "empty" : !isTaken(file) && "type";
    if (reason) return words[reason].replace("{name}", file.name);
  }
  return files.length + kept > Number(words.most) ? words.tooMany : "";
};

/** A file that would be refused is told of as soon as it is chosen: not after minutes of sending it. */
const checkFiles = (field) => {
  const input = field.querySelector("input[type=file]");
  field.addEventListener("input", () => {
    const kept = field.querySelectorAll(".kept-files input:checked").length;
    input.setCustomValidity(problemWithFiles(input, kept, field.dataset));
  });
};

/** Has the questions of a form help with their answers. */
export const beginFields = (form) => {
  form.querySelectorAll(".field--upload").forEach(checkFiles);
  form.querySelectorAll("[data-field]").forEach(keepExclusive);
  form.querySelectorAll("[data-other]").forEach(showOther);
  form.querySelectorAll(".body-areas__drawing").forEach(linkDrawing);
};
