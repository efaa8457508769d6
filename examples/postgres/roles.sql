-- SPDX-License-Identifier: Apache-2.0
-- Made by: umsops generate roles DIR
-- Five roles for a shared desk. Run by an administrator after `umsops db init`, and again after `umsops db migrate`:
--   psql -v schema=public -f roles.sql desk
--
--   umsops_owner    owns the tables: db init, db migrate, db copy. Nobody works as it every day.
--   umsops_manager  an agent who may also erase: privacy erase, privacy retain.
--   umsops_agent    files and changes records. The history can be added to and read, and nothing else.
--   umsops_auditor  reads everything: audit verify, db check, exports.
--   umsops_reader   reads records and reports, but not the keys by which callers file.
--
-- People and hosts have logins of their own, each a member of one of them:
--   CREATE ROLE ci LOGIN PASSWORD '...' IN ROLE umsops_agent;
-- Whoever is a member of the owner says so in the address:
--   postgresql://admin@db.example/desk?options=-crole%3Dumsops_owner
--
-- What an agent can do by psql, beside umsops, all the same:
--   - name any actor and any login in an entry of the history: they are what a program claims. `db_user` is the
--     server's word for the session, and cannot be another's. So give each person and each host a login of their own.
--   - say that an entry's time was given (`given_time`), or bring a new record with a history of its own, as an import
--     does; any other time must be that of the server, within an hour.
--   - alter records, or what they have, without an entry, or add an entry whose hash is wrong. `umsops audit verify`
--     finds both, and the entry names its session.
--   - read everything, drop links and messages that wait, and hold the turn until a limit of limits.sql ends it.
-- What it cannot: alter, reorder or remove entries of the history, take a place that is not the next one, or move a
-- counter so far that nobody can file anything any more.
\set ON_ERROR_STOP on
\if :{?schema} \else \set schema public \endif
SELECT format('CREATE ROLE %I NOLOGIN', name)
FROM unnest(ARRAY['umsops_owner', 'umsops_manager', 'umsops_agent', 'umsops_auditor', 'umsops_reader']) AS name
WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) \gexec

REVOKE CREATE ON SCHEMA :"schema" FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA :"schema" TO umsops_owner;
GRANT USAGE ON SCHEMA :"schema" TO umsops_agent, umsops_auditor, umsops_reader;
SELECT format('ALTER TABLE %I.%I OWNER TO umsops_owner', schemaname, tablename)
FROM pg_tables WHERE schemaname = :'schema' \gexec

REVOKE ALL ON ALL TABLES IN SCHEMA :"schema" FROM PUBLIC, umsops_manager, umsops_agent, umsops_auditor,
  umsops_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO umsops_agent, umsops_auditor, umsops_reader;

