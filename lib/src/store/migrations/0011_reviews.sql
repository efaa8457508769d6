-- SPDX-License-Identifier: Apache-2.0
-- Reviews of incidents. `n` is that of the incident: there is one for each, found without an index.
CREATE TABLE reviews(
  n BIGINT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  review_number TEXT NOT NULL,
  incident TEXT NOT NULL,
  title TEXT NOT NULL,
  type TEXT NOT NULL,
  severity TEXT NOT NULL,
  status TEXT NOT NULL,
  owner TEXT,
  due_at BIGINT,
  sections JSON,
  actions JSON,
  created_by TEXT,
  updated_by TEXT,
  reviewed_by TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  reviewed_at BIGINT,
  closed_at BIGINT,
  rev BIGINT NOT NULL,
  last_event BIGINT NOT NULL,
  brought BIGINT
)/*strict*/;
CREATE INDEX reviews_created ON reviews(created_at);
CREATE UNIQUE INDEX reviews_id ON reviews(id) WHERE brought = 1;
CREATE UNIQUE INDEX reviews_number ON reviews(review_number) WHERE brought = 1;
