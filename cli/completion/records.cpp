// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/records.hpp"

#include "cli/record/types.hpp"
#include "umsops/desk/incident_desk.hpp"
#include "umsops/desk/knowledge_desk.hpp"
#include "umsops/desk/requester_desk.hpp"
#include "umsops/desk/review_desk.hpp"
#include "umsops/desk/ticket_desk.hpp"
#include "umsops/query/query.hpp"

namespace umsops::cli {

namespace {

constexpr std::int64_t kNewest = 300;
constexpr std::size_t kMostOffered = 50, kMostLooked = 200;

void each_record(Env& env, std::string_view noun, query::Query const& query,
                 std::function<void(base::Row const&)> const& see) {
  auto const visit = [&](auto const& record) {
    see(to_row(record));
    return true;
  };
  auto& desk = env.desk();
  if (noun == "ticket") desk.tickets().list(query, visit);
  if (noun == "incident") desk.incidents().list(query, visit);
  if (noun == "kb") desk.knowledge().list(query, visit);
  if (noun == "requester") desk.requesters().list(query, visit);
  if (noun == "review") desk.reviews().list(query, visit);
}

}  // namespace

base::RecordType const& type_for(Command const* command) {
  auto const path = command == nullptr ? std::string_view() : command->path;
  auto const* type = record::find_record_type(path.substr(0, path.find(' ')));
  return type != nullptr ? *type : *record::record_types()[0];
}

std::string_view verb_of(Candidates const& out, std::string_view noun) {
  auto const path = out.command() == nullptr ? std::string_view() : out.command()->path;
  auto const blank = path.find(' ');
  return blank == std::string_view::npos || path.substr(0, blank) != noun ? std::string_view() : path.substr(blank + 1);
}

void newest_records(Env& env, std::string_view noun, std::function<void(base::Row const&)> const& see) {
  query::Query query;
  query.limit = kNewest;
  query.details = false;
  each_record(env, noun, query, see);
}

void offer_records(Candidates& out, record::Kind const& kind, std::vector<base::Value> states,
                   Complete const& complete) {
  auto const& type = kind.type();
  auto const number = type.require(kind.number);
  std::string const& typed = out.typed();
  bool const looked = typed.find_first_of("0123456789") != std::string::npos;
  auto const found = complete(typed, states.empty() ? kMostOffered : kMostLooked);
  if (states.empty()) {
    for (auto const& [one, title] : found) out.add(one, title);
  } else if (!found.empty()) {
    std::vector<query::Filter> filters{query::condition_on(type.require("status"), query::Op::eq, std::move(states))};
    if (looked) {  // what is typed leaves few: of all others the newest are not far
      std::vector<base::Value> numbers;
      for (auto const& [one, title] : found) numbers.emplace_back(one);
      filters.push_back(query::condition_on(number, query::Op::eq, std::move(numbers)));
    }
    query::Query query;
    query.filter = query::all_of(std::move(filters));
    query.limit = static_cast<std::int64_t>(kMostOffered);
    query.details = false;
    each_record(out.env(), type.noun, query,
                [&](base::Row const& row) { out.add(row[number].text(), row[type.require("title")].text()); });
  }
  out.add("@last");
}

}  // namespace umsops::cli