-- The history is added to and never altered. Locking the row of the turn counts as changing it.
GRANT INSERT ON :"schema".events TO umsops_agent;
GRANT UPDATE ON :"schema".umsops_turn TO umsops_agent;
-- Records change and never go away; the history tells of each change.
GRANT INSERT, UPDATE ON :"schema".support_tickets TO umsops_agent;
GRANT INSERT, UPDATE ON :"schema".incidents TO umsops_agent;
GRANT INSERT, UPDATE ON :"schema".knowledge_base TO umsops_agent;
GRANT INSERT, UPDATE ON :"schema".reviews TO umsops_agent;
GRANT INSERT, UPDATE ON :"schema".requesters TO umsops_agent;
-- What records have, and what leads to them.
GRANT INSERT, UPDATE ON :"schema".store_info TO umsops_agent;
GRANT INSERT, UPDATE ON :"schema".assignment_turns TO umsops_agent;
GRANT INSERT ON :"schema".responses TO umsops_agent;
GRANT INSERT ON :"schema".escalations TO umsops_agent;
GRANT INSERT, DELETE ON :"schema".links TO umsops_agent;
GRANT INSERT ON :"schema".ladder_steps TO umsops_agent;
GRANT INSERT, UPDATE ON :"schema".callbacks TO umsops_agent;
GRANT INSERT ON :"schema".attachments TO umsops_agent;
GRANT INSERT ON :"schema".mails TO umsops_agent;
GRANT INSERT, UPDATE ON :"schema".timeline TO umsops_agent;
GRANT INSERT ON :"schema".idempotency_keys TO umsops_agent;
GRANT INSERT, UPDATE, DELETE ON :"schema".outbox TO umsops_agent;
GRANT INSERT, UPDATE ON :"schema".silences TO umsops_agent;
GRANT INSERT, UPDATE ON :"schema".feedback TO umsops_agent;
GRANT INSERT, UPDATE, DELETE ON :"schema".search_misses TO umsops_agent;
GRANT INSERT, UPDATE, DELETE ON :"schema".deliveries TO umsops_agent;
GRANT INSERT, UPDATE ON :"schema".executions TO umsops_agent;
GRANT INSERT, DELETE ON :"schema".requester_names TO umsops_agent;
-- The search index is made of records and can be made anew.
GRANT INSERT, UPDATE, DELETE ON :"schema".search_meta TO umsops_agent;
GRANT INSERT, UPDATE, DELETE ON :"schema".search_seg TO umsops_agent;
GRANT INSERT, UPDATE, DELETE ON :"schema".search_page TO umsops_agent;
GRANT INSERT, UPDATE, DELETE ON :"schema".search_list TO umsops_agent;
GRANT INSERT, UPDATE, DELETE ON :"schema".search_pending TO umsops_agent;
GRANT INSERT, UPDATE, DELETE ON :"schema".search_document TO umsops_agent;
GRANT INSERT, UPDATE, DELETE ON :"schema".ticket_days TO umsops_agent;
-- Managers are agents who may erase what is known of a person. Of the history that leaves the chain as it is: what
-- else they would alter there, `umsops audit verify` finds.
SET client_min_messages = warning;
GRANT umsops_agent TO umsops_manager;
RESET client_min_messages;
GRANT UPDATE (actor, login, db_user, reason, private_values, salt, digests) ON :"schema".events TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".responses TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".escalations TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".links TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".callbacks TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".attachments TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".mails TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".idempotency_keys TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".outbox TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".deliveries TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".timeline TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".silences TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".feedback TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".search_misses TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".executions TO umsops_manager;
GRANT UPDATE, DELETE ON :"schema".assignment_turns TO umsops_manager;
-- Readers get all but the keys by which callers file.
REVOKE SELECT ON :"schema".idempotency_keys FROM umsops_reader;

-- Guards: what a program other than umsops could store with these rights, and must not.
SELECT format($guard$CREATE OR REPLACE FUNCTION %1$I.umsops_guard_events() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE problem text; last bigint;
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
  SELECT coalesce(max(seq), 0) INTO last FROM %1$I.events;
  IF NEW.db_user IS DISTINCT FROM session_user THEN
    problem := 'an entry of the history is stored under the name of its session';
  ELSIF NEW.seq <> last + 1 OR octet_length(NEW.hash) <> 32 THEN
    problem := 'an entry of the history follows the last one';
  ELSIF coalesce(NEW.given_time, 0) = 0
        AND abs(NEW.at::numeric - extract(epoch FROM clock_timestamp()) * 1000) > 3600000 THEN
    -- An import brings the history of a new record with it, all of it in one transaction.
    SELECT count(*) INTO last FROM %1$I.events WHERE seq = NEW.previous AND xmin = pg_current_xact_id()::xid;
    IF NEW.record IS NULL OR (last = 0 AND coalesce(NEW.previous, 0) <> 0) THEN
      problem := 'the time of an entry is that of the server, within an hour: look at the clock of this host';
    END IF;
  END IF;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = problem || ' (' || TG_TABLE_NAME || ')', ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$$guard$, :'schema') \gexec
ALTER FUNCTION :"schema".umsops_guard_events() OWNER TO umsops_owner;
CREATE OR REPLACE TRIGGER umsops_guard_events BEFORE INSERT ON :"schema".events
  FOR EACH ROW EXECUTE FUNCTION :"schema".umsops_guard_events();
