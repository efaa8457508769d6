-- SPDX-License-Identifier: Apache-2.0
-- Tickets are counted by month, too: a report over all of a long history adds up months. Such a row's day is 1,000,000,000
-- below the months since 1970, and its state 2 has all open tickets. All are counted anew.
DELETE FROM ticket_days;
