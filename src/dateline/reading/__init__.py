"""Article to mentions, events and quotes: the neural reader and the lexicon baseline."""
