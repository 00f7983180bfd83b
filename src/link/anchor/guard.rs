//! Which differences mean that a passage says something else: numbers, names, signal words.
