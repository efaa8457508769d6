-- SPDX-License-Identifier: Apache-2.0
-- The team that a ticket waits for, beside its assignee.
ALTER TABLE support_tickets ADD COLUMN team TEXT;
