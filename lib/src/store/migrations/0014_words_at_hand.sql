-- SPDX-License-Identifier: Apache-2.0
-- What makes a day at the desk quick: words that a record is found by, the time it took, what the requester thought of
-- it, and who has to say yes first.
ALTER TABLE support_tickets ADD COLUMN tags JSON;
ALTER TABLE support_tickets ADD COLUMN time_spent_minutes BIGINT;
ALTER TABLE support_tickets ADD COLUMN rating BIGINT;
ALTER TABLE support_tickets ADD COLUMN approval TEXT;
ALTER TABLE support_tickets ADD COLUMN approver TEXT;
ALTER TABLE support_tickets ADD COLUMN approval_deputy TEXT;
ALTER TABLE support_tickets ADD COLUMN approval_due_at BIGINT;
ALTER TABLE incidents ADD COLUMN tags JSON;
ALTER TABLE responses ADD COLUMN time_spent_minutes BIGINT;

-- Tickets but SPAM, counted by the local day of their creation, for reports: `state` is 0 RESOLVED, 1 CLOSED, and of
-- open ones the day from which on they are late (UTC) and 2. `beyond` were resolved after more than 240 minutes.
CREATE TABLE ticket_days(
  day BIGINT NOT NULL,
  category TEXT NOT NULL,
  priority TEXT NOT NULL,
  state BIGINT NOT NULL,
  n BIGINT NOT NULL,
  beyond BIGINT NOT NULL,
  response_n BIGINT NOT NULL,
  response_sum BIGINT NOT NULL,
  resolution_n BIGINT NOT NULL,
  resolution_sum BIGINT NOT NULL,
  PRIMARY KEY(day, category, priority, state)
)/*keyed*/;
