// SPDX-License-Identifier: Apache-2.0
#include "cli/privacy/privacy.hpp"

#include <algorithm>

#include "umsops/base/text.hpp"

namespace umsops::cli::privacy {

namespace {

using base::Value;

struct PlaceName {
  std::string_view place;
  Text name;
};
constexpr PlaceName kPlaces[] = {
    {"directory", {"entries in the directory", "请求人目录条目"}},
    {"tickets", {"tickets of theirs", "其提出的工单"}},
    {"mentions", {"other records that name them", "提及此人的其他记录"}},
    {"replies", {"replies and notes", "回复和备注"}},
    {"escalations", {"escalations", "升级记录"}},
    {"links", {"links", "关联"}},
    {"callbacks", {"call-backs", "回电"}},
    {"attachments", {"attachments and whole mails", "附件和邮件原文"}},
    {"mails", {"mails that were taken in", "收到的邮件"}},
    {"keys", {"keys of requests", "请求的幂等键"}},
    {"messages", {"messages in the outbox", "待发箱中的消息"}},
    {"deliveries", {"deliveries of messages", "消息投递"}},
    {"timeline", {"entries of timelines", "时间线条目"}},
    {"silences", {"silences", "静默"}},
    {"feedback", {"votes and watchers", "评价和关注者"}},
    {"misses", {"searches without an answer", "未找到的查询"}},
    {"executions", {"executions of runbooks", "手册执行记录"}},
    {"turns", {"turns of assignment", "轮派记录"}},
    {"history", {"values of the history", "历史记录中的值"}},
};

std::string_view name_of(Env const& env, std::string_view place) {
  auto const found =
      std::find_if(std::begin(kPlaces), std::end(kPlaces), [&](PlaceName const& one) { return one.place == place; });
  return found == std::end(kPlaces) ? place : env.text(found->name);
}

std::string joined(std::vector<std::string> const& names) {
  std::string out;
  for (auto const& name : names) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

Phrase phrase_of(desk::Beyond what) {
  switch (what) {
    case desk::Beyond::open_history:
      return Phrase::beyond_open_history;
    case desk::Beyond::runbook_text:
      return Phrase::beyond_runbook_text;
    case desk::Beyond::server_owner:
      return Phrase::beyond_server_owner;
    case desk::Beyond::server_copies:
      return Phrase::beyond_server_copies;
    case desk::Beyond::backups:
      return Phrase::beyond_backups;
    case desk::Beyond::copies:
      return Phrase::beyond_copies;
    case desk::Beyond::recipients:
      break;
  }
  return Phrase::beyond_recipients;
}

}  // namespace

desk::WhichPerson which_person(Call const& call) {
  std::string const said(base::trimmed(call.words[0]));
  if (said.empty()) call.missing("PERSON");
  return {said, call.all("also"), call.all("leave")};
}

Value value_of(desk::Person const& person) {
  auto const& said = person.names.said();
  auto const short_ones = person.names.short_ones();
  return Value::Object{{"numbers", Value::List(person.numbers.begin(), person.numbers.end())},
                       {"names", Value::List(said.begin(), said.end())},
                       {"short_names", Value::List(short_ones.begin(), short_ones.end())},
                       {"staff", person.staff}};
}

Value value_of(std::vector<desk::PlaceCount> const& places) {
  Value::Object out;
  for (auto const& [place, count] : places) out.emplace_back(place, count);
  return out;
}

Value value_of(std::vector<desk::BeyondReach> const& beyond) {
  Value::List out;
  for (auto const& one : beyond)
    out.push_back(Value::Object{{"what", to_string(one.what)},
                                {"count", one.count == 0 ? Value() : Value(one.count)},
                                {"path", base::text_or_null(one.path)}});
  return out;
}

std::string lines_of(Env& env, desk::Person const& person) {
  std::string out;
  if (!person.numbers.empty()) out += env.phrase(Phrase::erase_people, {{"numbers", joined(person.numbers)}}) + "\n";
  out += env.phrase(Phrase::erase_names, {{"names", joined(person.names.said())}}) + "\n";
  if (auto const names = person.names.short_ones(); !names.empty())
    out += env.phrase(Phrase::erase_short_names, {{"names", joined(names)}}) + "\n";
  return out;
}

std::string lines_of(Env& env, std::vector<desk::PlaceCount> const& places) {
  std::string out;
  for (auto const& [place, count] : places) {
    std::string const number = std::to_string(count);
    out.append(number.size() < 7 ? 7 - number.size() : 0, ' ').append(number).append("  ");
    out.append(name_of(env, place)).append("\n");
  }
  return out;
}

std::string lines_of(Env& env, std::vector<desk::BeyondReach> const& beyond) {
  if (beyond.empty()) return {};
  std::string out = env.phrase(Phrase::erase_beyond) + "\n";
  for (auto const& one : beyond)
    out += "  " + env.phrase(phrase_of(one.what), {{"count", std::to_string(one.count)}, {"path", one.path}}) + "\n";
  return out;
}

void write_lines(Env& env, std::string const& lines) {
  env.out().write(base::terminal_text(lines, base::TextShape::block));
}

}  // namespace umsops::cli::privacy
