// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <set>

#include "umsops/base/error.hpp"
#include "umsops/base/field.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/id_source.hpp"
#include "umsops/base/number.hpp"

using namespace umsops::base;

namespace {

std::set<std::string> names_in(std::string_view text) {
  std::set<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    std::string name(text.substr(open + 1, text.find('}', open) - open - 1));
    if (name.ends_with("_zh")) name.resize(name.size() - 3);  // the same in the other language
    names.insert(std::move(name));
  }
  return names;
}

}  // namespace

TEST_CASE("every error code is unique and says the same in both languages") {
  std::set<std::string_view> seen;
  for (ErrorCode const* code : error_codes()) {
    CAPTURE(code->code);
    CHECK(seen.insert(code->code).second);
    CHECK(!code->message.empty());
    CHECK(names_in(code->message) == names_in(code->message_zh));
    CHECK(names_in(code->hint) == names_in(code->hint_zh));
    CHECK(code->hint.empty() == code->hint_zh.empty());
  }
  CHECK(seen.size() > 40);
}

TEST_CASE("an error fills its parameters and forgets unknown ones") {
  Error const error(errors::ticket_not_found, {{"id", "T-9"}});
  CHECK(error.message() == "no ticket T-9");
  CHECK(error.message(Language::zh) == "没有工单 T-9");
  CHECK(Error(errors::config_invalid, {{"problem", "x"}}).hint().empty());
  std::string const long_message = Error(errors::ticket_not_found, {{"id", std::string(5000, 'x')}}).message();
  CHECK(long_message.size() < 500);
}

TEST_CASE("an error says what is stored all the same, once it was told") {
  Error interrupted(errors::interrupted, {{"signal", "SIGTERM"}});
  CHECK(interrupted.hint().empty());  // nobody knows yet
  CHECK(interrupted.stored(0).hint() == "nothing was stored");
  CHECK(interrupted.hint(Language::zh) == "未保存任何内容");
  CHECK(interrupted.stored(399).hint() == "399 stored");
  CHECK(interrupted.hint(Language::zh) == "已保存 399 项");
  CHECK(interrupted.stored(1, {"T-000009"}).hint() == "T-000009 is stored");
  CHECK(interrupted.hint(Language::zh) == "已保存 T-000009");
  CHECK(interrupted.stored(2, {"T-1", "T-2"}).hint() == "T-1, T-2 are stored");
  CHECK(interrupted.stored(5, {"T-4", "T-5"}).hint() == "5 stored, among them T-4, T-5");
  CHECK(interrupted.hint(Language::zh) == "已保存 5 项，包括 T-4、T-5");
  CHECK(interrupted.stored(0, {"T-3"}).hint() == "T-3 is stored");  // it was before
}

TEST_CASE("what is stored stands behind the other hints") {
  Error full(errors::store_full, {{"path", "x.db"}});
  CHECK(full.hint() == "free some space and try again");
  CHECK(full.hint(Language::zh) == "请腾出空间后重试");
  CHECK(full.stored(0).hint() == "free some space and try again; nothing was stored");
  CHECK(full.hint(Language::zh) == "请腾出空间后重试；未保存任何内容");
  Error locked(errors::store_locked, {{"seconds", "1"}, {"holder", "x"}});
  CHECK(locked.stored(0).hint() == "try again, or wait longer with --timeout");  // it does not speak of it
  CHECK(locked.stored(21).hint() == "try again, or wait longer with --timeout; 21 stored");
  CHECK(Error(errors::output_failed).stored(0).hint().empty());
  CHECK(Error(errors::output_failed).stored(1, {"T-1"}).hint() == "T-1 is stored");
}

TEST_CASE("an unknown field gets its nearest match") {
  static constexpr Field kFields[] = {{"title", FieldType::text, "title", 0, "", "", ""},
                                      {"status", FieldType::text, "status", 0, "", "", ""}};
  RecordType const type{"ticket", kFields};
  try {
    type.require("titel");
    FAIL("accepted");
  } catch (Error const& error) {
    CHECK(&error.code() == &errors::field_unknown);
    CHECK(error.hint() == "did you mean title?");
    REQUIRE(error.details().size() == 1);
    CHECK(error.details()[0].find("suggestion")->text() == "title");
  }
}

TEST_CASE("checked numbers") {
  CHECK(parse_integer("42", 0, 100) == 42);
  CHECK(parse_integer("-7", -10, 10) == -7);
  for (auto const* text : {"", " 5", "5 ", "0x10", "+5", "1e3", "101", "9223372036854775808", "5.0", "-"}) {
    CAPTURE(text);
    CHECK(!parse_integer(text, 0, 100));
  }
  CHECK(parse_decimal("1.5") == 1.5);
  for (auto const* text : {"nan", "inf", "0x1p3", "", "1.5x", "1e999"}) CHECK(!parse_decimal(text));
}

TEST_CASE("hashes and ids") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CountedIds a(1), b(1);
  TimePoint const at{Milliseconds(1'700'000'000'000)};
  CHECK(a.next_id(at) == b.next_id(at));
  CHECK(a.next_id(at) != a.next_id(at));
  RandomIds random;
  std::string const early = random.next_id(TimePoint(Milliseconds(1))), late = random.next_id(at);
  CHECK(early.size() == 26);
  CHECK(early < late);
  CHECK(early.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz") == std::string::npos);
  CHECK(random.next_salt().size() == 32);
  CHECK(random.next_salt() != random.next_salt());
}
