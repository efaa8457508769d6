-- SPDX-License-Identifier: Apache-2.0
-- Who asks, as the directory knows them, and by which names each is found. A name may be that of several people.
CREATE TABLE requesters(
  n BIGINT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  requester_number TEXT NOT NULL,
  account TEXT,
  name TEXT,
  mails JSON,
  phones JSON,
  aliases JSON,
  department TEXT,
  site TEXT,
  manager TEXT,
  language TEXT,
  vip BIGINT NOT NULL,
  attributes JSON,
  state TEXT NOT NULL,
  left_at BIGINT,
  directory TEXT,
  merged_into TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  last_event BIGINT NOT NULL,
  brought BIGINT
)/*strict*/;
CREATE INDEX requesters_created ON requesters(created_at);
CREATE UNIQUE INDEX requesters_id ON requesters(id) WHERE brought = 1;
CREATE UNIQUE INDEX requesters_number ON requesters(requester_number) WHERE brought = 1;

CREATE TABLE requester_names(
  name TEXT NOT NULL,
  record BIGINT NOT NULL,
  row_hash BYTES NOT NULL,
  PRIMARY KEY(name, record)
)/*keyed*/;
