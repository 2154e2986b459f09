"""The sections of a report: each makes blocks from figures, in words."""
