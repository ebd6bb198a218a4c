"""The demo clinic: its words, people, places and pictures as plain data, and the builder that makes pages of
them."""
