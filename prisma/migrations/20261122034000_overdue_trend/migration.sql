-- What closes a record, opens it again or ends its instrument, apart from progress reports: few entries of a long history.
CREATE INDEX audit_event_closing ON audit_event (portfolio_id, subject_id, id)
  WHERE subject_type = 'commitment' AND changes ? 'completion' AND NOT changes ? 'report';
CREATE INDEX audit_event_lifecycle ON audit_event (portfolio_id, subject_id, id)
  WHERE subject_type = 'commitment' AND changes ? 'lifecycle';
