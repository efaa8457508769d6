// SPDX-License-Identifier: Apache-2.0
#include "config/recurring_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/roster_reader.hpp"
#include "config/template_reader.hpp"
#include "umsops/base/date.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"
#include "umsops/base/time.hpp"
#include "umsops/config/template_files.hpp"
#include "umsops/config/yaml_folder.hpp"
#include "umsops/notify/fill.hpp"

namespace umsops::config {
namespace {

namespace chrono = std::chrono;
using prepared::Every;
using prepared::Recurring;
using prepared::Rhythm;

constexpr std::size_t kMost = 500;
constexpr YamlLimits kLimits{50'000, 1 << 20};
constexpr std::string_view kEvery[] = {"day", "week", "month", "quarter", "year"};
constexpr std::string_view kWeekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

Every every_of(Node const& node) {
  auto const word = text_of(node);
  auto const found = std::find(std::begin(kEvery), std::end(kEvery), word);
  if (found == std::end(kEvery))
    throw invalid(node.spot, fmt::format("{} is no period", echo(word)), "day, week, month, quarter or year");
  return static_cast<Every>(found - std::begin(kEvery));
}

int weekday_of(Node const& node, std::string const& word) {
  auto const found = std::find(std::begin(kWeekdays), std::end(kWeekdays), word);
  if (found == std::end(kWeekdays))
    throw invalid(node.spot, fmt::format("{} is no weekday", echo(word)), "mon tue wed thu fri sat sun");
  return static_cast<int>(found - std::begin(kWeekdays)) + 1;
}

std::vector<int> months_of(Node const& node, int most) {
  std::vector<int> out;
  for (auto const& word : texts_of(node)) {
    auto const number = base::parse_integer(word, 1, most);
    if (!number) throw invalid(node.spot, fmt::format("{} is no month", echo(word)), fmt::format("1 to {}", most));
    out.push_back(static_cast<int>(*number));
  }
  if (out.empty()) throw invalid(node.spot, "the list is empty");
  return out;
}

void read_days(Node const& node, Rhythm& out) {
  if (out.every == Every::day) throw invalid(node.spot, "what is every day is on no day in particular", "leave it out");
  auto const words = texts_of(node);
  if (words.empty()) throw invalid(node.spot, "the list is empty");
  for (auto const& word : words) {
    if (out.every == Every::week) {
      out.weekdays.push_back(weekday_of(node, word));
    } else if (word == "last") {
      out.days.push_back(prepared::kLastDay);
    } else {
      auto const day = base::parse_integer(word, 1, 31);
      if (!day) throw invalid(node.spot, fmt::format("{} is no day of a month", echo(word)), "1 to 31, or last");
      out.days.push_back(static_cast<int>(*day));
    }
  }
}

int minute_of(Node const& node) {
  auto const text = text_of(node);
  auto const hour = text.size() == 5 && text[2] == ':' ? base::parse_integer(text.substr(0, 2), 0, 23) : std::nullopt;
  auto const minute = hour ? base::parse_integer(text.substr(3), 0, 59) : std::nullopt;
  if (!minute) throw invalid(node.spot, fmt::format("{} is no time of day", echo(text)), "e.g. \"09:00\"");
  return static_cast<int>(*hour * 60 + *minute);
}

calendar::Date date_of(Node const& node) {
  auto const text = text_of(node);
  if (auto const date = base::parse_date(text)) return calendar::Date{*date};
  throw invalid(node.spot, fmt::format("{} is no date", echo(text)), "e.g. 2026-12-01");
}

class Reader {
 public:
  Reader(RecurringNames const& names, Problems& problems) : names_(names), problems_(problems) {}

  Recurring read(Node const& node) {
    if (node.kind != Node::Kind::map) throw invalid(node.spot, "a recurring ticket is a map", "name, schedule, title");
    std::vector<std::string_view> keys{"name", "doc",      "schedule", "from", "until",
                                       "lead", "language", "template", "with"};
    keys.insert(keys.end(), ticket_form_keys().begin(), ticket_form_keys().end());
    problems_.check_keys(node, keys);
    Recurring out;
    out.name = plain_name_of(need(node, "name", "e.g. name: access-review"));
    out.file = node.spot.file();
    out.line = node.spot.line;
    out.zone = names_.zone;
    auto const known = prepared::date_names();
    read_schedule(need(node, "schedule", "schedule: {every: month, on: 1}"), out);
    each(node, "doc", [&](Node const& value) { out.doc = worded_in(value, {}, problems_); });
    each(node, "from", [&](Node const& value) { out.from = date_of(value); });
    each(node, "until", [&](Node const& value) { out.until = date_of(value); });
    each(node, "lead", [&](Node const& value) { out.lead = length_of(value); });
    each(node, "language", [&](Node const& value) { out.language = language_of(value); });
    if (out.from && out.until && *out.until < *out.from)
      throw invalid(node.find("until")->spot, "it ends before it begins");
    if (out.rhythm.interval > 1 && !out.from)
      throw invalid(node.find("schedule")->spot, "an interval is counted from a date", "from: 2026-12-01");
    out.form = read_ticket_form(node, known, problems_);
    read_base(node, out, known);
    return out;
  }

 private:
  template <class Act>
  void each(Node const& node, char const* key, Act const& act) {
    if (Node const* const value = node.find(key)) problems_.guard([&] { act(*value); });
  }

  static base::Milliseconds length_of(Node const& node) {
    constexpr base::Milliseconds kLongest{std::chrono::days(60)};
    auto const length = base::parse_duration(text_of(node));
    if (!length || length->count() < 0 || *length > kLongest)
      throw invalid(node.spot, "lead is a length of time of 60 days at most", "e.g. 7d");
    return *length;
  }

  static base::Language language_of(Node const& node) {
    auto const word = text_of(node);
    if (word != "en" && word != "zh_CN")
      throw invalid(node.spot, fmt::format("{} is no language", echo(word)), "en or zh_CN");
    return word == "en" ? base::Language::en : base::Language::zh;
  }

  void read_schedule(Node const& node, Recurring& out) {
    if (node.kind != Node::Kind::map)
      throw invalid(node.spot, "a schedule is a map", "{every: month, on: 1, at: \"09:00\"}");
    problems_.check_keys(node, {"every", "interval", "on", "month", "at", "zone", "business_day", "calendar"});
    auto& rhythm = out.rhythm;
    rhythm.every = every_of(need(node, "every", "every: month"));
    each(node, "interval", [&](Node const& v) { rhythm.interval = static_cast<int>(integer_of(v, 1, 1000)); });
    each(node, "on", [&](Node const& value) { read_days(value, rhythm); });
    each(node, "month", [&](Node const& value) {
      bool const quarter = rhythm.every == Every::quarter;
      if (!quarter && rhythm.every != Every::year)
        throw invalid(value.spot, "only quarters and years have months to choose of", "leave it out");
      rhythm.months = months_of(value, quarter ? 3 : 12);
    });
    each(node, "at", [&](Node const& value) { rhythm.minute = minute_of(value); });
    each(node, "zone", [&](Node const& value) { out.zone = zone_of(value); });
    read_shift(node, out);
  }

  void read_shift(Node const& node, Recurring& out) {
    each(node, "business_day", [&](Node const& value) {
      auto const word = text_of(value);
      if (word != "next" && word != "previous")
        throw invalid(value.spot, fmt::format("{} is no way to a working day", echo(word)), "next or previous");
      out.shift = word == "next" ? prepared::Shift::next : prepared::Shift::previous;
    });
    Node const* const named = node.find("calendar");
    if (out.shift == prepared::Shift::none) {
      if (named) problems_.add(named->spot, "a calendar without business_day has no effect", "business_day: next");
      return;
    }
    if (!names_.calendar) return;
    problems_.guard([&] {
      std::string const name = named ? line_of(*named) : "business";
      auto const found = names_.calendar(name);
      if (!found)
        throw invalid(named ? named->spot : node.spot, fmt::format("there is no calendar {}", echo(name)),
                      "see: umsops calendar list");
      out.calendar = *found;
    });
  }

  void read_base(Node const& node, Recurring& out, std::vector<std::string_view> const& known) {
    Node const* const name = node.find("template");
    Node const* const with = node.find("with");
    if (!name) {
      if (with) problems_.add(with->spot, "inputs belong to a template", "template: NAME");
      if (out.form.title.empty()) need(node, "title", "title: Access review {{quarter}}, or template: NAME");
      return;
    }
    read_inputs(with, out, known);
    if (!names_.templates) return;
    try {
      out.base = require_template(*names_.templates, line_of(*name), prepared::Use::ticket);
    } catch (base::Error const& error) {
      if (&error.code() != &base::errors::template_unknown) throw;
      throw invalid(name->spot, error.message(), error.hint());
    }
    try {
      prepared::with_inputs(*out.base, out.inputs, base::Value::Object{});
    } catch (base::Error const& error) {
      throw invalid(with ? with->spot : name->spot, error.message(), error.hint());
    }
  }

  void read_inputs(Node const* with, Recurring& out, std::vector<std::string_view> const& known) {
    if (!with) return;
    if (with->kind != Node::Kind::map) throw invalid(with->spot, "with is a map of names and texts");
    for (auto const& [key, value] : with->members) {
      auto text = text_of(value);
      if (auto const problem = notify::tag_problem(text, known))
        problems_.add(value.spot, problem->problem, problem->suggestion);
      out.inputs.emplace_back(line_of(key), std::move(text));
    }
  }

  RecurringNames const& names_;
  Problems& problems_;
};

}  // namespace

std::vector<Recurring> read_recurring_text(std::string_view text, std::string const& file, RecurringNames const& names,
                                           Problems& problems) {
  std::vector<Recurring> all;
  problems.guard([&] {
    Node const root = parse_yaml(text, file, kLimits);
    if (root.kind != Node::Kind::map)
      throw invalid(root.spot, "a file of recurring tickets is a map", "kind: recurring");
    problems.check_keys(root, {"kind", "recurring"});
    Node const* const kind = root.find("kind");
    if (kind && text_of(*kind) != "recurring")
      throw invalid(kind->spot, "these are no recurring tickets", "kind: recurring");
    Node const& list = need(root, "recurring", "recurring: a list");
    if (list.kind != Node::Kind::list || list.items.size() > kMost)
      throw invalid(list.spot, fmt::format("recurring is a list of at most {}", kMost));
    for (auto const& item : list.items) problems.guard([&] { all.push_back(Reader(names, problems).read(item)); });
  });
  return all;
}

std::vector<Recurring> read_recurring(std::vector<std::string> const& paths, RecurringNames const& names) {
  constexpr std::size_t kMostBytes = 1 << 20;
  Problems problems(base::errors::config_invalid);
  std::vector<Recurring> all;
  for (auto const& path : paths) {
    problems.guard([&] {
      for (auto const& file : yaml_files(path)) {
        for (auto& one : read_recurring_text(read_file(file, kMostBytes), file, names, problems)) {
          auto const same = [&](Recurring const& other) { return other.name == one.name; };
          if (auto const known = std::find_if(all.begin(), all.end(), same); known != all.end())
            problems.add({one.file, one.line, 1}, fmt::format("{} has a {}, too", known->file, echo(one.name)),
                         "give each its own name: it is filed once under it");
          all.push_back(std::move(one));
        }
      }
    });
  }
  problems.raise();
  return all;
}

}  // namespace umsops::config
