-- SPDX-License-Identifier: Apache-2.0
-- Times are epoch milliseconds, choices text. The engine makes its own of /*strict*/, /*keyed*/ and the type names.
CREATE TABLE store_info(
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  row_hash TEXT NOT NULL
)/*keyed*/;

CREATE TABLE schema_migrations(
  version BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  row_hash TEXT NOT NULL
)/*strict*/;

CREATE TABLE sequences(
  name TEXT NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL,
  row_hash TEXT NOT NULL
)/*keyed*/;

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
  responses_hash TEXT NOT NULL,
  row_salt TEXT NOT NULL,
  row_hash TEXT NOT NULL
)/*strict*/;
CREATE UNIQUE INDEX support_tickets_id ON support_tickets(id);
CREATE UNIQUE INDEX support_tickets_number ON support_tickets(ticket_number);
CREATE INDEX support_tickets_status ON support_tickets(status, created_at, n);
CREATE INDEX support_tickets_created ON support_tickets(created_at, n);
CREATE INDEX support_tickets_assignee ON support_tickets(assignee_id, created_at) WHERE assignee_id IS NOT NULL;
CREATE INDEX support_tickets_requester ON support_tickets(requester_id, created_at) WHERE requester_id IS NOT NULL;

CREATE TABLE ticket_responses(
  n BIGINT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  ticket_id TEXT NOT NULL REFERENCES support_tickets(id),
  responder_id TEXT,
  content TEXT NOT NULL,
  response_type TEXT NOT NULL,
  is_private BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  row_salt TEXT NOT NULL,
  row_hash TEXT NOT NULL
)/*strict*/;
CREATE INDEX ticket_responses_ticket ON ticket_responses(ticket_id, n);

CREATE TABLE ticket_escalations(
  n BIGINT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  ticket_id TEXT NOT NULL REFERENCES support_tickets(id),
  escalated_by TEXT,
  escalation_level TEXT NOT NULL,
  reason TEXT,
  previous_assignee TEXT,
  new_assignee TEXT,
  escalated_at BIGINT NOT NULL,
  row_salt TEXT NOT NULL,
  row_hash TEXT NOT NULL
)/*strict*/;
CREATE INDEX ticket_escalations_ticket ON ticket_escalations(ticket_id, n);

CREATE TABLE events(
  seq BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT,
  login TEXT,
  command TEXT NOT NULL,
  noun TEXT NOT NULL,
  record_id TEXT,
  kind TEXT NOT NULL,
  rev BIGINT NOT NULL,
  reason TEXT,
  rules_version TEXT,
  changes TEXT,
  private_values TEXT,
  salt TEXT,
  digests TEXT,
  state_hash TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
)/*strict*/;
CREATE INDEX events_record ON events(record_id, seq);

CREATE TABLE idempotency_keys(
  noun TEXT NOT NULL,
  key TEXT NOT NULL,
  record_id TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  row_hash TEXT NOT NULL,
  PRIMARY KEY(noun, key)
)/*keyed*/;

CREATE TABLE outbox(
  id TEXT NOT NULL PRIMARY KEY,
  topic TEXT NOT NULL,
  noun TEXT NOT NULL,
  record_id TEXT NOT NULL,
  recipient TEXT,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  last_error TEXT,
  created_at BIGINT NOT NULL,
  row_hash TEXT NOT NULL
)/*keyed*/;
CREATE INDEX outbox_waiting ON outbox(next_attempt_at) WHERE state = 'WAITING';
