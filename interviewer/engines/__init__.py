"""Who plays the interviewer and the grader."""
