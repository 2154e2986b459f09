"""Grades files of answers: where rows come from, what is done with each, and what comes out."""
