-- SPDX-License-Identifier: Apache-2.0
-- The search index: term pages, long lists, what is pending. Rows of bytes lie in tables with a small key, not in the key's
-- own tree: cells over a kilobyte would spill there.
CREATE TABLE search_meta (
  one BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  documents BIGINT NOT NULL,
  next_document BIGINT NOT NULL,
  next_segment BIGINT NOT NULL,
  title_length BIGINT NOT NULL,
  body_length BIGINT NOT NULL,
  title_pivot BIGINT NOT NULL,
  body_pivot BIGINT NOT NULL
)/*strict*/;
CREATE TABLE search_seg (seg BIGINT NOT NULL PRIMARY KEY, level BIGINT NOT NULL, removed BIGINT NOT NULL)/*strict*/;
CREATE TABLE search_page (
  page BIGINT NOT NULL PRIMARY KEY,
  seg BIGINT NOT NULL,
  first BYTES NOT NULL,
  data BYTES NOT NULL
)/*strict*/;
CREATE UNIQUE INDEX search_page_first ON search_page (seg, first);
CREATE TABLE search_list (list BIGINT NOT NULL PRIMARY KEY, data BYTES NOT NULL)/*strict*/;
CREATE TABLE search_pending (pending BIGINT NOT NULL PRIMARY KEY, data BYTES NOT NULL)/*strict*/;
