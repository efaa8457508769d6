-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE support_tickets ADD COLUMN first_response_at BIGINT;
ALTER TABLE support_tickets ADD COLUMN response_working_minutes BIGINT;
ALTER TABLE support_tickets ADD COLUMN resolution_working_minutes BIGINT;
ALTER TABLE support_tickets ADD COLUMN resolution TEXT;
ALTER TABLE support_tickets ADD COLUMN knowledge TEXT;
ALTER TABLE support_tickets ADD COLUMN reopen_count BIGINT;
ALTER TABLE support_tickets ADD COLUMN pending_until BIGINT;
ALTER TABLE support_tickets ADD COLUMN pending_then TEXT;
ALTER TABLE support_tickets ADD COLUMN escalation_level TEXT;
ALTER TABLE support_tickets ADD COLUMN sla_policy TEXT;
-- Derived from the history, to be found by: no part of a row's hash, but with one of their own.
ALTER TABLE support_tickets ADD COLUMN response_due_at BIGINT;
ALTER TABLE support_tickets ADD COLUMN resolution_due_at BIGINT;
ALTER TABLE support_tickets ADD COLUMN sla_risk_at BIGINT;
ALTER TABLE support_tickets ADD COLUMN sla_breach TEXT;
ALTER TABLE support_tickets ADD COLUMN next_action_at BIGINT;
ALTER TABLE support_tickets ADD COLUMN due_times_hash TEXT;
CREATE INDEX support_tickets_next_action ON support_tickets(next_action_at, n) WHERE next_action_at IS NOT NULL;

-- How many unfinished tickets somebody has.
CREATE INDEX support_tickets_load ON support_tickets(assignee_id) WHERE assignee_id IS NOT NULL AND status <> 'RESOLVED' AND status <> 'CLOSED';

-- `child-of`, `duplicate-of`, `blocked-by`, `relates-to`, `caused-by`: from a ticket to another record.
CREATE TABLE ticket_links(
  ticket_id TEXT NOT NULL REFERENCES support_tickets(id),
  kind TEXT NOT NULL,
  other_id TEXT NOT NULL,
  other_noun TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  row_hash TEXT NOT NULL,
  PRIMARY KEY(ticket_id, kind, other_id)
)/*keyed*/;
CREATE INDEX ticket_links_other ON ticket_links(other_id, kind);

-- Steps of escalation ladders that were taken: each once in a generation of the clocks.
CREATE TABLE ladder_steps(
  ticket_id TEXT NOT NULL REFERENCES support_tickets(id),
  generation BIGINT NOT NULL,
  step TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  fired_at BIGINT NOT NULL,
  row_hash TEXT NOT NULL,
  PRIMARY KEY(ticket_id, generation, step)
)/*keyed*/;

CREATE TABLE ticket_callbacks(
  id TEXT NOT NULL PRIMARY KEY,
  ticket_id TEXT NOT NULL REFERENCES support_tickets(id),
  contact TEXT,
  note TEXT,
  due_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT,
  done_at BIGINT,
  done_by TEXT,
  outcome TEXT,
  row_hash TEXT NOT NULL
)/*keyed*/;
CREATE INDEX ticket_callbacks_open ON ticket_callbacks(due_at) WHERE state = 'OPEN';
CREATE INDEX ticket_callbacks_ticket ON ticket_callbacks(ticket_id);

CREATE TABLE ticket_attachments(
  id TEXT NOT NULL PRIMARY KEY,
  ticket_id TEXT NOT NULL REFERENCES support_tickets(id),
  response_id TEXT,
  file_name TEXT,
  media_type TEXT,
  bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  content TEXT,
  created_at BIGINT NOT NULL,
  row_hash TEXT NOT NULL
)/*strict*/;
CREATE INDEX ticket_attachments_ticket ON ticket_attachments(ticket_id);

-- Who of a pool had the last turn.
CREATE TABLE assignment_turns(
  pool TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL,
  at BIGINT NOT NULL,
  row_hash TEXT NOT NULL
)/*keyed*/;
