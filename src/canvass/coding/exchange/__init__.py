"""A study as other programs take it: a REFI-QDA project, a codebook, a table of answers and codes; and a
codebook of another program as acts.

Only words as they may be quoted leave: masked, of closed polls, without what was flagged as a concern.
"""
