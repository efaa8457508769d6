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