SELECT format($guard$CREATE OR REPLACE FUNCTION %1$I.umsops_guard_support_tickets() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE problem text; last bigint;
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.n <> OLD.n OR NEW.rev < OLD.rev OR NEW.rev > OLD.rev::numeric + 1000 THEN
      problem := 'a record keeps its place, and its revisions are counted';
    END IF;
  ELSE
    SELECT coalesce(max(n), 0) INTO last FROM %1$I.support_tickets;
    IF NEW.n < 1 OR NEW.n > greatest(last::numeric + 1, 1000000000) OR NEW.rev NOT BETWEEN 0 AND 1000000000 THEN
      problem := 'a record follows the last one';
    END IF;
  END IF;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = problem || ' (' || TG_TABLE_NAME || ')', ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$$guard$, :'schema') \gexec
ALTER FUNCTION :"schema".umsops_guard_support_tickets() OWNER TO umsops_owner;
CREATE OR REPLACE TRIGGER umsops_guard_support_tickets BEFORE INSERT OR UPDATE ON :"schema".support_tickets
  FOR EACH ROW EXECUTE FUNCTION :"schema".umsops_guard_support_tickets();
SELECT format($guard$CREATE OR REPLACE FUNCTION %1$I.umsops_guard_incidents() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE problem text; last bigint;
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.n <> OLD.n OR NEW.rev < OLD.rev OR NEW.rev > OLD.rev::numeric + 1000 THEN
      problem := 'a record keeps its place, and its revisions are counted';
    END IF;
  ELSE
    SELECT coalesce(max(n), 0) INTO last FROM %1$I.incidents;
    IF NEW.n < 1 OR NEW.n > greatest(last::numeric + 1, 1000000000) OR NEW.rev NOT BETWEEN 0 AND 1000000000 THEN
      problem := 'a record follows the last one';
    END IF;
  END IF;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = problem || ' (' || TG_TABLE_NAME || ')', ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$$guard$, :'schema') \gexec
ALTER FUNCTION :"schema".umsops_guard_incidents() OWNER TO umsops_owner;
CREATE OR REPLACE TRIGGER umsops_guard_incidents BEFORE INSERT OR UPDATE ON :"schema".incidents
  FOR EACH ROW EXECUTE FUNCTION :"schema".umsops_guard_incidents();
SELECT format($guard$CREATE OR REPLACE FUNCTION %1$I.umsops_guard_knowledge_base() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE problem text; last bigint;
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.n <> OLD.n OR NEW.rev < OLD.rev OR NEW.rev > OLD.rev::numeric + 1000 THEN
      problem := 'a record keeps its place, and its revisions are counted';
    END IF;
  ELSE
    SELECT coalesce(max(n), 0) INTO last FROM %1$I.knowledge_base;
    IF NEW.n < 1 OR NEW.n > greatest(last::numeric + 1, 1000000000) OR NEW.rev NOT BETWEEN 0 AND 1000000000 THEN
      problem := 'a record follows the last one';
    END IF;
  END IF;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = problem || ' (' || TG_TABLE_NAME || ')', ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$$guard$, :'schema') \gexec
ALTER FUNCTION :"schema".umsops_guard_knowledge_base() OWNER TO umsops_owner;
CREATE OR REPLACE TRIGGER umsops_guard_knowledge_base BEFORE INSERT OR UPDATE ON :"schema".knowledge_base
  FOR EACH ROW EXECUTE FUNCTION :"schema".umsops_guard_knowledge_base();
SELECT format($guard$CREATE OR REPLACE FUNCTION %1$I.umsops_guard_reviews() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE problem text; last bigint;
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.n <> OLD.n OR NEW.rev < OLD.rev OR NEW.rev > OLD.rev::numeric + 1000 THEN
      problem := 'a record keeps its place, and its revisions are counted';
    END IF;
  ELSE
    SELECT coalesce(max(n), 0) INTO last FROM %1$I.reviews;
    IF NEW.n < 1 OR NEW.n > greatest(last::numeric + 1, 1000000000) OR NEW.rev NOT BETWEEN 0 AND 1000000000 THEN
      problem := 'a record follows the last one';
    END IF;
  END IF;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = problem || ' (' || TG_TABLE_NAME || ')', ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$$guard$, :'schema') \gexec
