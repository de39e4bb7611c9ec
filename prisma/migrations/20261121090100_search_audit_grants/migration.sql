-- What Prisma's schema language has no word for: derived columns, search, indexes for every sort and filter,
-- the append-only history and the grants of the app's role.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- One spelling for search: lower case, no accents, and the country names that are written in two ways.
-- Lao script has no case and its vowels and tone marks are letters of the word: they stay. Its vowel am is often typed
-- as two signs, which looks the same and is another text.
CREATE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT replace(replace(replace(replace(lower(public.unaccent('public.unaccent'::regdictionary, normalize($1, NFC))),
    'viet nam', 'vietnam'), 'ha noi', 'hanoi'), 'vieng chan', 'vientiane'), U&'\0ECD\0EB2', U&'\0EB3')
$$;

-- The derived part of a commitment: due orders undated records last, rank settled ones after open ones.
ALTER TABLE commitment
  ADD COLUMN due date NOT NULL GENERATED ALWAYS AS (coalesce(deadline_latest, 'infinity'::date)) STORED,
  ADD COLUMN rank smallint NOT NULL GENERATED ALWAYS AS (
    CASE WHEN completion = 'complete' THEN 1
         WHEN completion IN ('withdrawn', 'superseded') THEN 2
         WHEN lifecycle IN ('expired', 'terminated', 'superseded') THEN 2
         ELSE 0 END) STORED,
  ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (fold(
    reference || ' ' || coalesce(title->>'en', '') || ' ' || coalesce(title->>'vi', '') || ' ' || coalesce(title->>'lo', '') || ' ' ||
    coalesce(statement->>'en', '') || ' ' || coalesce(statement->>'vi', '') || ' ' || coalesce(statement->>'lo', '') || ' ' ||
    party_text)) STORED,
  ADD CONSTRAINT commitment_deadline_in_order CHECK (deadline_earliest <= deadline_latest),
  ADD CONSTRAINT commitment_not_own_parent CHECK (parent_id <> id),
  ADD CONSTRAINT commitment_not_own_predecessor CHECK (predecessor_id <> id);

