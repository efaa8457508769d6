-- SPDX-License-Identifier: Apache-2.0
-- Times are epoch milliseconds, choices text. The engine makes its own of /*strict*/, /*keyed*/ and the type names.
-- What every kind of record may have lies in one table for all of them, by (noun, record), where `record` is the row
-- key `n` of the record's own table. `seq` is the event that vouches for a row.
CREATE TABLE store_info(
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  row_hash BYTES NOT NULL
)/*keyed*/;

CREATE TABLE schema_migrations(
  version BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at BIGINT NOT NULL,
  sha256 BYTES NOT NULL,
  row_hash BYTES NOT NULL
)/*strict*/;

CREATE TABLE support_tickets(
  n BIGINT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  ticket_number TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT,
  requester_id TEXT,
  assignee_id TEXT,
  category TEXT,
  subcategory TEXT,
  priority TEXT NOT NULL,
  status TEXT NOT NULL,
  source TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  resolved_at BIGINT,
  closed_at BIGINT,
  sla_deadline BIGINT,
  response_time_minutes BIGINT,
  resolution_time_minutes BIGINT,
  key TEXT,
  attributes JSON,
  classification JSON,
  rev BIGINT NOT NULL,
  first_response_at BIGINT,
  response_working_minutes BIGINT,
  resolution_working_minutes BIGINT,
  resolution TEXT,
  knowledge TEXT,
  reopen_count BIGINT,
  pending_until BIGINT,
  pending_then TEXT,
  escalation_level TEXT,
  sla_policy TEXT,
  response_due_at BIGINT,
  resolution_due_at BIGINT,
  sla_risk_at BIGINT,
  sla_breach TEXT,
  next_action_at BIGINT,
  last_event BIGINT NOT NULL,
  brought BIGINT,
  key_content BYTES,
  derived_check BIGINT
)/*strict*/;
CREATE INDEX support_tickets_created ON support_tickets(created_at);
CREATE INDEX support_tickets_open ON support_tickets(status, created_at) WHERE status NOT IN ('RESOLVED', 'CLOSED');
CREATE INDEX support_tickets_requester ON support_tickets(requester_id, created_at) WHERE requester_id IS NOT NULL;
CREATE INDEX support_tickets_assignee ON support_tickets(assignee_id, created_at) WHERE assignee_id IS NOT NULL;
CREATE INDEX support_tickets_load ON support_tickets(assignee_id) WHERE assignee_id IS NOT NULL AND status NOT IN ('RESOLVED', 'CLOSED');
CREATE INDEX support_tickets_next_action ON support_tickets(next_action_at) WHERE next_action_at IS NOT NULL;
CREATE UNIQUE INDEX support_tickets_key ON support_tickets(key) WHERE key IS NOT NULL;
CREATE UNIQUE INDEX support_tickets_id ON support_tickets(id) WHERE brought = 1;
CREATE UNIQUE INDEX support_tickets_number ON support_tickets(ticket_number) WHERE brought = 1;

CREATE TABLE responses(
  noun TEXT NOT NULL,
  record BIGINT NOT NULL,
  place BIGINT NOT NULL,
  id TEXT NOT NULL,
  responder_id TEXT,
  response_type TEXT NOT NULL,
  is_private BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  content TEXT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY(noun, record, place)
)/*keyed*/;

CREATE TABLE escalations(
  noun TEXT NOT NULL,
  record BIGINT NOT NULL,
  place BIGINT NOT NULL,
  id TEXT NOT NULL,
  escalated_by TEXT,
  escalation_level TEXT NOT NULL,
  reason TEXT,
  previous_assignee TEXT,
  new_assignee TEXT,
  escalated_at BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY(noun, record, place)
)/*keyed*/;
CREATE UNIQUE INDEX escalations_id ON escalations(id);

