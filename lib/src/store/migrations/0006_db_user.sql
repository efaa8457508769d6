-- SPDX-License-Identifier: Apache-2.0
-- Who stored an entry, as the server says: `login` is what a host says of itself.
ALTER TABLE events ADD COLUMN db_user TEXT;
