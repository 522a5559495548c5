"""Free text: what answers have in common, which codes fit them, and studies of them."""
