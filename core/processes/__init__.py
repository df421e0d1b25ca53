"""Hidden Markov processes: the subject, its files, what it does and what it is worth in bits."""
