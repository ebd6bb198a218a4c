// Marks, in the contents of a long page, the section being read. Without this script the contents work all the same.

const links = new Map();
for (const link of document.querySelectorAll(".contents__list a")) {
  const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (section) {
    links.set(section, link);
  }
}

/** The line, in pixels from the top of the window, that a section must have passed to count as being read. */
const readingLine = () => window.innerHeight * 0.3;

function markCurrent() {
  let current = null;
  for (const section of links.keys()) {
    if (section.getBoundingClientRect().top <= readingLine()) {
      current = section;
    }
  }
  for (const [section, link] of links) {
    if (section === current) {
      link.setAttribute("aria-current", "true");
    } else {
      link.removeAttribute("aria-current");
    }
  }
}

if (links.size) {
  // A section comes or goes when its edge crosses the line: no work on every scrolled pixel.
  const observer = new IntersectionObserver(markCurrent, { rootMargin: "-30% 0px -70% 0px" });
  for (const section of links.keys()) {
    observer.observe(section);
  }
}
