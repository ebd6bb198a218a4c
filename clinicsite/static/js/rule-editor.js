// Draws the rule of a part of a form in Wagtail's page editor: "Show this only when…", "Tell them only when…".
//
// A rule is a list of conditions that must all be true, or any of them; a group of conditions may stand in place of one.

(() => {
  const { BLOCK, choicesOf, questionsBefore } = window.formQuestions;

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const labelled = (control, label) => {
    control.setAttribute("aria-label", label);
    return control;
  };

  const button = (label, onClick, className = "") => {
    const made = element("button", { type: "button", className: `button button-small button-secondary ${className}` });
    made.textContent = label;
    made.addEventListener("click", onClick);
    return made;
  };

  const isGroup = (part) => Array.isArray(part.conditions);
  const emptyCondition = () => ({ question: "", operator: "is", value: null });

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
      this.body = element("div", { className: "rule__body" });
      this.element = element("div", { className: "rule", id: `${id}-rule` }, this.input, this.body);
      this.element.setAttribute("role", "group");
      labelled(this.element, config.words.match);
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
      this.draw();
    }

    setInvalid(isInvalid) {
      this.element.toggleAttribute("data-invalid", isInvalid);
      // Unfolds the part of the block that this stands in.
      if (isInvalid) this.element.dispatchEvent(new Event("beforematch", { bubbles: true }));
    }

    setCapabilityOptions() {}

    focus() {
      this.body.querySelector("select:not([hidden]), button").focus();
    }

    /** Says in a line what the rule is: shown while its part of the block is folded away. */
    getTextLabel() {
      return this.textOf(this.rule) || this.config.words.always;
    }

    textOf({ match, conditions }) {
      const { words } = this.config;
      const lines = conditions
        .map((part) => (isGroup(part) ? this.textOf(part) && words.grouped.replace("{conditions}", this.textOf(part))
          : this.textOfCondition(part)))
        .filter(Boolean);
      const joined = match === "all" ? words.and : words.or;
      return lines.length && lines.reduce((first, second) =>
        joined.replace("{first}", () => first).replace("{second}", () => second));
    }

    textOfCondition(condition) {
      if (!condition.question) return "";
      const { words, operators } = this.config;
      const question = this.questions().find((each) => each.id === condition.question);
      const known = question ? this.choices(question) : [];
      const values = [condition.value].flat().filter((value) => value !== null && value !== undefined && value !== "")
        .map((value) => known.find((choice) => choice.id === value)?.label || value);
      const label = question?.label || condition.label || words.removed_question;
      return [`“${label}”`, operators[condition.operator]?.label, values.join(", ")].filter(Boolean).join(" ");
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
      this.write();
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
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
      this.known = this.questions();
      this.body.replaceChildren(...this.drawParts(this.rule));
      // The questions may have new words, which the rule remembers.
      this.write();
    }

    /** Returns the controls of a rule, or of the group that stands at `number` in it. */
    drawParts(list, number = "") {
      const { words } = this.config;
      const rows = element("div", { className: "rule__conditions" });
      rows.append(...list.conditions.map((part, index) => this.drawPart(list, part, `${number && `${number}.`}${index + 1}`)));
      const add = (part) => {
        list.conditions.push(part);
        this.changed();
        this.draw();
        this.rowsOf(list).lastElementChild.querySelector(".rule__question").focus();
      };
      const buttons = element("div", { className: "rule__actions" });
      buttons.append(button(words.add, () => add(emptyCondition()), "rule__add"));
      if (!number) buttons.append(button(words.add_group, () => add({ match: "any", conditions: [emptyCondition()] })));
      buttons.hidden = this.known.length === 0;
      rows.list = list;
      const none = element("p", { className: "help", textContent: words.none_earlier });
      none.hidden = number !== "" || this.known.length > 0;
      return [this.drawMatch(list, number), rows, none, buttons];
    }

    rowsOf(list) {
      return [...this.body.querySelectorAll(".rule__conditions")].find((rows) => rows.list === list);
    }

    drawMatch(list, number) {
      const { words } = this.config;
      const name = number ? words.match_group.replace("{number}", number) : words.match;
      const select = labelled(element("select", { className: "rule__match" }), name);
      for (const each of ["all", "any"]) select.append(new Option(words[each], each));
      select.value = list.match;
      select.hidden = list.conditions.length < 2;
      select.addEventListener("change", () => {
        list.match = select.value;
        this.changed();
      });
      return select;
    }

    drawPart(list, part, number) {
      const { words } = this.config;
      const [name, removal] = isGroup(part) ? [words.group, words.remove_group] : [words.condition, words.remove];
      const row = element("fieldset", { className: isGroup(part) ? "rule__group" : "rule__condition" });
      row.append(element("legend", { textContent: name.replace("{number}", number) }));
      row.append(...(isGroup(part) ? this.drawParts(part, number) : this.drawCondition(part)));
      row.append(button(removal.replace("{number}", number), () => this.remove(list, part), "no"));
      return row;
    }

    remove(list, part) {
      list.conditions.splice(list.conditions.indexOf(part), 1);
      this.changed();
      this.draw();
      this.rowsOf(list).parentElement.querySelector(":scope > .rule__actions .rule__add").focus();
    }

    drawCondition(condition) {
      const question = this.known.find((each) => each.id === condition.question);
      if (question) condition.label = question.label;
      const controls = [this.drawQuestion(condition, question)];
      if (question) controls.push(this.drawOperator(condition, question), ...this.drawValue(condition, question));
      return controls;
    }

    drawQuestion(condition, question) {
      const { words } = this.config;
      const select = labelled(element("select", { className: "rule__question" }), words.question);
      select.append(new Option(words.choose, ""));
      for (const each of this.known) select.append(new Option(each.label || words.unnamed, each.id));
      if (condition.question && !question) {
        const label = words.gone.replace("{label}", () => condition.label || words.removed_question);
        select.append(new Option(label, condition.question));
      }
      select.value = condition.question;
      select.addEventListener("change", () => {
        const chosen = this.known.find((each) => each.id === select.value);
        const operators = chosen ? this.config.types[chosen.type].operators : ["is"];
        Object.assign(condition, { question: select.value, operator: operators[0], value: null });
        this.redraw(select);
      });
      return select;
    }

    drawOperator(condition, question) {
      const select = labelled(element("select"), this.config.words.operator);
      for (const name of this.config.types[question.type].operators) {
        select.append(new Option(this.config.operators[name].label, name));
      }
      select.value = condition.operator;
      select.addEventListener("change", () => {
        const before = this.config.operators[condition.operator]?.operand;
        condition.operator = select.value;
        if (this.config.operators[select.value].operand !== before) condition.value = null;
        this.redraw(select);
      });
      return select;
    }

    drawValue(condition, question) {
      const operand = this.config.operators[condition.operator]?.operand;
      const kind = this.config.types[question.type].operand;
      if (!operand || operand === "none") return [];
      if (kind !== "choice") return [this.drawTyped(condition, kind)];
      const choices = this.choices(question);
      for (const value of [condition.value].flat()) {
        const isKnown = !value || choices.some((choice) => choice.id === value);
        if (!isKnown) choices.push({ id: value, label: this.config.words.removed_choice });
      }
      return operand === "many" ? [this.drawMany(condition, choices)] : [this.drawOne(condition, choices)];
    }

    drawOne(condition, choices) {
      const select = labelled(element("select"), this.config.words.value);
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
      const group = labelled(element("div", { className: "rule__choices" }), this.config.words.value);
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
      const input = labelled(element("input", { type: kind }), this.config.words.value);
      if (kind === "number") input.step = "any";
      input.value = condition.value ?? "";
      input.addEventListener("input", () => {
        const typed = kind === "number" && input.value !== "" ? Number(input.value) : input.value;
        condition.value = typed === "" ? null : typed;
        this.changed();
      });
      return input;
    }

    /** Draws anew after a choice that changes what can be chosen next; focus stays on that choice. */
    redraw(control) {
      const selects = () => [...this.body.querySelectorAll("select")];
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
