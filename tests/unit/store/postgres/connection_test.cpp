// SPDX-License-Identifier: Apache-2.0
// What only a server can do to a change: refuse it, keep it waiting, get lost.
#include <algorithm>

#include "store/postgres/postgres_address.hpp"
#include "store/postgres/postgres_errors.hpp"
#include "unit/store/fixture.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

void fail_with(Connection& db, std::string const& state) {
  db.run_script("DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '" + state + "'; END $$");
}

std::int64_t number(Connection& db, std::string const& sql) {
  Reading row(db.prepare(sql));
  return row->step() ? row->integer(0) : -1;
}

/// Ends the session of `store`, as a server that goes down does.
void cut_off(Store& store) {
  std::string const pid = std::to_string(number(store.connection(), "SELECT pg_backend_pid()"));
  PostgresConnection other(tests::server(), base::Milliseconds{1000});
  number(other, "SELECT pg_terminate_backend(" + pid + ", 5000)::int");
}

std::string value_of(std::vector<std::pair<std::string, std::string>> const& parameters, std::string const& key) {
  auto const found = std::find_if(parameters.begin(), parameters.end(), [&](auto const& p) { return p.first == key; });
  return found == parameters.end() ? "" : found->second;
}

}  // namespace

TEST_CASE("what the server gave up for others is tried again, and not for ever", "[postgres]") {
  Desk desk;
  for (std::string const state : {"40001", "40P01", "23505"}) {
    int attempts = 0;
    int const result = write(*desk.store, [&](WriteTx& tx) {
      if (++attempts < 3) fail_with(tx.connection(), state);
      return attempts;
    });
    CHECK(result == 3);
    attempts = 0;
    CHECK(error_of([&] {
            write(*desk.store, [&](WriteTx& tx) {
              ++attempts;
              fail_with(tx.connection(), state);
              return 0;
            });
          }) == "store.contended");
    CHECK(attempts == 8);
  }
}

TEST_CASE("a change that was overtaken reads again what it goes by", "[postgres]") {
  Desk desk;
  auto const ticket = file_ticket(*desk.store, desk.ids);
  auto const other = open_for_writing(desk.path);
  auto const change = [&](WriteTx& tx, model::Ticket const& before, std::string const& title) {
    model::Ticket after = before;
    after.title = title;
    after.rev = before.rev + 1;
    model::Event event;
    event.at = at(kStart);
    event.actor = {"ops", "root", "ticket update"};
    event.noun = "ticket";
    event.record_id = ticket.id;
    event.kind = "updated";
    event.rev = after.rev;
    event.changes = {{"title", before.title, after.title, true}};
    append_event(tx, event, update_ticket(tx, after, before.rev), desk.ids);
    return 0;
  };
  int attempts = 0;
  write(*desk.store, [&](WriteTx& tx) {
    auto const before = *find_ticket_by_id(tx.connection(), ticket.id);
    if (++attempts == 1) write(*other, [&](WriteTx& theirs) { return change(theirs, before, "theirs"); });
    return change(tx, before, before.title + ", then ours");
  });
  CHECK(attempts == 2);
  CHECK(find_ticket_by_id(desk.db(), ticket.id)->title == "theirs, then ours");
  CHECK(find_ticket_by_id(desk.db(), ticket.id)->rev == 3);
  CHECK(flaws_of(*desk.store).empty());
}

TEST_CASE("who waits too long for a turn is told so; reading waits for nobody", "[postgres]") {
  Desk desk;
  file_ticket(*desk.store, desk.ids);
  auto const other = open_for_writing(desk.path, base::Milliseconds{100});
  WriteTx tx(*desk.store);
  tx.take_turn();
  CHECK(error_of([&] { file_ticket(*other, desk.ids); }) == "store.locked");
  CHECK(count_tickets(other->connection(), {}) == 1);
  tx.rollback();
  CHECK(error_of([&] { file_ticket(*other, desk.ids); }).empty());
}

TEST_CASE("a connection lost before the commit has stored nothing", "[postgres]") {
  Desk desk;
  WriteTx tx(*desk.store);
  insert_ticket(tx, a_ticket(desk.ids, 1));
  cut_off(*desk.store);
  CHECK(error_of([&] { tx.commit(); }) == "store.unavailable");
  CHECK(error_of([&] { count_tickets(desk.db(), {}); }) == "store.unavailable");
  CHECK(count_tickets(open_for_reading(desk.path)->connection(), {}) == 0);
}

