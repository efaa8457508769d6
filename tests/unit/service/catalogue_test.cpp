// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <chrono>

#include "build.hpp"
#include "umsops/service/impact.hpp"

using namespace umsops;
using namespace umsops::service;

namespace {

std::vector<std::string> names(Catalogue const& catalogue, std::vector<Hit> const& hits) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < hits.size(); ++i)
    out.push_back(std::to_string(hits[i].distance) + " " + arrows(path_of(catalogue, hits, i)));
  return out;
}

std::vector<Hit> hits(Catalogue const& catalogue, std::vector<std::string> const& failed) {
  std::vector<Catalogue::Index> all;
  for (auto const& name : failed) all.push_back(catalogue.require(name));
  return hits_of(catalogue, all);
}

std::vector<std::string> cycle(Catalogue const& catalogue, std::size_t which) {
  std::vector<std::string> out;
  auto const found = faults(catalogue);
  for (auto const index : found.cycles.at(which)) out.push_back(catalogue.at(index).name);
  return out;
}

/// Each needs the one before, and every tenth also the first.
Catalogue chain(std::size_t length) {
  std::vector<Service> services;
  for (std::size_t i = 0; i < length; ++i) {
    std::vector<std::string> needs;
    if (i > 0) needs.push_back("s" + std::to_string(i - 1));
    if (i > 1 && i % 10 == 0) needs.emplace_back("s0");
    services.push_back(make("s" + std::to_string(i), 1 + static_cast<int>(i % 9), needs));
  }
  return Catalogue(std::move(services));
}

}  // namespace

TEST_CASE("a service is found by any of its names") {
  auto const catalogue = platform();
  auto const sso = catalogue.find("sso");
  REQUIRE(sso);
  for (auto const* name : {"SSO", "ｓｓｏ", "统一身份认证", "单点登录", "cas", "CAS"}) {
    INFO(name);
    CHECK(catalogue.find(name) == sso);
  }
  CHECK_FALSE(catalogue.find(""));
  CHECK_FALSE(catalogue.find("ss"));
  try {
    catalogue.require("databse");
    FAIL("found");
  } catch (base::Error const& error) {
    CHECK(error.code().code == "service.unknown");
    CHECK(error.message() == "no service databse");
    CHECK(error.hint() == "did you mean database?");
  }
}

TEST_CASE("a failure reaches all that depend on it, nearest first, by a shortest way") {
  auto const catalogue = platform();
  CHECK(names(catalogue, hits(catalogue, {"database"})) == std::vector<std::string>{"0 database", "1 database → sso",
                                                                                    "1 database → directory",
                                                                                    "2 database → sso → portal"});
  CHECK(names(catalogue, hits(catalogue, {"directory", "mail", "directory"})) ==
        std::vector<std::string>{"0 directory", "0 mail", "1 directory → sso", "2 directory → sso → portal"});
  // One that failed itself is not reached once more.
  CHECK(names(catalogue, hits(catalogue, {"portal", "database"})).size() == 4);
  CHECK(hits(catalogue, {}).empty());
}

TEST_CASE("a neighbourhood is all above and below, and nothing beside") {
  auto const catalogue = platform();
  auto const around = neighbourhood(catalogue, catalogue.require("directory"));
  CHECK(around == std::vector<Catalogue::Index>{0, 1, 2, 3});
  CHECK(neighbourhood(catalogue, catalogue.require("mail")) == std::vector<Catalogue::Index>{4});
}

TEST_CASE("cycles are found and written from their first service") {
  CHECK(faults(platform()).cycles.empty());
  CHECK(faults(platform()).longest_chain == 4);
  Catalogue const three({make("a", 1, {"b"}), make("b", 1, {"c"}), make("c", 1, {"a"})});
  CHECK(cycle(three, 0) == std::vector<std::string>{"a", "b", "c"});
  Catalogue const self({make("x", 1), make("a", 1, {"a", "x"})});
  CHECK(cycle(self, 0) == std::vector<std::string>{"a"});
  // Two of them, one behind a service that is in none.
  Catalogue const two({make("top", 1, {"a", "c"}), make("a", 1, {"b"}), make("b", 1, {"a"}), make("c", 1, {"c"})});
  CHECK(faults(two).cycles.size() == 2);
  // They are walked once all the same.
  CHECK(hits(three, {"b"}).size() == 3);
}

TEST_CASE("names that lead nowhere are passed over, a name given twice counts once") {
  Catalogue const catalogue({make("a", 1, {"b", "nowhere", "B"}), make("b", 1)});
  CHECK(catalogue.dependencies(0).size() == 1);
  CHECK(catalogue.dependants(1).size() == 1);
}

TEST_CASE("ten thousand services are walked in far less than a second, one below the other") {
  auto const begin = std::chrono::steady_clock::now();
  auto const catalogue = chain(10'000);
  auto const found = faults(catalogue);
  auto const all = hits(catalogue, {"s0"});
  auto const took = std::chrono::steady_clock::now() - begin;
  CHECK(found.longest_chain == 10'000);
  CHECK(found.chain_end == 9'999);
  CHECK(all.size() == 10'000);
  CHECK(all.back().distance == 10);  // over every tenth
  CHECK(took < std::chrono::seconds(5));
}

TEST_CASE("importance of a tier") {
  CHECK(importance(1) == model::Priority::critical);
  CHECK(importance(2) == model::Priority::high);
  CHECK(importance(3) == model::Priority::medium);
  CHECK(importance(4) == model::Priority::low);
  CHECK(importance(kLowestTier) == model::Priority::low);
}
