-- SPDX-License-Identifier: Apache-2.0
-- What time and other systems do to an incident: what fires, what mutes it, who is waited for, what is due.
ALTER TABLE incidents ADD COLUMN firing_alerts JSON;
ALTER TABLE incidents ADD COLUMN silenced_by JSON;
ALTER TABLE incidents ADD COLUMN inhibited_by JSON;
ALTER TABLE incidents ADD COLUMN acknowledgers JSON;
ALTER TABLE incidents ADD COLUMN escalation_from BIGINT;
ALTER TABLE incidents ADD COLUMN resolves_at BIGINT;
ALTER TABLE incidents ADD COLUMN alert_count BIGINT;
ALTER TABLE incidents ADD COLUMN first_alert_at BIGINT;
ALTER TABLE incidents ADD COLUMN last_alert_at BIGINT;
ALTER TABLE incidents ADD COLUMN last_update_at BIGINT;
ALTER TABLE incidents ADD COLUMN update_due_at BIGINT;
ALTER TABLE incidents ADD COLUMN derived_check BIGINT;
-- What a ticket is about.
ALTER TABLE support_tickets ADD COLUMN service TEXT;
