"""Tables of characters, sounds and words: made once at build time, read compactly at run time."""
