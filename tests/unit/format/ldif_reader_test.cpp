// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "fixture.hpp"

using namespace umsops::tests;
using namespace umsops::format;

namespace {

/// Each record, or `LINE CODE` of what was refused.
std::string entries(std::string const& text, std::size_t piece = 7) {
  std::size_t at = 0;
  auto const source = [&](char* into, std::size_t most) {
    auto const count = std::min({most, piece, text.size() - at});
    text.copy(into, count, at);
    at += count;
    return count;
  };
  std::string out;
  auto const reader = record_reader(source, InputFormat::ldif, "people.ldif");
  while (auto const record = reader->next()) {
    out += out.empty() ? "" : "\n";
    if (record->error) {
      out += std::to_string(record->line) + " " + std::string(record->error->code().code);
      continue;
    }
    out += umsops::base::to_json(record->object);
  }
  return out;
}

}  // namespace

TEST_CASE("an entry of LDIF is its attributes") {
  std::string const text =
      "version: 1\n# people\n#  of all sites\n\ndn: uid=li.na,ou=people,dc=example\r\nuid: li.na\r\nCN:: 5p2O5aic\r\n"
      "mail: li.na@example.com\r\nmail: lina@example.com\r\ndescription: a long\r\n  text\r\n#comment\r\n folded\r\n"
      "title:\r\n\r\n\ndn:: dWlkPXpoYW5nLndlaQ==\nuid: zhang.wei\nphoto:: /9j/\n\nsearch: 2\nresult: 0 Success\n";
  std::string const wanted = R"({"dn":"uid=li.na,ou=people,dc=example","uid":"li.na","cn":"李娜",)"
                             R"("mail":["li.na@example.com","lina@example.com"],)"
                             R"("description":"a long text","title":""})"
                             "\n"
                             R"({"dn":"uid=zhang.wei","uid":"zhang.wei","photo":"/9j/"})";
  for (std::size_t const piece : {1, 2, 7, 4096}) CHECK(entries(text, piece) == wanted);
  CHECK(entries("").empty());
  CHECK(entries("\n\n# nothing\n").empty());
}

TEST_CASE("records of changes are followed as far as they say the whole of an attribute") {
  CHECK(entries("dn: uid=a,dc=x\nchangetype: add\nuid: a\ncn: A\n") == R"({"dn":"uid=a,dc=x","uid":"a","cn":"A"})");
  CHECK(entries("dn: uid=a,dc=x\nchangetype: delete\n") == R"({"dn":"uid=a,dc=x","changetype":"delete","uid":"a"})");
  CHECK(entries("dn: uid=a,dc=x\nchangetype: modify\nreplace: mail\nmail: b@x\nmail: c@x\n-\ndelete: mobile\n-\n") ==
        R"({"dn":"uid=a,dc=x","changetype":"modify","mail":["b@x","c@x"],"mobile":"","uid":"a"})");
  CHECK(entries("dn: uid=a,dc=x\nchangetype: modify\nadd: mail\nmail: b@x\n-\n\ndn: uid=b,dc=x\nuid: b\n") ==
        "1 ldif.invalid\n"
        R"({"dn":"uid=b,dc=x","uid":"b"})");
  CHECK(entries("dn: uid=a,dc=x\nchangetype: modrdn\nnewrdn: uid=b\ndeleteoldrdn: 1\n") == "1 ldif.invalid");
}

TEST_CASE("what is no LDIF is refused at its line, and the next entry is read") {
  auto const next = std::string("\n\ndn: uid=b\nuid: b\n");
  auto const refused = [&](std::string const& entry) {
    auto const out = entries(entry + next);
    auto const end = out.find('\n');
    CHECK(out.substr(end + 1) == R"({"dn":"uid=b","uid":"b"})");
    return out.substr(0, end);
  };
  CHECK(refused("uid: a\ncn: A") == "1 ldif.invalid");
  CHECK(refused("dn: uid=a\nno colon") == "1 ldif.invalid");
  CHECK(refused("dn: uid=a\ncn:: %%%") == "1 ldif.invalid");
  CHECK(refused("dn: uid=a\ncn:< file:///etc/passwd") == "1 ldif.invalid");
  CHECK(refused("dn: uid=a\ncn: \xFF") == "1 text.invalid");
  CHECK(refused(" continues nothing") == "1 ldif.invalid");
  CHECK(refused("dn: uid=a\nc n: x") == "1 ldif.invalid");
}