CREATE INDEX commitment_search ON commitment USING gin (search gin_trgm_ops);
CREATE INDEX commitment_by_schedule ON commitment (portfolio_id, rank, due, number);
CREATE INDEX commitment_by_due ON commitment (portfolio_id, due, number);
CREATE INDEX commitment_by_form ON commitment (portfolio_id, form, rank, due, number);
CREATE INDEX commitment_by_sector ON commitment (portfolio_id, sector_id, rank, due, number);
CREATE INDEX commitment_by_completion ON commitment (portfolio_id, completion, rank, due, number);
CREATE INDEX commitment_by_evidence ON commitment (portfolio_id, evidence, rank, due, number);
CREATE INDEX commitment_by_strength ON commitment (portfolio_id, strength, rank, due, number);
CREATE INDEX commitment_by_owner ON commitment (portfolio_id, owner_id, completion, rank, due, number);
CREATE INDEX commitment_by_owner_open ON commitment (portfolio_id, owner_id, rank, due, number);
CREATE INDEX commitment_by_owner_text ON commitment (portfolio_id, owner_text, number);
CREATE INDEX commitment_by_party_text ON commitment (portfolio_id, left(party_text, 80), number);
CREATE INDEX commitment_by_title_en ON commitment (portfolio_id, fold(left(title->>'en', 80)), number);
CREATE INDEX commitment_by_title_vi ON commitment (portfolio_id, fold(left(title->>'vi', 80)), number);
CREATE INDEX commitment_by_title_lo ON commitment (portfolio_id, fold(left(title->>'lo', 80)), number);
CREATE INDEX commitment_by_updated ON commitment (portfolio_id, updated_at, number);
CREATE INDEX commitment_by_parent ON commitment (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX commitment_by_predecessor ON commitment (predecessor_id) WHERE predecessor_id IS NOT NULL;
CREATE INDEX commitment_by_anchor ON commitment (deadline_anchor_id) WHERE deadline_anchor_id IS NOT NULL;

-- Names of parties and places on the record itself, so that search and sorting need no join. Statement-level
-- triggers, so that a bulk load pays once.
CREATE FUNCTION refresh_party_text(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  UPDATE commitment c SET party_text = t.text
  FROM (
    SELECT i.id, coalesce(string_agg(n.text, ' ' ORDER BY n.ord, n.text), '') AS text
    FROM unnest(ids) AS i(id)
    LEFT JOIN LATERAL (
      SELECT min(cp.role) AS ord, concat_ws(' ', p.name->>'en', p.name->>'vi', p.name->>'lo', array_to_string(p.aliases, ' ')) AS text
      FROM commitment_party cp JOIN party p ON p.id = cp.party_id WHERE cp.commitment_id = i.id GROUP BY p.id
      UNION ALL
      SELECT NULL, concat_ws(' ', p.name->>'en', p.name->>'vi', p.name->>'lo', array_to_string(p.aliases, ' '))
      FROM commitment_place cp JOIN place p ON p.id = cp.place_id WHERE cp.commitment_id = i.id
    ) n ON true
    GROUP BY i.id
  ) t
  WHERE c.id = t.id AND c.party_text IS DISTINCT FROM t.text
$$;

CREATE FUNCTION party_text_of_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_party_text(ARRAY(SELECT DISTINCT commitment_id FROM changed));
  RETURN NULL;
END $$;
CREATE TRIGGER party_text_added AFTER INSERT ON commitment_party REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION party_text_of_changed();
CREATE TRIGGER party_text_removed AFTER DELETE ON commitment_party REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION party_text_of_changed();
CREATE TRIGGER party_text_place_added AFTER INSERT ON commitment_place REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION party_text_of_changed();
CREATE TRIGGER party_text_place_removed AFTER DELETE ON commitment_place REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION party_text_of_changed();

CREATE FUNCTION party_text_of_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'party' THEN
    PERFORM refresh_party_text(ARRAY(SELECT commitment_id FROM commitment_party WHERE party_id = NEW.id));
  ELSE
    PERFORM refresh_party_text(ARRAY(SELECT commitment_id FROM commitment_place WHERE place_id = NEW.id));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER party_renamed AFTER UPDATE OF name, aliases ON party FOR EACH ROW EXECUTE FUNCTION party_text_of_renamed();
CREATE TRIGGER place_renamed AFTER UPDATE OF name, aliases ON place FOR EACH ROW EXECUTE FUNCTION party_text_of_renamed();

-- The owner's name on the record, for sorting. '~' sorts after every letter: records without an owner come last.
CREATE FUNCTION owner_text_of_commitment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.owner_text := coalesce((SELECT fold(name) FROM person WHERE id = NEW.owner_id), '~');
  RETURN NEW;
END $$;
CREATE TRIGGER owner_text_on_insert BEFORE INSERT ON commitment FOR EACH ROW EXECUTE FUNCTION owner_text_of_commitment();
CREATE TRIGGER owner_text_on_update BEFORE UPDATE OF owner_id ON commitment FOR EACH ROW
  WHEN (OLD.owner_id IS DISTINCT FROM NEW.owner_id) EXECUTE FUNCTION owner_text_of_commitment();
CREATE FUNCTION owner_text_of_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE commitment SET owner_text = fold(NEW.name) WHERE owner_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER person_renamed AFTER UPDATE OF name ON person FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION owner_text_of_renamed();

-- Every change tells whoever listens, once its transaction has committed.
CREATE FUNCTION tell_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('kept_changes', json_build_object('type', NEW.subject_type, 'id', NEW.subject_id, 'event', NEW.id)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_event_told AFTER INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION tell_audit_event();

-- The app's role reads and writes everything but its own history: that it can only read and append.
-- The role is made before the migrations (lib/start/roles.ts), because it belongs to the server, not to the database.
-- A server where it may not be made runs without this wall, the start says so.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kept_app') THEN
    GRANT USAGE ON SCHEMA public TO kept_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO kept_app;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO kept_app;
    REVOKE UPDATE, DELETE, TRUNCATE ON audit_event FROM kept_app;
    REVOKE UPDATE, DELETE, TRUNCATE ON deadline_revision, progress_report FROM kept_app;
    REVOKE ALL ON _prisma_migrations FROM kept_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO kept_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO kept_app;
  END IF;
END $$;
