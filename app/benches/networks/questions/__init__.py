"""The panels that ask questions of the net: separation, queries, influence, cases."""
