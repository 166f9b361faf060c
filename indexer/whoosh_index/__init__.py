"""The index as Whoosh knows it: schema, codec, life cycle. Whoosh is imported nowhere else."""
