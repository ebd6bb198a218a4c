import { render } from "preact";

import { App } from "./app";
import { followLinks } from "./router";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/blocks.css";
import "./styles/pages.css";
import "./styles/forms.css";

const root = document.getElementById("app");
if (root) {
  followLinks();
  render(<App />, root);
}
