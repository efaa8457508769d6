-- SPDX-License-Identifier: Apache-2.0
-- Messages on their way: one row for each contact that a message of the outbox goes to.
CREATE TABLE deliveries(
  id TEXT NOT NULL PRIMARY KEY,
  noun TEXT NOT NULL,
  record BIGINT NOT NULL,
  message TEXT NOT NULL,
  kind TEXT NOT NULL,
  audience TEXT,
  person TEXT,
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  lease TEXT,
  attempts BIGINT NOT NULL,
  note TEXT,
  parcel TEXT,
  created_at BIGINT NOT NULL,
  finished_at BIGINT,
  row_hash BYTES NOT NULL
)/*keyed*/;
CREATE INDEX deliveries_waiting ON deliveries(next_attempt_at, id) WHERE state = 'WAITING';
CREATE INDEX deliveries_record ON deliveries(noun, record, id);
CREATE INDEX deliveries_order ON deliveries(noun, record, channel, address, id) WHERE state = 'WAITING';
CREATE INDEX deliveries_contact ON deliveries(channel, address, finished_at) WHERE state = 'SENT';
