-- SPDX-License-Identifier: Apache-2.0
-- Limits that hold for every session in the database, whoever opens it: umsops sets its own, psql and dashboards do not.
-- Run once by the database's owner:  psql -v database=desk -f limits.sql desk
\set ON_ERROR_STOP on
ALTER DATABASE :"database" SET statement_timeout = '5min';
ALTER DATABASE :"database" SET lock_timeout = '60s';
ALTER DATABASE :"database" SET idle_in_transaction_session_timeout = '5min';
ALTER DATABASE :"database" SET synchronous_commit = on;
