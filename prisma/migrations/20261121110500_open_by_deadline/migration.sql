-- What is still to be done, by deadline: the list of every week. In the index over all, years of what is done stand first.
CREATE INDEX commitment_open_by_due ON commitment (portfolio_id, due, number)
  WHERE completion IN ('not_reported', 'not_started', 'limited', 'substantial');
