-- SPDX-License-Identifier: Apache-2.0
-- The knowledge base: articles, guides, videos, FAQ and solutions in one table; what readers say of them; which number
-- a record has in the search index; what was looked for in vain.
CREATE TABLE knowledge_base(
  n BIGINT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  kb_number TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  content TEXT,
  category TEXT,
  tags JSON,
  language TEXT,
  difficulty TEXT,
  related_incidents JSON,
  visibility TEXT NOT NULL,
  status TEXT NOT NULL,
  priority BIGINT,
  incident_type TEXT,
  required_tools JSON,
  estimated_time_minutes BIGINT,
  url TEXT,
  length BIGINT,
  review_by BIGINT,
  created_by TEXT,
  updated_by TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  key TEXT,
  rev BIGINT NOT NULL,
  view_count BIGINT,
  helpful_count BIGINT,
  not_helpful_count BIGINT,
  used_count BIGINT,
  worked_count BIGINT,
  file TEXT,
  file_digest TEXT,
  file_head TEXT,
  last_event BIGINT NOT NULL,
  brought BIGINT,
  key_content BYTES,
  derived_check BIGINT
)/*strict*/;
CREATE INDEX knowledge_base_created ON knowledge_base(created_at);
CREATE UNIQUE INDEX knowledge_base_key ON knowledge_base(key) WHERE key IS NOT NULL;
CREATE UNIQUE INDEX knowledge_base_id ON knowledge_base(id) WHERE brought = 1;
CREATE UNIQUE INDEX knowledge_base_number ON knowledge_base(kb_number) WHERE brought = 1;

CREATE TABLE feedback(
  noun TEXT NOT NULL,
  record BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  good BIGINT NOT NULL,
  reason TEXT,
  author TEXT,
  created_at BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY(noun, record, kind, subject)
)/*keyed*/;

CREATE TABLE search_document(document BIGINT NOT NULL PRIMARY KEY, noun TEXT NOT NULL, record BIGINT NOT NULL)/*strict*/;
CREATE UNIQUE INDEX search_document_record ON search_document(noun, record);

CREATE TABLE search_misses(
  query TEXT NOT NULL PRIMARY KEY,
  asked BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  row_hash BYTES NOT NULL
)/*keyed*/;
