"""Beginning from a document: its headings and paragraphs are put where they belong."""
