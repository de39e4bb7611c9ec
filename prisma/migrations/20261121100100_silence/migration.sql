-- For the lists of what nobody has reported on for long (lib/commitments/desk.ts): when each open and firm record was last
-- heard of, the day that it entered the register where nobody ever spoke.
CREATE INDEX commitment_by_silence ON commitment
  (portfolio_id, (coalesce(reported_on::timestamp AT TIME ZONE 'UTC', created_at)), number)
  WHERE rank = 0 AND strength IN ('obligation', 'pledge');
