"""How far a grader agrees with people: measured on answers that people have graded too.

`items` puts the grades side by side, `compare` works out the figures, `predictors` are baselines that grade nothing and
check the machinery against figures published elsewhere.
"""
