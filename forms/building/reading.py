"""How hard a text is to read, as a grade of school in the United States (Flesch and Kincaid, 1975)."""

import re

from bs4 import BeautifulSoup

# Words that end a sentence, or stand in a line of their own.
SENTENCE_END = re.compile(r"[.!?:;]+(?:\s|$)|\n")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
VOWELS = re.compile(r"[aeiouy]+")
# A silent e, as in "store", "names", "moved"; but not in "wanted", "places", "ankle".
SILENT = re.compile(r"(?:[^aeiouylr]|[aeiouy][lr])e$|[^aeioudt]ed$|[^aeiouyscxzgh]es$")
# Shorter texts say too little about how somebody writes.
FEWEST_WORDS = 10


def plain_text(html: str) -> str:
    """Return rich text as plain text, each of its paragraphs and points in a line."""
    return BeautifulSoup(html, "html.parser").get_text("\n")


def syllables(word: str) -> int:
    """Return about how many syllables an English word has: its groups of vowels, less a silent e."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    return max(1, len(VOWELS.findall(word)) - bool(SILENT.search(word)))


def grade(text: str) -> float | None:
    """Return the grade of school at which a text is understood; None for one that is too short to say."""
    sentences = [words for part in SENTENCE_END.split(text) if (words := WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if len(words) < FEWEST_WORDS:
        return None
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
