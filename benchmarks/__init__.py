"""Benchmarks: what dateline costs in time, memory and disk. Nothing is asserted; figures are for people to compare."""
