-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE incidents(
  n BIGINT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  incident_number TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT,
  type TEXT NOT NULL,
  severity TEXT NOT NULL,
  impact TEXT,
  urgency TEXT,
  priority TEXT NOT NULL,
  category TEXT,
  status TEXT NOT NULL,
  source TEXT,
  reported_by TEXT,
  assigned_to TEXT,
  affected_users BIGINT,
  business_impact TEXT,
  affected_services JSON,
  related_alerts JSON,
  impact_started_at BIGINT,
  detected_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  acknowledged_at BIGINT,
  acknowledged_by TEXT,
  recovered_at BIGINT,
  resolved_at BIGINT,
  closed_at BIGINT,
  resolution TEXT,
  root_cause TEXT,
  commander TEXT,
  scribe TEXT,
  communications TEXT,
  deputy TEXT,
  key TEXT,
  dedup_key TEXT,
  attributes JSON,
  classification JSON,
  reopen_count BIGINT,
  rev BIGINT NOT NULL,
  last_event BIGINT NOT NULL,
  brought BIGINT,
  key_content BYTES
)/*strict*/;
CREATE INDEX incidents_created ON incidents(created_at);
CREATE INDEX incidents_open ON incidents(status, created_at) WHERE status NOT IN ('RESOLVED', 'CLOSED');
CREATE UNIQUE INDEX incidents_key ON incidents(key) WHERE key IS NOT NULL;
CREATE INDEX incidents_dedup ON incidents(dedup_key) WHERE dedup_key IS NOT NULL;
CREATE UNIQUE INDEX incidents_id ON incidents(id) WHERE brought = 1;
CREATE UNIQUE INDEX incidents_number ON incidents(incident_number) WHERE brought = 1;

CREATE TABLE timeline(
  noun TEXT NOT NULL,
  record BIGINT NOT NULL,
  place BIGINT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  author TEXT,
  content TEXT NOT NULL,
  data JSON,
  corrects TEXT,
  pinned BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY(noun, record, place)
)/*keyed*/;

-- What mutes incidents; `ends_at` is null for one that ends with its incident, or by hand alone.
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
