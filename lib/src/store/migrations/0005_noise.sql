-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE support_tickets ADD COLUMN service TEXT;
