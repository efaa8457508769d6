// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/server_roles.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "store/personal_columns.hpp"
#include "store/record_table.hpp"
#include "store/table.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kAdd = "INSERT", kAddAndTake = "INSERT, DELETE", kChange = "INSERT, UPDATE",
                           kAll = "INSERT, UPDATE, DELETE", kErase = "UPDATE, DELETE";
constexpr std::string_view kAgent = "umsops_agent", kManager = "umsops_manager";

/// What an agent does with the tables that are no record's and no index's.
constexpr std::array<std::pair<Table const*, std::string_view>, 19> kRights = {{
    {&kMigrations, ""},      {&kResponses, kAdd},
    {&kEscalations, kAdd},   {&kLadderSteps, kAdd},
    {&kAttachments, kAdd},   {&kMails, kAdd},
    {&kKeys, kAdd},          {&kLinks, kAddAndTake},
    {&kStoreInfo, kChange},  {&kTurns, kChange},
    {&kCallbacks, kChange},  {&kTimeline, kChange},
    {&kSilences, kChange},   {&kFeedback, kChange},
    {&kExecutions, kChange}, {&kOutbox, kAll},
    {&kDeliveries, kAll},  // tick clears what was sent long ago
    {&kMisses, kAll},        {&kRequesterNames, kAddAndTake},
}};

std::string_view rights_on(Table const& table) {
  auto const* const known =
      std::find_if(kRights.begin(), kRights.end(), [&](auto const& right) { return right.first == &table; });
  if (known == kRights.end()) {
    throw base::Error(base::errors::internal,
                      {{"problem", "nobody said what an agent does with " + std::string(table.name)}});
  }
  return known->second;
}

bool has_column(Table const& table, std::string_view name) {
  return std::any_of(table.columns.begin(), table.columns.end(), [&](Column const& one) { return one.name == name; });
}

std::string grant(std::string_view rights, std::string_view table, std::string_view role = kAgent) {
  std::string out("GRANT ");
  return out.append(rights).append(" ON :\"schema\".").append(table).append(" TO ").append(role).append(";\n");
}

/// Whoever has a key can be answered in the place of the caller who filed with it.
std::string kept_from_readers() {
  return "-- Readers get all but the keys by which callers file.\nREVOKE SELECT ON :\"schema\"." +
         std::string(kKeys.name) + " FROM umsops_reader;\n";
}

/// What erasing takes (store/erasure.cpp): the rows that may name a person, and values and salts of the history.
std::string grants_of_managers() {
  std::string out =
      "-- Managers are agents who may erase what is known of a person. Of the history that leaves the chain as it is: "
      "what\n"
      "-- else they would alter there, `umsops audit verify` finds.\n"
      "SET client_min_messages = warning;\nGRANT umsops_agent TO umsops_manager;\nRESET client_min_messages;\n";
  out += grant("UPDATE (actor, login, db_user, reason, private_values, salt, digests)", "events", kManager);
  for (PersonalTable const& personal : personal_tables()) out += grant(kErase, personal.table.name, kManager);
  return out;
}

std::string grants_of(Schema const& schema) {
  std::string out =
      "-- The history is added to and never altered. Locking the row of the turn counts as changing it.\n";
  out += grant(kAdd, "events") + grant("UPDATE", "umsops_turn");
  out += "-- Records change and never go away; the history tells of each change.\n";
  for (RecordTable const* table : schema.records) out += grant(kChange, table->name);
  out += "-- What records have, and what leads to them.\n";
  for (Table const* table : schema.tables) {
    auto const rights = rights_on(*table);
    if (!rights.empty()) out += grant(rights, table->name);
  }
  out += "-- The search index is made of records and can be made anew.\n";
  for (MadeTable const& table : made_tables()) out += grant(kAll, table.name);
  return out + grants_of_managers() + kept_from_readers();
}

constexpr std::string_view kHead =
    R"sql(-- SPDX-License-Identifier: Apache-2.0
