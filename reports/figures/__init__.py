"""Queries that answer with plain values. Each module reads one kind of figure; `term.collect` reads all of a term in one snapshot."""
