"""The tables, typed and without relationships: joins are written out."""