ALTER FUNCTION :"schema".umsops_guard_reviews() OWNER TO umsops_owner;
CREATE OR REPLACE TRIGGER umsops_guard_reviews BEFORE INSERT OR UPDATE ON :"schema".reviews
  FOR EACH ROW EXECUTE FUNCTION :"schema".umsops_guard_reviews();
SELECT format($guard$CREATE OR REPLACE FUNCTION %1$I.umsops_guard_requesters() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE problem text; last bigint;
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.n <> OLD.n OR NEW.rev < OLD.rev OR NEW.rev > OLD.rev::numeric + 1000 THEN
      problem := 'a record keeps its place, and its revisions are counted';
    END IF;
  ELSE
    SELECT coalesce(max(n), 0) INTO last FROM %1$I.requesters;
    IF NEW.n < 1 OR NEW.n > greatest(last::numeric + 1, 1000000000) OR NEW.rev NOT BETWEEN 0 AND 1000000000 THEN
      problem := 'a record follows the last one';
    END IF;
  END IF;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = problem || ' (' || TG_TABLE_NAME || ')', ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$$guard$, :'schema') \gexec
ALTER FUNCTION :"schema".umsops_guard_requesters() OWNER TO umsops_owner;
CREATE OR REPLACE TRIGGER umsops_guard_requesters BEFORE INSERT OR UPDATE ON :"schema".requesters
  FOR EACH ROW EXECUTE FUNCTION :"schema".umsops_guard_requesters();
SELECT format($guard$CREATE OR REPLACE FUNCTION %1$I.umsops_guard_responses() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE problem text; last bigint;
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.place <> OLD.place OR NEW.record <> OLD.record THEN problem := 'a row keeps its place'; END IF;
  ELSE
    SELECT coalesce(max(place), 0) INTO last FROM %1$I.responses WHERE noun = NEW.noun AND record = NEW.record;
    IF NEW.place < 1 OR NEW.place > last::numeric + 1 THEN
      problem := 'a row follows the last one of its record';
    END IF;
  END IF;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = problem || ' (' || TG_TABLE_NAME || ')', ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$$guard$, :'schema') \gexec
ALTER FUNCTION :"schema".umsops_guard_responses() OWNER TO umsops_owner;
CREATE OR REPLACE TRIGGER umsops_guard_responses BEFORE INSERT OR UPDATE ON :"schema".responses
  FOR EACH ROW EXECUTE FUNCTION :"schema".umsops_guard_responses();
SELECT format($guard$CREATE OR REPLACE FUNCTION %1$I.umsops_guard_escalations() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE problem text; last bigint;
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.place <> OLD.place OR NEW.record <> OLD.record THEN problem := 'a row keeps its place'; END IF;
  ELSE
    SELECT coalesce(max(place), 0) INTO last FROM %1$I.escalations WHERE noun = NEW.noun AND record = NEW.record;
    IF NEW.place < 1 OR NEW.place > last::numeric + 1 THEN
      problem := 'a row follows the last one of its record';
    END IF;
  END IF;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = problem || ' (' || TG_TABLE_NAME || ')', ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$$guard$, :'schema') \gexec
ALTER FUNCTION :"schema".umsops_guard_escalations() OWNER TO umsops_owner;
CREATE OR REPLACE TRIGGER umsops_guard_escalations BEFORE INSERT OR UPDATE ON :"schema".escalations
  FOR EACH ROW EXECUTE FUNCTION :"schema".umsops_guard_escalations();
SELECT format($guard$CREATE OR REPLACE FUNCTION %1$I.umsops_guard_timeline() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE problem text; last bigint;
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.place <> OLD.place OR NEW.record <> OLD.record THEN problem := 'a row keeps its place'; END IF;
  ELSE
    SELECT coalesce(max(place), 0) INTO last FROM %1$I.timeline WHERE noun = NEW.noun AND record = NEW.record;
    IF NEW.place < 1 OR NEW.place > last::numeric + 1 THEN
      problem := 'a row follows the last one of its record';
    END IF;
  END IF;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = problem || ' (' || TG_TABLE_NAME || ')', ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$$guard$, :'schema') \gexec
