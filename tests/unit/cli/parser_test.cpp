// SPDX-License-Identifier: Apache-2.0
#include "cli/parser.hpp"

#include <catch2/catch.hpp>

#include "cli/manner.hpp"

using umsops::base::Error;
using umsops::base::Language;
using umsops::cli::Call;
using umsops::cli::HelpWanted;

namespace {

using Words = std::vector<std::string>;

Call parse(Words const& words) { return umsops::cli::parse_call(words, Language::en); }

/// The code of the error that the words raise; empty: none.
std::string code_of(Words const& words) {
  try {
    parse(words);
  } catch (Error const& error) {
    return std::string(error.code().code);
  }
  return "";
}

std::string message_of(Words const& words) {
  try {
    parse(words);
  } catch (Error const& error) {
    return error.message() + " | " + error.hint();
  }
  return "";
}

Words create(Words rest) {
  Words words{"ticket", "create"};
  words.insert(words.end(), rest.begin(), rest.end());
  return words;
}

}  // namespace

TEST_CASE("forms of flags") {
  struct Row {
    Words words;
    std::string flag, value;
  };
  std::vector<Row> const rows{
      {create({"--title", "a b"}), "title", "a b"},
      {create({"--title=a=b"}), "title", "a=b"},
      {create({"-t", "x"}), "title", "x"},
      {create({"-tx"}), "title", "x"},
      {create({"-nqt", "x"}), "title", "x"},
      {create({"-nqtx"}), "title", "x"},
      {create({"--title="}), "title", ""},
      {create({"--title", ""}), "title", ""},
      {create({"--title", "--body"}), "title", "--body"},
      {create({"--title", "-n"}), "title", "-n"},
      {create({"--title", "--"}), "title", "--"},
      {create({"--title", "first", "--title", "last"}), "title", "last"},
      {create({"-t", "first", "--title=last"}), "title", "last"},
      {create({"--title=first", "-nt", "last"}), "title", "last"},
      {create({"-t", "x", "--body", "[a,b]"}), "body", "[a,b]"},
      {create({"-t", "[web]"}), "title", "[web]"},
      {create({"-t", "x", "--priority", "high"}), "priority", "HIGH"},
      {{"ticket", "list", "--status", "open,In_Progress"}, "status", "OPEN,IN_PROGRESS"},
      {{"-o", "json", "ticket", "list", "-o", "csv"}, "output", "csv"},
      {{"--db", "a", "ticket", "--db=b", "list"}, "db", "b"},
      {{"ticket", "-ojson", "list"}, "output", "json"},
      {{"ticket", "list", "--since", "-7d"}, "since", "-7d"},
      {{"ticket", "list", "--limit", "0"}, "limit", "0"},
      {{"ticket", "list", "--limit", "9223372036854775807"}, "limit", "9223372036854775807"},
  };
  for (auto const& row : rows) {
    INFO(row.words.back());
    CHECK(parse(row.words).text(row.flag) == row.value);
  }
}

TEST_CASE("commands of three words, with flags anywhere") {
  auto const call = parse({"--db", "a", "ticket", "-q", "callback", "--tz=UTC", "done", "T-1", "--outcome", "list"});
  REQUIRE(call.command != nullptr);
  CHECK(call.command->path == "ticket callback done");
  CHECK(call.words == Words{"T-1"});
  CHECK(call.text("outcome") == "list");
  CHECK(call.text("db") == "a");
  CHECK(code_of({"ticket", "callback", "T-1"}) == "usage.unknown_command");
  CHECK(code_of({"ticket", "callback", "list", "extra"}) == "usage.too_many");
}

TEST_CASE("repeatable flags keep every value as it is") {
  auto const call = parse(create({"-t", "x", "--attribute", "a=[1,2]", "--attribute", "b=", "--set", "title=a,b"}));
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  CHECK(call.pairs("attribute") == Pairs{{"a", "[1,2]"}, {"b", ""}});
  CHECK(call.all("set") == Words{"title=a,b"});
  CHECK(parse({"ticket", "list", "-w", "[a]", "-w", "b"}).all("where") == Words{"[a]", "b"});
}

TEST_CASE("a list flag does not swallow the words after it") {
  auto const call = parse({"ticket", "update", "--attribute", "a=b", "T-1", "T-2"});
  CHECK(call.words == Words{"T-1", "T-2"});
  CHECK(call.all("attribute") == Words{"a=b"});
}

TEST_CASE("words after -- are no flags, and - is a word") {
  CHECK(parse({"ticket", "show", "--", "-x", "--help"}).words == Words{"-x", "--help"});
  CHECK(parse({"ticket", "show", "-", "T-1"}).words == Words{"-", "T-1"});
  CHECK(parse({"ticket", "show", "[a,b]"}).words == Words{"[a,b]"});
  CHECK(parse({"ticket", "show", ""}).words == Words{""});
}

TEST_CASE("booleans have a negative form, and the last one wins") {
  CHECK(parse(create({"-t", "x", "-n"})).on("dry-run"));
  CHECK_FALSE(parse(create({"-t", "x", "-n", "--no-dry-run"})).on("dry-run"));
  CHECK(parse(create({"-t", "x", "--no-dry-run", "--dry-run"})).on("dry-run"));
  CHECK(parse(create({"-t", "x", "--dry-run", "--no-dry-run", "-n"})).on("dry-run"));
  CHECK_FALSE(parse(create({"-t", "x", "-n", "--dry-run", "--no-dry-run"})).on("dry-run"));
  CHECK(code_of(create({"-t", "x", "--no-title"})) == "usage.unknown_flag");
  CHECK(parse({"ticket", "list"}).on("pager", true));
  CHECK_FALSE(parse({"--no-pager", "ticket", "list"}).on("pager", true));
  CHECK(code_of(create({"-t", "x", "--dry-run=yes"})) == "usage.bad_value");
  CHECK(code_of(create({"-t", "x", "--dry-run="})) == "usage.bad_value");
}

