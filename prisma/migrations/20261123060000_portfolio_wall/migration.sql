-- A second wall below the queries: rows that belong to a portfolio are there for those alone who may see it, whatever a
-- statement says. `kept.portfolios` says whose turn it is, for one transaction (lib/db.ts, lib/command.ts): ids of portfolios
-- with commas between them, or "*" for all. Where it is not set, nothing is there.

-- The settings are read once a statement, and not for every row, since they stand in a subquery.
CREATE FUNCTION pg_temp.wall(name text, condition text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  EXECUTE format('CREATE POLICY portfolio_wall ON %I USING (%s)', name, condition);
END $$;

CREATE FUNCTION pg_temp.in_scope(portfolio_id text) RETURNS text LANGUAGE sql AS $$
  SELECT format('((SELECT current_setting(''kept.portfolios'', true) = ''*'')
    OR %s = ANY ((SELECT string_to_array(current_setting(''kept.portfolios'', true), '',''))::text[]))', portfolio_id)
$$;

CREATE FUNCTION pg_temp.of_parent(parent text, id text) RETURNS text LANGUAGE sql AS $$
  SELECT format('((SELECT current_setting(''kept.portfolios'', true) = ''*'') OR EXISTS (SELECT FROM %I wall WHERE wall.id = %s))', parent, id)
$$;

SELECT pg_temp.wall('portfolio', pg_temp.in_scope('id'));
SELECT pg_temp.wall(name, pg_temp.in_scope('portfolio_id')) FROM unnest(ARRAY[
  'commitment', 'source', 'meeting', 'indicator', 'saved_view', 'reminder_rule', 'reminder',
  'calendar_feed', 'report_template', 'report', 'report_schedule', 'task', 'import_batch', 'webhook'
]) AS name;
-- What people and settings are about belongs to none.
SELECT pg_temp.wall('audit_event', 'portfolio_id IS NULL OR ' || pg_temp.in_scope('portfolio_id'));
-- What belongs to a row of those goes with it.
SELECT pg_temp.wall(child, pg_temp.of_parent(parent, parent || '_id')) FROM (VALUES
  ('commitment', 'commitment_party'), ('commitment', 'commitment_place'), ('commitment', 'commitment_meeting'), ('commitment', 'commitment_indicator'),
  ('commitment', 'instrument'), ('commitment', 'money'), ('commitment', 'milestone'),
  ('commitment', 'progress_report'), ('commitment', 'deadline_revision'), ('commitment', 'mute'),
  ('meeting', 'meeting_party'),
  ('indicator', 'observation'), ('indicator', 'target'),
  ('source', 'erratum'),
  ('report', 'report_file'), ('report', 'report_comment'),
  ('task', 'task_chunk'),
  ('webhook', 'webhook_delivery')
) AS parts (parent, child);
SELECT pg_temp.wall('citation', pg_temp.of_parent('commitment', 'commitment_id') || ' OR ' || pg_temp.of_parent('meeting', 'meeting_id'));
SELECT pg_temp.wall('watch', pg_temp.of_parent('commitment', 'commitment_id') || ' OR ' || pg_temp.of_parent('saved_view', 'view_id'));

-- Names are kept with the records of every portfolio, whoever changes them. (A function that brings the setting along would be
-- simpler, but only a superuser may make one.)
CREATE OR REPLACE FUNCTION party_text_of_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE seen text := coalesce(current_setting('kept.portfolios', true), '');
BEGIN
  PERFORM set_config('kept.portfolios', '*', true);
  IF TG_TABLE_NAME = 'party' THEN
    PERFORM refresh_party_text(ARRAY(SELECT commitment_id FROM commitment_party WHERE party_id = NEW.id));
  ELSE
    PERFORM refresh_party_text(ARRAY(SELECT commitment_id FROM commitment_place WHERE place_id = NEW.id));
  END IF;
  PERFORM set_config('kept.portfolios', seen, true);
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION owner_text_of_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE seen text := coalesce(current_setting('kept.portfolios', true), '');
BEGIN
  PERFORM set_config('kept.portfolios', '*', true);
  UPDATE commitment SET owner_text = fold(NEW.name) WHERE owner_id = NEW.id;
  PERFORM set_config('kept.portfolios', seen, true);
  RETURN NULL;
END $$;

-- Behind the wall PostgreSQL uses an index only by functions of which it knows that they tell nothing of a row that is not to be
-- seen. These tell nothing, and only a superuser, as on the own server, may say so: without, a search reads the portfolio.
DO $$ BEGIN
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    ALTER FUNCTION pg_catalog.textlike(text, text) LEAKPROOF;
    ALTER FUNCTION pg_catalog.jsonb_object_field_text(jsonb, text) LEAKPROOF;
    ALTER FUNCTION pg_catalog."left"(text, integer) LEAKPROOF;
    ALTER FUNCTION fold(text) LEAKPROOF;
  END IF;
END $$;
