// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/base/time.hpp"
#include "umsops/model/ref.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

enum class RequesterState { active, left };
/// `ACTIVE`, `LEFT`.
std::span<std::string_view const> requester_state_names();
std::string_view to_string(RequesterState v);
/// Case does not matter; nullopt for any other word.
std::optional<RequesterState> parse_requester_state(std::string_view text);

/// Somebody who asks, as the directory knows them. Tickets name people as they were said; which person that is follows
/// from the names here, whenever it is asked.
struct Requester {
  std::string id;                          ///< ULID, never changes
  std::string requester_number;            ///< what people use: P-000123
  std::string account;                     ///< what they sign in with; no two have the same; empty: none
  std::string name;                        ///< as people read it
  std::vector<std::string> mails, phones;  ///< the first of each is the one to use
  std::vector<std::string> aliases;        ///< whatever else they are called by: an older account, a chat name
  std::string department, site;
  std::string manager;   ///< an account
  std::string language;  ///< as the directory writes it: `zh-CN`
  bool vip = false;
  std::vector<std::pair<std::string, std::string>> attributes;  ///< further named values, sorted by name
  RequesterState state = RequesterState::active;
  std::optional<TimePoint> left_at;
  std::string directory;    ///< the directory whose import made or confirmed it; empty: made by hand
  std::string merged_into;  ///< number of the one that it was merged into
  TimePoint created_at{}, updated_at{};
  std::int64_t rev = 1;  ///< grows by one with each change
};

/// The one description of a requester's fields.
base::RecordType const& requester_type();
Ref ref_of(Requester const& requester);
/// As for tickets. `set` throws `record.invalid`.
base::Value get(Requester const& requester, std::size_t field);
void set(Requester& requester, std::size_t field, base::Value const& value);
base::Row to_row(Requester const& requester);

/// Lengths, shapes and characters of all text, and that they are called something. Empty: it is sound.
std::vector<Problem> check(Requester const& requester);

/// How a name is looked up: mail addresses and accounts in small letters, without the domain before a `\`, full-width
/// signs narrow, a phone number as its digits, without +86 before a mobile number. Empty: it names nobody.
std::string lookup_name(std::string_view said);
/// By what they are found: account, mails, phones and aliases, as `lookup_name` writes them, each once.
std::vector<std::string> lookup_names(Requester const& requester);
/// What to call them in a line: name, account, or the first address or number.
std::string_view shown_name(Requester const& requester);

/// What rules, policies and filters may ask of who asks: `requester.department`, ...
std::span<std::string_view const> requester_fact_names();
inline constexpr std::string_view kRequesterPrefix = "requester.";
/// Whether `requester.NAME` or `requester.attributes_NAME` is one of them.
bool is_requester_fact(std::string_view name);
/// What it says, by those names without the prefix, sorted; absent ones are left out.
std::vector<std::pair<std::string, std::string>> facts_of(Requester const& requester);

}  // namespace umsops::model
