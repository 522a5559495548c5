"""Free text beside its peers: which codes fit, how fast 50,000 answers are read."""