-- Made by: umsops generate roles DIR
-- Five roles for a shared desk. Run by an administrator after `umsops db init`, and again after `umsops db migrate`:
--   psql -v schema=public -f roles.sql desk
--
--   umsops_owner    owns the tables: db init, db migrate, db copy. Nobody works as it every day.
--   umsops_manager  an agent who may also erase: privacy erase, privacy retain.
--   umsops_agent    files and changes records. The history can be added to and read, and nothing else.
--   umsops_auditor  reads everything: audit verify, db check, exports.
--   umsops_reader   reads records and reports, but not the keys by which callers file.
--
-- People and hosts have logins of their own, each a member of one of them:
--   CREATE ROLE ci LOGIN PASSWORD '...' IN ROLE umsops_agent;
-- Whoever is a member of the owner says so in the address:
--   postgresql://admin@db.example/desk?options=-crole%3Dumsops_owner
--
-- What an agent can do by psql, beside umsops, all the same:
--   - name any actor and any login in an entry of the history: they are what a program claims. `db_user` is the
--     server's word for the session, and cannot be another's. So give each person and each host a login of their own.
--   - say that an entry's time was given (`given_time`), or bring a new record with a history of its own, as an import
--     does; any other time must be that of the server, within an hour.
--   - alter records, or what they have, without an entry, or add an entry whose hash is wrong. `umsops audit verify`
--     finds both, and the entry names its session.
--   - read everything, drop links and messages that wait, and hold the turn until a limit of limits.sql ends it.
-- What it cannot: alter, reorder or remove entries of the history, take a place that is not the next one, or move a
-- counter so far that nobody can file anything any more.
\set ON_ERROR_STOP on
\if :{?schema} \else \set schema public \endif
SELECT format('CREATE ROLE %I NOLOGIN', name)
FROM unnest(ARRAY['umsops_owner', 'umsops_manager', 'umsops_agent', 'umsops_auditor', 'umsops_reader']) AS name
WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) \gexec

REVOKE CREATE ON SCHEMA :"schema" FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA :"schema" TO umsops_owner;
GRANT USAGE ON SCHEMA :"schema" TO umsops_agent, umsops_auditor, umsops_reader;
SELECT format('ALTER TABLE %I.%I OWNER TO umsops_owner', schemaname, tablename)
FROM pg_tables WHERE schemaname = :'schema' \gexec

REVOKE ALL ON ALL TABLES IN SCHEMA :"schema" FROM PUBLIC, umsops_manager, umsops_agent, umsops_auditor,
  umsops_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO umsops_agent, umsops_auditor, umsops_reader;

)sql";

/// Whoever owns the table may bring a history from elsewhere (db copy); all others are held to what umsops does. Guards
/// run with the rights of whoever stores a row, so nothing in them is looked up by that caller's search path. One for
/// each table: the server plans its statements once a session.
std::string guard(std::string_view table, std::string_view when, std::string_view body) {
  std::string const name = "umsops_guard_" + std::string(table);
  std::string out = "SELECT format($guard$CREATE OR REPLACE FUNCTION %1$I." + name + "() RETURNS trigger\n" +
                    R"sql(LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE problem text; last bigint;
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN RETURN NEW; END IF;
)sql";
  for (std::size_t at = 0; at < body.size();) {
    constexpr std::string_view kTable = "@table";
    auto const next = std::min(body.find(kTable, at), body.size());
    out.append(body, at, next - at);
    if (next < body.size()) out.append("%1$I.").append(table);
    at = next < body.size() ? next + kTable.size() : next;
  }
  out += R"sql(  IF problem IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = problem || ' (' || TG_TABLE_NAME || ')', ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$$guard$, :'schema') \gexec
)sql";
  out += "ALTER FUNCTION :\"schema\"." + name + "() OWNER TO umsops_owner;\n";
  return out.append("CREATE OR REPLACE TRIGGER ")
      .append(name)
      .append(" BEFORE ")
      .append(when)
      .append(" ON :\"schema\".")
      .append(table)
      .append("\n  FOR EACH ROW EXECUTE FUNCTION :\"schema\".")
      .append(name)
      .append("();\n");
}