TEST_CASE("numbers are decimal and whole") {
  for (auto const* bad : {"010x", "0x10", "", " 5", "5 ", "-1", "1.5", "9223372036854775808", "nan", "1e3", "+1"}) {
    INFO(bad);
    CHECK(code_of({"ticket", "list", "--limit", bad}) == "usage.bad_value");
  }
  CHECK(parse({"ticket", "list", "--limit", "010"}).integer("limit") == 10);
  CHECK(code_of({"--timeout", "5", "ticket", "list"}) == "usage.bad_value");
  CHECK(code_of({"--timeout", "5s", "ticket", "list"}).empty());
}

TEST_CASE("what is wrong is told before what is missing") {
  CHECK(code_of(create({"--titel", "x"})) == "usage.unknown_flag");
  CHECK(code_of({"ticket", "assign", "--tо", "x"}) == "usage.unknown_flag");
  CHECK(code_of({"ticket", "show"}) == "usage.missing");
  CHECK(code_of({"ticket", "show", "--histori"}) == "usage.unknown_flag");
  CHECK(code_of({"ticket", "list", "@extra", "more"}) == "usage.too_many");
  CHECK(code_of({"ticket", "list", "--limit"}) == "usage.missing");
  CHECK(code_of({"ticket", "history", "T-1", "T-2"}) == "usage.too_many");
  CHECK(code_of({"ticket", "lst"}) == "usage.unknown_command");
  CHECK(code_of({"tickets"}) == "usage.unknown_command");
  CHECK(code_of({"ticket", "list", "--status", "NOPE"}) == "usage.bad_value");
  CHECK(code_of({"ticket", "list", "--status", "OPEN,"}) == "usage.bad_value");
  CHECK(code_of({"ticket", "list", "-o", "jsn"}) == "usage.bad_value");
  CHECK(code_of({"ticket", "list", "-c", "nonsense"}) == "usage.bad_value");
}

TEST_CASE("abbreviations are not understood") {
  CHECK(code_of({"repo", "list"}) == "usage.unknown_command");
  CHECK(code_of({"ticket", "li"}) == "usage.unknown_command");
  CHECK(code_of(create({"--tit", "x"})) == "usage.unknown_flag");
}

TEST_CASE("words of the user come back cut") {
  std::string const hostile(1000, 'x');
  CHECK(message_of({hostile}).size() < 300);
  CHECK(message_of({"ticket", "list", "--" + hostile}).size() < 300);
  CHECK(message_of({"ticket", "list", hostile}).size() < 300);
  CHECK(message_of({"ticket", "list", "-o", hostile}).size() < 300);
}

TEST_CASE("help is found anywhere") {
  CHECK(parse({}).help == HelpWanted::brief);
  CHECK(parse({"ticket", "callback"}).topic == "ticket callback");
  CHECK(parse({"ticket", "callback", "list", "--help"}).topic == "ticket callback list");
  CHECK(parse({"ticket"}).topic == "ticket");
  CHECK(parse({"ticket", "--help"}).help == HelpWanted::full);
  CHECK(parse({"--help"}).help == HelpWanted::full);
  CHECK(parse({"ticket", "create", "-h"}).help == HelpWanted::brief);
  CHECK(parse({"ticket", "create", "--nonsense", "--help"}).topic == "ticket create");
  CHECK(parse({"ticket", "show", "--", "--help"}).help == HelpWanted::none);
}

TEST_CASE("the manner of errors is known even when the words are wrong") {
  auto const none = [](std::string const&) -> std::optional<std::string> { return std::nullopt; };
  auto const manner = [&](Words const& words) { return umsops::cli::read_manner(words, none); };
  CHECK(manner({"ticket", "lst", "-o", "json"}).json_errors);
  CHECK(manner({"ticket", "lst", "-ojsonl"}).json_errors);
  CHECK(manner({"--output=json", "ticket", "lst"}).json_errors);
  CHECK(manner({"--json", "nonsense"}).json_errors);
  CHECK(manner({"--error-format", "json"}).json_errors);
  CHECK_FALSE(manner({"-o", "json", "--error-format", "text"}).json_errors);
  CHECK_FALSE(manner({"ticket", "list"}).json_errors);
  CHECK_FALSE(manner({"--", "-o", "json"}).json_errors);
  CHECK(manner({"--lang", "zh_CN"}).language == Language::zh);
  auto const json = [](std::string const& name) {
    return name == "UMSOPS_OUTPUT" ? std::optional<std::string>("json") : std::nullopt;
  };
  CHECK(umsops::cli::read_manner({"nonsense"}, json).json_errors);
}

TEST_CASE("any words give a call or an error of usage") {
  std::vector<std::string> const pieces{
      "ticket", "create", "list",     "-",   "--",       "-t",   "--title", "-o",  "json",    "=",  "--=",
      "-=",     "--no-",  "--no-yes", "[a]", "\x1b[31m", "\xff", "",        "-nq", "--limit", "-1", "help"};
  std::size_t seed = 1;
  for (int round = 0; round < 3000; ++round) {
    Words words;
    for (int i = 0; i < 6; ++i) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      words.push_back(pieces[(seed >> 33) % pieces.size()]);
    }
    try {
      parse(words);
    } catch (Error const& error) {
      CHECK(error.kind() == umsops::base::ErrorKind::usage);
    }
  }
}
