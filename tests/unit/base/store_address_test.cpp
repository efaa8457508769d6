// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/store_address.hpp"

#include <catch2/catch.hpp>

using namespace umsops::base;

TEST_CASE("a server's address is told from a file's name") {
  for (char const* address :
       {"postgresql://ops@db/desk", "postgres://", "service=desk", "host=a,b dbname=desk", "dbname = desk", "user=x"}) {
    INFO(address);
    CHECK(names_server(address));
  }
  for (char const* file :
       {"desk.db", "/var/lib/postgresql://x", "./host=a", "hosts=a", "Host=a", "", "=", "http://db/desk"}) {
    INFO(file);
    CHECK_FALSE(names_server(file));
  }
}

TEST_CASE("no password is ever shown") {
  CHECK(shown_store("postgresql://ops:geheim@db/desk") == "postgresql://ops:***@db/desk");
  CHECK(shown_store("postgresql://ops:ge@he:im@db:5433/desk?sslmode=require") ==
        "postgresql://ops:***@db:5433/desk?sslmode=require");
  CHECK(shown_store("postgres://:geheim@/desk") == "postgres://:***@/desk");
  CHECK(shown_store("postgresql://ops:ge?heim@db/desk") == "postgresql://ops:***@db/desk");
  CHECK(shown_store("postgresql://db/desk?password=geheim&user=ops&sslpassword=geheim") ==
        "postgresql://db/desk?password=***&user=ops&sslpassword=***");
  CHECK(shown_store("host=db password=geheim user=ops") == "host=db password=*** user=ops");
  CHECK(shown_store("password = 'ge \\'heim' host=db") == "password = *** host=db");
  CHECK(shown_store("host=db password='geheim") == "host=db password=***");
  CHECK(shown_store("host=db password=ge\\ heim user=ops") == "host=db password=*** user=ops");
}

TEST_CASE("what has no password is shown as it is") {
  for (char const* store :
       {"postgresql://ops@db/desk", "postgresql://db:5432/desk", "postgresql://[::1]:5432/desk?user=ops",
        "service=desk", "host=a,b dbname=desk", "desk.db", "password.db"}) {
    INFO(store);
    CHECK(shown_store(store) == store);
    CHECK_FALSE(has_password(store));
  }
}

TEST_CASE("a password is added so that it is read back whole") {
  CHECK(with_password("postgresql://ops@db/desk", "a&b") == "postgresql://ops@db/desk?password=%61%26%62");
  CHECK(with_password("postgresql://db/desk?user=ops", "x") == "postgresql://db/desk?user=ops&password=%78");
  CHECK(with_password("service=desk", "a'b\\") == "service=desk password='a\\'b\\\\'");
  CHECK(shown_store(with_password("postgresql://ops@db/desk", "geheim")) == "postgresql://ops@db/desk?password=***");
  CHECK(shown_store(with_password("service=desk", "ge 'heim")) == "service=desk password=***");
}

TEST_CASE("a server's desk has one name, however its address is written") {
  auto const target = [](char const* store) { return server_target(store, [](char const*) { return std::string(); }); };
  CHECK(target("postgresql://ops:geheim@DB.example:5432/desk?sslmode=require&password=geheim") ==
        "postgresql://ops@db.example/desk");
  CHECK(target("postgres://ops:ge@heim@db.example/desk") == "postgresql://ops@db.example/desk");
  CHECK(target("host=db.example user=ops  password='ge heim' dbname = desk connect_timeout=3") ==
        "postgresql://ops@db.example/desk");
  CHECK(target("postgresql://db/desk?options=-csearch_path%3Dteam") ==
        "postgresql://db/desk?options=-csearch_path%3Dteam");
  CHECK(target("host=db dbname=desk options='-csearch_path=team'") ==
        target("postgresql://db/desk?options=-csearch_path%3Dteam"));
  CHECK(target("postgresql:///desk?host=/run/pg&port=5433") == "postgresql:///desk?host=/run/pg&port=5433");
  CHECK(target("postgresql://a:1,[::1]:2/desk") == "postgresql:///desk?host=a,%3A%3A1&port=1,2");
  CHECK(target("service=desk") == "postgresql:///?service=desk");
  CHECK(target("postgresql://") == "postgresql:///");
  CHECK(target("dbname='it\\'s") == "postgresql:///it%27s");
  CHECK(target("postgresql://db/%zz%4") == "postgresql://db/%25zz%254");
}

TEST_CASE("the name of a server's desk names itself, and hears the environment") {
  auto const none = [](char const*) { return std::string(); };
  for (char const* store : {"postgresql://ops:x@db:5433/desk?service=a", "host=/run/pg dbname='d e'",
                            "postgres://a,b/x%2Fy", "user='o@p' host=db"}) {
    INFO(store);
    auto const once = server_target(store, none);
    CHECK(server_target(once, none) == once);
    CHECK_FALSE(has_password(once));
  }
  auto const variable = [](char const* name) {
    return std::string(name) == "PGHOST" ? std::string("db") : std::string();
  };
  CHECK(server_target("dbname=desk", variable) == "postgresql://db/desk");
  CHECK(server_target("host=other dbname=desk", variable) == "postgresql://other/desk");
}
