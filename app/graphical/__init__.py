"""What the benches of graphical models share: live beliefs, evidence, tables and figures."""
