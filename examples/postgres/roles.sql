-- SPDX-License-Identifier: Apache-2.0
-- Three roles for a shared desk. Run once by an administrator, after `umsops db init`, and again after `umsops db migrate`:
--   psql -v schema=public -f roles.sql desk
--
--   umsops_owner     owns the tables: db init, db migrate, db copy. Nobody works as it every day.
--   umsops_writer    files and changes tickets. The history can be added to and read, and nothing else: no UPDATE, no DELETE.
--   umsops_reporter  reads: lists, reports, exports, audit verify.
--
-- People and hosts have logins of their own, each a member of one of them:
--   CREATE ROLE ci LOGIN PASSWORD '...' IN ROLE umsops_writer;
-- Whoever is a member of the owner says so in the address: postgresql://admin@db.example/desk?options=-crole%3Dumsops_owner
\set ON_ERROR_STOP on
\if :{?schema} \else \set schema public \endif
SELECT format('CREATE ROLE %I NOLOGIN', name) FROM unnest(ARRAY['umsops_owner', 'umsops_writer', 'umsops_reporter']) AS name
WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) \gexec

REVOKE CREATE ON SCHEMA :"schema" FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA :"schema" TO umsops_owner;
GRANT USAGE ON SCHEMA :"schema" TO umsops_writer, umsops_reporter;
SELECT format('ALTER TABLE %I.%I OWNER TO umsops_owner', schemaname, tablename) FROM pg_tables WHERE schemaname = :'schema' \gexec

REVOKE ALL ON ALL TABLES IN SCHEMA :"schema" FROM PUBLIC, umsops_writer, umsops_reporter;
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO umsops_writer, umsops_reporter;

-- What is added to and never altered.
GRANT INSERT ON :"schema".events, :"schema".responses, :"schema".escalations, :"schema".attachments, :"schema".ladder_steps,
  :"schema".mails, :"schema".idempotency_keys TO umsops_writer;
-- Locking the row of the turn counts as changing it.
GRANT UPDATE ON :"schema".umsops_turn TO umsops_writer;
-- What changes; no row ever goes away, but for links. The history tells of each.
GRANT INSERT, UPDATE ON :"schema".support_tickets, :"schema".incidents, :"schema".timeline, :"schema".silences, :"schema".callbacks,
  :"schema".knowledge_base, :"schema".reviews, :"schema".feedback, :"schema".deliveries, :"schema".executions, :"schema".assignment_turns, :"schema".store_info TO umsops_writer;
GRANT INSERT, DELETE ON :"schema".links TO umsops_writer;
GRANT DELETE ON :"schema".deliveries TO umsops_writer;  -- tick clears what was sent long ago
GRANT INSERT, UPDATE, DELETE ON :"schema".outbox TO umsops_writer;
-- What is made of records and can be made anew.
GRANT INSERT, UPDATE, DELETE ON :"schema".search_meta, :"schema".search_seg, :"schema".search_page, :"schema".search_list,
  :"schema".search_pending, :"schema".search_document, :"schema".search_misses TO umsops_writer;

-- Who stored an entry of the history is what the server says, not what a program claims. Who owns the table may bring a history
-- from elsewhere (db copy).
CREATE OR REPLACE FUNCTION :"schema".umsops_own_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.db_user IS DISTINCT FROM session_user
     AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
    RAISE EXCEPTION 'an entry of the history is stored under the name of its session' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
ALTER FUNCTION :"schema".umsops_own_name() OWNER TO umsops_owner;
CREATE OR REPLACE TRIGGER umsops_own_name BEFORE INSERT ON :"schema".events FOR EACH ROW EXECUTE FUNCTION :"schema".umsops_own_name();
