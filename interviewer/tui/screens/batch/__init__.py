"""Grading a batch on the screen: the form, the plan and every row, one answer, and what they are made of."""
