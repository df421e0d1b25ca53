"""File formats of Bayes nets, one module each: ``read(path) -> net`` and ``write(net, path)``."""
