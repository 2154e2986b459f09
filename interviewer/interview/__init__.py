"""The conversation: its plan, its clock, what is legal next, and the loop that holds it together."""
