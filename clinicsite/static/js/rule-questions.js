// Reads the questions of a form, and the choices of each, from Wagtail's page editor as it stands.
//
// Each block there, saved or not, carries its id in a hidden input (Wagtail makes the id in the browser), and so does
// each choice. Nothing is asked of the server.

window.formQuestions = (() => {
  const BLOCK = "[data-streamfield-child]";

  const inputOf = (block, part) => block.querySelector(`:scope > input[type=hidden][name$="-${part}"]`);

  const isDeleted = (block) => {
    for (let each = block; each; each = each.parentElement.closest(BLOCK)) {
      if (inputOf(each, "deleted")?.value) return true;
    }
    return false;
  };

  const labelOf = (block) => block.querySelector('[data-contentpath="label"] input')?.value.trim() || "";

  /** Returns the choices of a question: those the editor wrote, those ticked of a fixed list, or those that are `known`. */
  const choicesOf = (block, known = []) => {
    const written = [...block.querySelectorAll(`[data-contentpath="choices"] ${BLOCK}`)]
      .filter((choice) => !isDeleted(choice))
      .map((choice) => ({ id: inputOf(choice, "id").value, label: labelOf(choice) }));
    const ticked = [...block.querySelectorAll('[data-contentpath="offered"] input:checked')]
      .map((box) => ({ id: box.value, label: box.labels[0]?.textContent.trim() || box.value }));
    // Pages of the site: those the editor limited the question to, else all there are.
    const pages = [...block.querySelectorAll('[data-contentpath="only"] input')];
    const some = pages.filter((box) => box.checked);
    ticked.push(...(some.length ? some : pages).map((box) => ({ id: box.value, label: box.labels[0]?.textContent.trim() })));
    const wordsIn = (part) => part && block.querySelector(`[data-contentpath="${part}"] input`)?.value.trim();
    const given = known.map(({ id, label, part }) => ({ id, label: wordsIn(part) || label }));
    return [...written, ...ticked, ...given].filter((choice) => choice.label);
  };

  /** Returns the questions that come before `own`, a step's or field's block, in the order of the page. */
  const questionsBefore = (own, types) => {
    const root = own.closest('[data-contentpath="steps"]') || document;
    return [...root.querySelectorAll(`[data-contentpath="fields"] ${BLOCK}`)]
      .map((block) => ({ block, type: inputOf(block, "type")?.value }))
      .filter(({ block, type }) => types[type]?.operators.length && !isDeleted(block))
      .filter(({ block }) => own.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_PRECEDING)
      .filter(({ block }) => !own.contains(block) && !block.contains(own))
      .map(({ block, type }) => ({ id: inputOf(block, "id").value, type, label: labelOf(block), block }));
  };

  return { BLOCK, choicesOf, questionsBefore };
})();
