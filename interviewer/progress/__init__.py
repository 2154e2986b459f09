"""What changes from interview to interview, read from finished transcripts and from nothing else."""
