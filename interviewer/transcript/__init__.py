"""The append-only event log of an interview: the one truth that every screen and report is read from."""