TEST_CASE("a connection lost in the commit leaves its outcome open", "[postgres]") {
  Desk desk;
  edit_store(desk.path,
             "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM "
             "pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$; CREATE CONSTRAINT TRIGGER umsops_cut AFTER "
             "INSERT ON events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut()");
  CHECK(error_of([&] { file_ticket(*desk.store, desk.ids); }) == "store.outcome_unknown");
}

TEST_CASE("a commit that does not come to an end is waited for no longer than asked", "[postgres]") {
  Desk desk;
  edit_store(desk.path,
             "CREATE FUNCTION hang() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(20); RETURN NULL; "
             "END $$; CREATE CONSTRAINT TRIGGER umsops_hang AFTER INSERT ON events DEFERRABLE INITIALLY DEFERRED FOR "
             "EACH ROW EXECUTE FUNCTION hang()");
  auto const store = open_for_writing(desk.path, base::Milliseconds{200});
  auto const start = std::chrono::steady_clock::now();
  CHECK(error_of([&] { file_ticket(*store, desk.ids); }) == "store.outcome_unknown");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
  CHECK(error_of([&] { count_tickets(store->connection(), {}); }) == "store.unavailable");
}

TEST_CASE("a long walk comes in portions, with other statements in between", "[postgres]") {
  Desk desk;
  {
    WriteTx tx(*desk.store);
    for (int i = 1; i <= 1203; ++i) insert_ticket(tx, a_ticket(desk.ids, i));
    tx.commit();
  }
  for (bool const inside : {false, true}) {
    std::optional<ReadTx> view;
    if (inside) view.emplace(*desk.store);
    int seen = 0;
    list_tickets(desk.db(), {}, [&](model::Ticket const& ticket) {
      ++seen;
      return find_ticket_by_id(desk.db(), ticket.id).has_value();
    });
    CHECK(seen == 1203);
    seen = 0;
    list_tickets(desk.db(), {}, [&](model::Ticket const&) { return ++seen < 700; });
    CHECK(seen == 700);
    CHECK(count_tickets(desk.db(), {}) == 1203);
  }
  CHECK(error_of([&] { file_ticket(*desk.store, desk.ids, a_ticket(desk.ids, 1204)); }).empty());
}

