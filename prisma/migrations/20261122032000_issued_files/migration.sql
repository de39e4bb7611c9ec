-- An issued report gets no further file, and what is issued is not emptied with its table.
CREATE FUNCTION refuse_file_of_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM report WHERE id = NEW.report_id AND state = 'issued') THEN
    RAISE EXCEPTION 'an issued report does not change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER report_file_late BEFORE INSERT ON report_file
  FOR EACH ROW EXECUTE FUNCTION refuse_file_of_issued();

CREATE TRIGGER report_kept BEFORE TRUNCATE ON report
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_issued();

CREATE TRIGGER report_file_kept BEFORE TRUNCATE ON report_file
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_issued();