constexpr std::string_view kEvent =
    R"sql(  SELECT coalesce(max(seq), 0) INTO last FROM @table;
  IF NEW.db_user IS DISTINCT FROM session_user THEN
    problem := 'an entry of the history is stored under the name of its session';
  ELSIF NEW.seq <> last + 1 OR octet_length(NEW.hash) <> 32 THEN
    problem := 'an entry of the history follows the last one';
  ELSIF coalesce(NEW.given_time, 0) = 0
        AND abs(NEW.at::numeric - extract(epoch FROM clock_timestamp()) * 1000) > 3600000 THEN
    -- An import brings the history of a new record with it, all of it in one transaction.
    SELECT count(*) INTO last FROM @table WHERE seq = NEW.previous AND xmin = pg_current_xact_id()::xid;
    IF NEW.record IS NULL OR (last = 0 AND coalesce(NEW.previous, 0) <> 0) THEN
      problem := 'the time of an entry is that of the server, within an hour: look at the clock of this host';
    END IF;
  END IF;
)sql";

/// Numbers that an import brings may move the counter so far (store/record_table.cpp), all others by one.
constexpr std::string_view kRecord = R"sql(  IF TG_OP = 'UPDATE' THEN
    IF NEW.n <> OLD.n OR NEW.rev < OLD.rev OR NEW.rev > OLD.rev::numeric + 1000 THEN
      problem := 'a record keeps its place, and its revisions are counted';
    END IF;
  ELSE
    SELECT coalesce(max(n), 0) INTO last FROM @table;
    IF NEW.n < 1 OR NEW.n > greatest(last::numeric + 1, 1000000000) OR NEW.rev NOT BETWEEN 0 AND 1000000000 THEN
      problem := 'a record follows the last one';
    END IF;
  END IF;
)sql";

constexpr std::string_view kNumber = R"sql(  IF TG_OP = 'UPDATE' THEN
    IF NEW.n <> OLD.n THEN problem := 'a row keeps its place'; END IF;
  ELSE
    SELECT coalesce(max(n), 0) INTO last FROM @table;
    IF NEW.n < 1 OR NEW.n > last::numeric + 1 THEN problem := 'a row follows the last one'; END IF;
  END IF;
)sql";

constexpr std::string_view kPlace = R"sql(  IF TG_OP = 'UPDATE' THEN
    IF NEW.place <> OLD.place OR NEW.record <> OLD.record THEN problem := 'a row keeps its place'; END IF;
  ELSE
    SELECT coalesce(max(place), 0) INTO last FROM @table WHERE noun = NEW.noun AND record = NEW.record;
    IF NEW.place < 1 OR NEW.place > last::numeric + 1 THEN
      problem := 'a row follows the last one of its record';
    END IF;
  END IF;
)sql";

constexpr std::string_view kInfo =
    R"sql(  IF NEW.name IN ('store_id', 'created_at', 'copy_of') THEN
    problem := 'what a store is called is its owner''s business';
  END IF;
)sql";
constexpr std::string_view kTurn = R"sql(  problem := 'the row of the turn is locked and never changed';
)sql";

std::string guards_of(Schema const& schema) {
  constexpr std::string_view kBoth = "INSERT OR UPDATE";
  std::string out = guard("events", "INSERT", kEvent);
  for (RecordTable const* table : schema.records) out += guard(table->name, kBoth, kRecord);
  for (Table const* table : schema.tables) {
    if (has_column(*table, "n")) out += guard(table->name, kBoth, kNumber);
    if (has_column(*table, "place")) out += guard(table->name, kBoth, kPlace);
  }
  return out + guard(kStoreInfo.name, kBoth, kInfo) + guard("umsops_turn", "UPDATE", kTurn);
}

constexpr std::string_view kOld = R"sql(-- The guard of desks that were set up by an earlier one of these files.
SET client_min_messages = warning;
DROP TRIGGER IF EXISTS umsops_own_name ON :"schema".events;
DROP FUNCTION IF EXISTS :"schema".umsops_own_name();
RESET client_min_messages;
)sql";

}  // namespace

std::string server_roles(Schema const& schema) {
  return std::string(kHead) + grants_of(schema) +
         "\n-- Guards: what a program other than umsops could store with these rights, and must not.\n" +
         guards_of(schema) + std::string(kOld);
}

}  // namespace umsops::store