TEST_CASE("a desk that is not there, and one that may not be touched", "[postgres]") {
  Desk desk;
  Folder folder;
  CHECK(error_of([&] { open_for_reading(tests::store_name(folder.file("none"))); }) == "store.absent");
  CHECK(error_of([&] { create_store(desk.path, "01other", at(kStart)); }) == "store.exists");
  CHECK(error_of([&] { open_store({desk.path, OpenOptions::Access::create}); }) == "store.exists");
  edit_store(desk.path, "DO $$ BEGIN CREATE ROLE stranger LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
  CHECK(error_of([&] { open_for_reading(desk.path + "&user=stranger"); }) ==
        "store.absent");  // not even its schema is seen
  CHECK(error_of([&] { open_for_reading(desk.path + "&user=nobody_at_all"); }) == "store.permission");
  edit_store(desk.path,
             "DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO stranger', current_schema()); END $$; GRANT "
             "SELECT ON ALL TABLES IN SCHEMA public TO stranger; GRANT SELECT ON schema_migrations TO stranger");
  auto const reader = open_for_writing(desk.path + "&user=stranger");
  CHECK(error_of([&] { count_tickets(reader->connection(), {}); }) == "store.right");
  CHECK(error_of([&] { file_ticket(*reader, desk.ids); }) == "store.right");
  edit_store(desk.path, "DELETE FROM umsops_turn");
  CHECK(error_of([&] { file_ticket(*desk.store, desk.ids); }) == "store.damaged");
}

TEST_CASE("of several processes that make a desk on a server one wins", "[postgres]") {
  Folder folder;
  std::string const path = tests::store_name(folder.file("desk.db"));
  std::vector<pid_t> children;
  for (int i = 0; i < 6; ++i) {
    pid_t const child = ::fork();
    if (child == 0) {
      std::string const error = error_of([&] { create_store(path, "01abc", at(kStart)); });
      ::_exit(error.empty() ? 0 : error == "store.exists" ? 1 : 2);
    }
    children.push_back(child);
  }
  int made = 0, refused = 0;
  for (pid_t const child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    made += WEXITSTATUS(status) == 0;
    refused += WEXITSTATUS(status) == 1;
  }
  CHECK(made == 1);
  CHECK(refused == 5);
  CHECK(flaws_of(*open_for_reading(path)).empty());
}

TEST_CASE("a server that cannot be trusted is no outage", "[postgres]") {
  auto const error = [](std::string const& words) { return error_of([&] { raise_unconnected(words, "desk"); }); };
  CHECK(error("connection to server at \"db\" failed: SSL error: certificate verify failed") == "store.untrusted");
  CHECK(error("root certificate file \"/root.crt\" does not exist") == "store.untrusted");
  CHECK(error("server does not support SSL, but SSL was required") == "store.untrusted");
  CHECK(error("FATAL: connection requires a valid client certificate") == "store.permission");
  CHECK(error("SSL SYSCALL error: EOF detected") == "store.unavailable");
  CHECK(error("connection refused") == "store.unavailable");
}

TEST_CASE("nothing is waited for without end, and no remote host is trusted unseen", "[postgres]") {
  auto const of = [](std::string const& address, std::string const& key) {
    return value_of(connection_parameters(address), key);
  };
  CHECK(of("postgresql://db.example/desk", "sslmode") == "verify-full");
  CHECK(of("host=localhost,db.example dbname=desk", "sslmode") == "verify-full");
  CHECK(of("postgresql://db.example/desk?sslmode=require", "sslmode").empty());
  // Names and addresses that only look like this machine's.
  for (char const* far :
       {"host=127.example.org", "host=127.0.0.1.example.org", "host=127.example.org hostaddr=127.0.0.1", "host=::2",
        "hostaddr=10.0.0.1", "host=localhost.example.org"}) {
    CHECK(of(far, "sslmode") == "verify-full");
  }
  for (char const* near :
       {"host=127.1.2.3", "host=::ffff:127.0.0.1", "hostaddr=127.0.0.1", "host=localhost hostaddr=::1"}) {
    CHECK(of(near, "sslmode").empty());
  }
  for (char const* local :
       {"postgresql:///desk", "postgresql://localhost/desk", "host=/run/postgresql", "host=127.0.0.1,::1"}) {
    CHECK(of(local, "sslmode").empty());
  }
  CHECK(of("postgresql:///desk", "connect_timeout") == "10");
  CHECK(of("postgresql:///desk?connect_timeout=3", "connect_timeout").empty());
  CHECK(of("postgresql:///desk", "tcp_user_timeout") == "60000");
  ::setenv("PGSSLMODE", "require", 1);
  CHECK(of("postgresql://db.example/desk", "sslmode").empty());
  ::unsetenv("PGSSLMODE");
  ::setenv("PGHOST", "db.example", 1);
  CHECK(of("dbname=desk", "sslmode") == "verify-full");
  ::unsetenv("PGHOST");
  Folder folder;
  write_bytes(
      folder.file("services"),
      "[near]\nhost=/nowhere\n[far]\nhost=db.invalid\n[chosen]\nhost=db.invalid\nsslmode=require\nconnect_timeout=2\n");
  ::setenv("PGSERVICEFILE", folder.file("services").c_str(), 1);
  CHECK(of("service=near", "sslmode").empty());
  CHECK(of("service=far", "sslmode") == "verify-full");
  CHECK(of("service=chosen", "sslmode").empty());
  CHECK(of("service=chosen", "connect_timeout").empty());
  ::unsetenv("PGSERVICEFILE");
  for (char const* wrong : {"postgresql://db:port/desk?nosuch=1", "postgresql://a:b@c@d/desk", "host='x"}) {
    CHECK(error_of([&] { connection_parameters(wrong); }) == "store.address");
  }
  Desk desk;
  CHECK(number(desk.db(),
               "SELECT count(*) FROM pg_settings WHERE name IN ('lock_timeout', 'statement_timeout', "
               "'idle_in_transaction_session_timeout') AND setting <> '0'") == 3);
  CHECK(number(desk.db(), "SELECT (current_setting('application_name') = 'umsops')::int") == 1);
}
