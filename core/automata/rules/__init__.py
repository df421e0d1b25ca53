"""Rules of cellular worlds, one file for each family; `reading` finds the rule of a text."""
