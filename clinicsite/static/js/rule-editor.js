// Draws the rule of a step or field in Wagtail's page editor: "Show this only when…".
//
// The questions to choose from are read from the editor itself, as it stands: each block there, saved or not, carries its
// id in a hidden input (Wagtail makes the id in the browser), and so does each choice. Nothing is asked of the server.

(() => {
  const BLOCK = "[data-streamfield-child]";

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

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

  const live = new Set();
  let isDue = false;

  /** Brings all rules in view up to date once what is happening now is over. */
  const refreshSoon = () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      for (const rule of live) {
        if (rule.element.isConnected) rule.refresh();
        else live.delete(rule);
      }
    });
  };

  class BoundRule {
    constructor(config, placeholder, name, id, state) {
      this.config = config;
      this.idForLabel = "";
      this.input = element("input", { type: "hidden", name, id });
      this.rows = element("div", { className: "rule__conditions" });
      this.match = element("select", { className: "rule__match" });
      for (const each of ["all", "any"]) this.match.append(new Option(config.words[each], each));
      this.match.setAttribute("aria-label", config.words.match);
      this.match.addEventListener("change", () => this.changed());
      this.none = element("p", { className: "help", textContent: config.words.none_earlier });
      this.add = element("button", { type: "button", className: "button button-small button-secondary rule__add" });
      this.add.textContent = config.words.add;
      this.add.addEventListener("click", () => this.addCondition());
      this.element = element("div", { className: "rule", id: `${id}-rule` });
      this.element.append(this.input, this.match, this.rows, this.none, this.add);
      this.element.setAttribute("role", "group");
      this.element.setAttribute("aria-label", config.words.match);
      placeholder.replaceWith(this.element);
      this.setState(state);
      live.add(this);
      refreshSoon();
    }

    get own() {
      return this.element.closest(BLOCK);
    }

    getState() {
      return this.input.value;
    }

    getValue() {
      return this.input.value;
    }

    setState(state) {
      this.rule = state ? JSON.parse(state) : { match: "all", conditions: [] };
      this.match.value = this.rule.match;
      this.write();
      this.draw();
    }

    setInvalid(isInvalid) {
      this.element.toggleAttribute("data-invalid", isInvalid);
      // Unfolds the part of the block that this stands in.
      if (isInvalid) this.element.dispatchEvent(new Event("beforematch", { bubbles: true }));
    }

    setCapabilityOptions() {}

    focus() {
      (this.rows.querySelector("select") || this.add).focus();
    }

    /** Says in a line what the rule is: shown while its part of the block is folded away. */
    getTextLabel() {
      const { words, operators } = this.config;
      const lines = this.rule.conditions.filter((each) => each.question).map((condition) => {
        const question = this.questions().find((each) => each.id === condition.question);
        const known = question ? this.choices(question) : [];
        const values = [condition.value].flat().filter((value) => value !== null && value !== undefined && value !== "")
          .map((value) => known.find((choice) => choice.id === value)?.label || value);
        const label = question?.label || condition.label || words.removed_question;
        return [`“${label}”`, operators[condition.operator].label, values.join(", ")].filter(Boolean).join(" ");
      });
      if (!lines.length) return words.always;
      const joined = this.rule.match === "all" ? words.and : words.or;
      return lines.reduce((first, second) => joined.replace("{first}", first).replace("{second}", second));
    }

    questions() {
      return this.own ? questionsBefore(this.own, this.config.types) : [];
    }

    choices({ block, type }) {
      return choicesOf(block, this.config.types[type].choices);
    }

    write() {
      this.input.value = this.rule.conditions.length ? JSON.stringify(this.rule) : "";
    }

    /** Keeps what the editor did, and lets Wagtail notice it. */
    changed() {
      this.rule.match = this.match.value;
      this.write();
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    addCondition() {
      this.rule.conditions.push({ question: "", operator: "is", value: null });
      this.changed();
      this.draw();
      this.rows.lastElementChild.querySelector("select").focus();
    }

    removeCondition(index) {
      this.rule.conditions.splice(index, 1);
      this.changed();
      this.draw();
      this.add.focus();
    }

    /** Draws anew if the questions or their choices have changed, and keeps focus where it was. */
    refresh() {
      if (this.outline() === this.drawn) return;
      const controls = () => [...this.element.querySelectorAll("select, input, button")];
      const focused = controls().indexOf(document.activeElement);
      this.draw();
      if (focused >= 0) controls()[focused]?.focus();
      const heading = this.element.closest("[data-panel]")?.querySelector("[data-panel-heading-text]");
      if (heading && this.element.closest("[data-panel]").querySelector(BLOCK) === null) {
        heading.textContent = this.getTextLabel();
      }
    }

    outline() {
      return JSON.stringify(this.questions().map(({ block, ...question }) => [question, this.choices({ block, ...question })]));
    }

    draw() {
      this.drawn = this.outline();
      const questions = this.questions();
      this.rows.replaceChildren(...this.rule.conditions.map((each, index) => this.drawCondition(each, index, questions)));
      this.match.hidden = this.rule.conditions.length < 2;
      this.add.hidden = questions.length === 0;
      this.none.hidden = questions.length > 0;
      // The questions may have new words, which the rule remembers.
      this.write();
    }

    drawCondition(condition, index, questions) {
      const { words } = this.config;
      const question = questions.find((each) => each.id === condition.question);
      if (question) condition.label = question.label;
      const remove = element("button", { type: "button", className: "button button-small button-secondary no" });
      remove.textContent = words.remove.replace("{number}", index + 1);
      remove.addEventListener("click", () => this.removeCondition(index));
      const row = element("fieldset", { className: "rule__condition" });
      row.append(element("legend", { textContent: words.condition.replace("{number}", index + 1) }));
      row.append(this.drawQuestion(condition, question, questions));
      if (question) row.append(this.drawOperator(condition, question), ...this.drawValue(condition, question));
      row.append(remove);
      return row;
    }

    drawQuestion(condition, question, questions) {
      const { words } = this.config;
      const select = this.labelled(element("select"), words.question);
      select.append(new Option(words.choose, ""));
      for (const each of questions) select.append(new Option(each.label || words.unnamed, each.id));
      if (condition.question && !question) {
        const label = words.gone.replace("{label}", condition.label || words.removed_question);
        select.append(new Option(label, condition.question));
      }
      select.value = condition.question;
      select.addEventListener("change", () => {
        const chosen = questions.find((each) => each.id === select.value);
        const operators = chosen ? this.config.types[chosen.type].operators : ["is"];
        Object.assign(condition, { question: select.value, operator: operators[0], value: null });
        this.redraw(select);
      });
      return select;
    }

    drawOperator(condition, question) {
      const select = this.labelled(element("select"), this.config.words.operator);
      for (const name of this.config.types[question.type].operators) {
        select.append(new Option(this.config.operators[name].label, name));
      }
      select.value = condition.operator;
      select.addEventListener("change", () => {
        const before = this.config.operators[condition.operator].operand;
        condition.operator = select.value;
        if (this.config.operators[select.value].operand !== before) condition.value = null;
        this.redraw(select);
      });
      return select;
    }

    drawValue(condition, question) {
      const { operand } = this.config.operators[condition.operator];
      const kind = this.config.types[question.type].operand;
      if (operand === "none") return [];
      if (kind !== "choice") return [this.drawTyped(condition, kind)];
      const choices = this.choices(question);
      for (const value of [condition.value].flat()) {
        const isKnown = !value || choices.some((choice) => choice.id === value);
        if (!isKnown) choices.push({ id: value, label: this.config.words.removed_choice });
      }
      return operand === "many" ? [this.drawMany(condition, choices)] : [this.drawOne(condition, choices)];
    }

    drawOne(condition, choices) {
      const select = this.labelled(element("select"), this.config.words.value);
      select.append(new Option(this.config.words.choose, ""));
      for (const choice of choices) select.append(new Option(choice.label, choice.id));
      select.value = condition.value ?? "";
      select.addEventListener("change", () => {
        condition.value = select.value || null;
        this.changed();
      });
      return select;
    }

    drawMany(condition, choices) {
      const group = this.labelled(element("div", { className: "rule__choices" }), this.config.words.value);
      group.setAttribute("role", "group");
      const boxes = choices.map((choice) => {
        const checked = (condition.value || []).includes(choice.id);
        return element("input", { type: "checkbox", value: choice.id, checked });
      });
      boxes.forEach((box, index) => group.append(element("label", {}, box, ` ${choices[index].label}`)));
      group.addEventListener("change", () => {
        condition.value = boxes.filter((box) => box.checked).map((box) => box.value);
        this.changed();
      });
      return group;
    }

    drawTyped(condition, kind) {
      const input = this.labelled(element("input", { type: kind }), this.config.words.value);
      if (kind === "number") input.step = "any";
      input.value = condition.value ?? "";
      input.addEventListener("input", () => {
        const typed = kind === "number" && input.value !== "" ? Number(input.value) : input.value;
        condition.value = typed === "" ? null : typed;
        this.changed();
      });
      return input;
    }

    labelled(control, label) {
      control.setAttribute("aria-label", label);
      return control;
    }

    /** Draws anew after a choice that changes what can be chosen next; focus stays on that choice. */
    redraw(control) {
      const selects = () => [...this.rows.querySelectorAll("select")];
      const position = selects().indexOf(control);
      this.changed();
      this.draw();
      selects()[position].focus();
    }
  }

  class RuleWidget {
    constructor(config) {
      this.config = config;
    }

    render(placeholder, name, id, state) {
      return new BoundRule(this.config, placeholder, name, id, state);
    }
  }

  window.telepath.register("forms.RuleWidget", RuleWidget);
  // Adding, moving, deleting, rewording: whatever changes the questions or their choices.
  for (const kind of ["click", "change", "drop", "focusin"]) document.addEventListener(kind, refreshSoon);
})();
