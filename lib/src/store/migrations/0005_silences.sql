-- SPDX-License-Identifier: Apache-2.0
-- `ends_at` is null for one that ends with its incident, or by hand alone.
CREATE TABLE silences(
  n BIGINT NOT NULL PRIMARY KEY,
  matchers JSON NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT,
  incident TEXT,
  intervals JSON,
  comment TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT,
  seq BIGINT NOT NULL
)/*strict*/;
CREATE INDEX silences_end ON silences(ends_at);
