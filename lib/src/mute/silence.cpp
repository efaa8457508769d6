// SPDX-License-Identifier: Apache-2.0
#include "umsops/mute/silence.hpp"

#include <algorithm>
#include <array>

#include "umsops/base/error.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"

namespace umsops::mute {
namespace {

using base::Field;
using base::FieldType;
using base::Value;
using namespace base;  // the trait names below

constexpr std::array<std::string_view, 3> kStates{"PENDING", "ACTIVE", "EXPIRED"};
constexpr unsigned kShown = kInTable | kInWide;
constexpr std::size_t kLongestComment = 1000, kLongestName = 100;
constexpr std::int64_t kEnd = 253'402'300'800'000;  // 10000-01-01

constexpr std::array kFields{
    limited({"id", FieldType::text, "", kShown | kFilter | kComputed, "Number of the silence", "静默编号", "编号"}, 32),
    Field{"state", FieldType::choice, "", kShown | kFilter | kComputed,
          "PENDING before it starts, EXPIRED from its end on", "尚未开始为 PENDING，结束后为 EXPIRED", "状态", kStates},
    Field{"muting", FieldType::boolean, "", kInWide | kComputed,
          "Whether it mutes now: it is ACTIVE, and inside its recurring times", "当前是否生效：已开始且处于重复时段内",
          "生效"},
    Field{"starts_at", FieldType::time, "starts_at", kShown | kFilter | kAlways, "From when", "开始时间", "开始"},
    Field{"ends_at", FieldType::time, "ends_at", kShown | kFilter | kAhead,
          "Until when; absent until its incident is resolved", "结束时间；在所属故障解决之前为空", "结束"},
    limited({"incident", FieldType::text, "incident", kInWide | kFilter, "It ends when this incident is resolved",
             "此故障解决时结束", "故障"},
            kLongestName),
    limited({"matchers", FieldType::text, "", kShown | kComputed, "What it mutes: all of them must match",
             "静默对象：须全部匹配", "匹配条件"},
            0),
    Field{"intervals", FieldType::list, "", kComputed, "Recurring times in which it mutes; none: all the time",
          "重复生效的时段；无则始终生效", "重复时段"},
    limited({"comment", FieldType::text, "comment", kShown | kFilter | kPersonal | kAlways, "Why", "原因", "说明"},
            kLongestComment),
    limited({"created_by", FieldType::text, "created_by", kShown | kFilter | kPersonal | kPerson, "Who added it",
             "创建人", "创建人"},
            kLongestName),
    Field{"created_at", FieldType::time, "created_at", kInWide | kFilter | kAlways, "When it was added", "创建时间",
          "创建时间"}};

[[noreturn]] void refuse(std::string field, std::string problem) {
  throw Error(errors::record_invalid, {{"field", std::move(field)}, {"problem", std::move(problem)}});
}

void check_texts(Silence const& silence) {
  std::pair<char const*, std::string const*> const texts[] = {
      {"incident", &silence.incident}, {"comment", &silence.comment}, {"created_by", &silence.created_by}};
  for (auto const& [name, text] : texts) {
    auto const& field = kFields[*silence_type().find(name)];
    if (auto const fault = text_fault(*text, TextShape::line, field.max_length)) refuse(name, *fault);
  }
}

}  // namespace

std::span<std::string_view const> silence_state_names() { return kStates; }
std::string_view to_string(SilenceState state) { return kStates[static_cast<std::size_t>(state)]; }

SilenceState Silence::state(TimePoint now) const {
  if (now < starts_at) return SilenceState::pending;
  return ends_at && now >= *ends_at ? SilenceState::expired : SilenceState::active;
}

bool Silence::mutes_at(TimePoint now) const {
  return state(now) == SilenceState::active && (intervals.empty() || any_contains(intervals, now));
}

RecordType const& silence_type() {
  static constexpr RecordType kType{"silence", kFields, "id"};
  return kType;
}

Row to_row(Silence const& silence, TimePoint now) {
  return {silence.id,
          to_string(silence.state(now)),
          silence.mutes_at(now),
          silence.starts_at,
          silence.ends_at ? Value(*silence.ends_at) : Value(),
          text_or_null(silence.incident),
          text_of(silence.matchers),
          silence.intervals.empty() ? Value() : to_value(silence.intervals),
          silence.comment,
          text_or_null(silence.created_by),
          silence.created_at};
}

void refuse_unsound(Silence const& silence) {
  if (silence.matchers.empty()) refuse("matchers", "none; a silence needs one or more");
  // As Alertmanager has it: empty values alone would mute nearly all. It takes != and !~ for something, whatever they
  // leave out.
  auto const empty = [](Matcher const& matcher) {
    bool const positive = matcher.op() == MatchOp::equal || matcher.op() == MatchOp::matches;
    return positive && matcher.matches_absence();
  };
  if (std::all_of(silence.matchers.begin(), silence.matchers.end(), empty))
    refuse("matchers", "all of them match an empty value; one must not");
  if (silence.comment.find_first_not_of(" ") == std::string::npos) refuse("comment", "it is empty");
  check_texts(silence);
  auto const sound = [](TimePoint at) {
    return at.time_since_epoch().count() >= 0 && at.time_since_epoch().count() < kEnd;
  };
  if (!sound(silence.starts_at)) refuse("starts_at", "not in the years 1970 to 9999");
  if (silence.ends_at && !sound(*silence.ends_at)) refuse("ends_at", "not in the years 1970 to 9999");
  if (silence.ends_at && *silence.ends_at <= silence.starts_at) {
    refuse("ends_at",
           format_rfc3339(*silence.ends_at) + " is not behind the start, " + format_rfc3339(silence.starts_at));
  }
}

std::string silence_id(std::int64_t number) { return "S-" + std::to_string(number); }

std::optional<std::int64_t> parse_silence_id(std::string_view text) {
  if (text.starts_with("S-") || text.starts_with("s-")) {
    text.remove_prefix(2);
  } else if (text.starts_with('#')) {
    text.remove_prefix(1);
  }
  if (text.starts_with('-')) return std::nullopt;
  return parse_integer(text, 1, INT64_MAX);
}

}  // namespace umsops::mute