ALTER FUNCTION :"schema".umsops_guard_timeline() OWNER TO umsops_owner;
CREATE OR REPLACE TRIGGER umsops_guard_timeline BEFORE INSERT OR UPDATE ON :"schema".timeline
  FOR EACH ROW EXECUTE FUNCTION :"schema".umsops_guard_timeline();
SELECT format($guard$CREATE OR REPLACE FUNCTION %1$I.umsops_guard_silences() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE problem text; last bigint;
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.n <> OLD.n THEN problem := 'a row keeps its place'; END IF;
  ELSE
    SELECT coalesce(max(n), 0) INTO last FROM %1$I.silences;
    IF NEW.n < 1 OR NEW.n > last::numeric + 1 THEN problem := 'a row follows the last one'; END IF;
  END IF;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = problem || ' (' || TG_TABLE_NAME || ')', ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$$guard$, :'schema') \gexec
ALTER FUNCTION :"schema".umsops_guard_silences() OWNER TO umsops_owner;
CREATE OR REPLACE TRIGGER umsops_guard_silences BEFORE INSERT OR UPDATE ON :"schema".silences
  FOR EACH ROW EXECUTE FUNCTION :"schema".umsops_guard_silences();
SELECT format($guard$CREATE OR REPLACE FUNCTION %1$I.umsops_guard_executions() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE problem text; last bigint;
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.n <> OLD.n THEN problem := 'a row keeps its place'; END IF;
  ELSE
    SELECT coalesce(max(n), 0) INTO last FROM %1$I.executions;
    IF NEW.n < 1 OR NEW.n > last::numeric + 1 THEN problem := 'a row follows the last one'; END IF;
  END IF;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = problem || ' (' || TG_TABLE_NAME || ')', ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$$guard$, :'schema') \gexec
ALTER FUNCTION :"schema".umsops_guard_executions() OWNER TO umsops_owner;
CREATE OR REPLACE TRIGGER umsops_guard_executions BEFORE INSERT OR UPDATE ON :"schema".executions
  FOR EACH ROW EXECUTE FUNCTION :"schema".umsops_guard_executions();
SELECT format($guard$CREATE OR REPLACE FUNCTION %1$I.umsops_guard_store_info() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE problem text; last bigint;
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
  IF NEW.name IN ('store_id', 'created_at', 'copy_of') THEN
    problem := 'what a store is called is its owner''s business';
  END IF;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = problem || ' (' || TG_TABLE_NAME || ')', ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$$guard$, :'schema') \gexec
ALTER FUNCTION :"schema".umsops_guard_store_info() OWNER TO umsops_owner;
CREATE OR REPLACE TRIGGER umsops_guard_store_info BEFORE INSERT OR UPDATE ON :"schema".store_info
  FOR EACH ROW EXECUTE FUNCTION :"schema".umsops_guard_store_info();
SELECT format($guard$CREATE OR REPLACE FUNCTION %1$I.umsops_guard_umsops_turn() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE problem text; last bigint;
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
  problem := 'the row of the turn is locked and never changed';
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = problem || ' (' || TG_TABLE_NAME || ')', ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$$guard$, :'schema') \gexec
ALTER FUNCTION :"schema".umsops_guard_umsops_turn() OWNER TO umsops_owner;
CREATE OR REPLACE TRIGGER umsops_guard_umsops_turn BEFORE UPDATE ON :"schema".umsops_turn
  FOR EACH ROW EXECUTE FUNCTION :"schema".umsops_guard_umsops_turn();
-- The guard of desks that were set up by an earlier one of these files.
SET client_min_messages = warning;
DROP TRIGGER IF EXISTS umsops_own_name ON :"schema".events;
DROP FUNCTION IF EXISTS :"schema".umsops_own_name();
RESET client_min_messages;
