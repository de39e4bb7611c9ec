-- The trigram index knows only the letters that the server's locale calls letters, and on many servers those are A to Z. So
-- what is searched for has Lao letters as capitals (everything else is small after fold): one for letters that sound
-- alike, none for tone marks, which people leave out when they type in a hurry. It finds what is spelled alike or sounds
-- alike, on every server.
CREATE FUNCTION search_key(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT translate(fold($1),
    'ກຂຄງຈສຊຍດຕຖທນໜບປຜພຝຟມໝຢຣລຼວຫຮອະັາຳິີຽຶືຸູເແໂົໃໄ໐໑໒໓໔໕໖໗໘໙່້໊໋໌ໍ',
    'KQQGCSSJDTXXNNBPFFVVMMYLLLWHHOAAAAIIIUUUUEERRZZ0123456789')
$$;

-- Every search looks into the text of the records that the index names. Compressed, as PostgreSQL keeps long texts by
-- default, each look costs five times as much as the comparison itself; so it stays as it is, and in the row.
ALTER TABLE commitment DROP COLUMN search;
ALTER TABLE commitment
  ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (search_key(
    reference || ' ' || coalesce(title->>'en', '') || ' ' || coalesce(title->>'vi', '') || ' ' || coalesce(title->>'lo', '') || ' ' ||
    coalesce(statement->>'en', '') || ' ' || coalesce(statement->>'vi', '') || ' ' || coalesce(statement->>'lo', '') || ' ' ||
    party_text)) STORED,
  ALTER COLUMN search SET STORAGE EXTERNAL;
ALTER TABLE commitment SET (toast_tuple_target = 8160);
CREATE INDEX commitment_search ON commitment USING gin (search gin_trgm_ops);
