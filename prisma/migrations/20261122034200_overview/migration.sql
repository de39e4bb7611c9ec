-- What the overview counts of every record, without a look at the wide rows of the table.
CREATE INDEX commitment_overview ON commitment (portfolio_id, due) INCLUDE (id, rank, completion, lifecycle, created_at);