-- `child-of`, `duplicate-of`, `blocked-by`, `relates-to`, `caused-by`. `other` is 0 for a record that is not stored
-- here; then `other_name` says which it is.
CREATE TABLE links(
  noun TEXT NOT NULL,
  record BIGINT NOT NULL,
  kind TEXT NOT NULL,
  other_noun TEXT NOT NULL,
  other BIGINT NOT NULL,
  other_name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY(noun, record, kind, other_noun, other, other_name)
)/*keyed*/;
CREATE INDEX links_other ON links(other_noun, other, kind);

-- Steps of escalation ladders that were taken: each once in a generation of the clocks.
CREATE TABLE ladder_steps(
  noun TEXT NOT NULL,
  record BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  step TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  fired_at BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY(noun, record, generation, step)
)/*keyed*/;

CREATE TABLE callbacks(
  id TEXT NOT NULL PRIMARY KEY,
  noun TEXT NOT NULL,
  record BIGINT NOT NULL,
  contact TEXT,
  note TEXT,
  due_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT,
  done_at BIGINT,
  done_by TEXT,
  outcome TEXT,
  seq BIGINT NOT NULL
)/*keyed*/;
CREATE INDEX callbacks_open ON callbacks(due_at) WHERE state = 'OPEN';
CREATE INDEX callbacks_record ON callbacks(noun, record);

CREATE TABLE attachments(
  noun TEXT NOT NULL,
  record BIGINT NOT NULL,
  id TEXT NOT NULL,
  response_id TEXT,
  file_name TEXT,
  media_type TEXT,
  bytes BIGINT NOT NULL,
  sha256 BYTES NOT NULL,
  created_at BIGINT NOT NULL,
  content BYTES,
  seq BIGINT NOT NULL,
  PRIMARY KEY(noun, record, id)
)/*keyed*/;
CREATE UNIQUE INDEX attachments_id ON attachments(id);

-- Mails that were taken in; `identity` tells apart those of one Message-ID.
CREATE TABLE mails(
  message_id TEXT NOT NULL,
  identity BYTES NOT NULL,
  noun TEXT NOT NULL,
  record BIGINT NOT NULL,
  response_id TEXT,
  subject TEXT,
  sent_at BIGINT,
  participants TEXT,
  created_at BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY(message_id, identity)
)/*keyed*/;
CREATE INDEX mails_record ON mails(noun, record);

-- Keys of what was done to records. The key that a record was made with stands in the record.
CREATE TABLE idempotency_keys(
  noun TEXT NOT NULL,
  key TEXT NOT NULL,
  record BIGINT NOT NULL,
  content_hash BYTES,
  seq BIGINT NOT NULL,
  PRIMARY KEY(noun, key)
)/*keyed*/;
CREATE INDEX idempotency_keys_record ON idempotency_keys(record, noun);

-- `previous` is the event before it of the same record. `bound` lists the digests of the rows that it vouches for.
CREATE TABLE events(
  seq BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT,
  login TEXT,
  command TEXT NOT NULL,
  noun TEXT NOT NULL,
  record BIGINT,
  previous BIGINT,
  kind TEXT NOT NULL,
  rev BIGINT NOT NULL,
  reason TEXT,
  rules_version TEXT,
  given_time BIGINT,
  key_id BYTES,
  changes TEXT,
  private_values TEXT,
  salt BYTES,
  digests TEXT,
  bound BYTES,
  state_hash BYTES,
  hash BYTES NOT NULL
)/*strict*/;

-- In the order in which messages fall due.
CREATE TABLE outbox(
  next_attempt_at BIGINT NOT NULL,
  id TEXT NOT NULL,
  topic TEXT NOT NULL,
  noun TEXT NOT NULL,
  record BIGINT NOT NULL,
  recipient TEXT,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  last_error TEXT,
  created_at BIGINT NOT NULL,
  row_hash BYTES NOT NULL,
  PRIMARY KEY(next_attempt_at, id)
)/*keyed*/;

-- Who of a pool had the last turn.
CREATE TABLE assignment_turns(
  pool TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL,
  at BIGINT NOT NULL,
  row_hash BYTES NOT NULL
)/*keyed*/;
