-- SPDX-License-Identifier: Apache-2.0
-- Executions of runbooks: where each stands, and the runbook as it was at its start. `incident` is 0 where there is none.
CREATE TABLE executions(
  n BIGINT NOT NULL PRIMARY KEY,
  incident BIGINT NOT NULL,
  runbook TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  data TEXT NOT NULL,
  content TEXT NOT NULL,
  seq BIGINT NOT NULL
)/*strict*/;
CREATE INDEX executions_incident ON executions(incident, state);
