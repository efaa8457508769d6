// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/timeline_entry.hpp"

#include <array>

#include "model/choice.hpp"
#include "model/record_check.hpp"
#include "umsops/model/limits.hpp"
#include "umsops/model/person.hpp"

namespace umsops::model {
namespace {

// FROZEN: hashed. Texts of hashed rows.
constexpr std::array<std::string_view, 10> kKind{"NOTE",   "EVIDENCE", "DECISION",   "ROLE", "ALERT",
                                                 "UPDATE", "STATE",    "ASSESSMENT", "STEP", "PHASE"};
constexpr std::array<std::string_view, 3> kEvidence{"SIGNAL", "MANUAL", "CHECK"};

}  // namespace

std::span<std::string_view const> timeline_kind_names() { return kKind; }
std::string_view to_string(TimelineKind v) { return kKind[static_cast<std::size_t>(v)]; }
std::optional<TimelineKind> parse_timeline_kind(std::string_view text) {
  return parse_choice<TimelineKind>(text, kKind);
}
std::span<std::string_view const> evidence_kind_names() { return kEvidence; }
std::string_view to_string(EvidenceKind v) { return kEvidence[static_cast<std::size_t>(v)]; }

base::RecordType const& timeline_entry_type() {
  using base::FieldType;
  static base::Field const kFields[] = {
      base::limited({"id", FieldType::text, "id", 0, "Internal id", "内部编号", "内部编号"}, 26),
      {"place", FieldType::integer, "place", 0, "Its place in the timeline, by which it is corrected",
       "在时间线中的序号，更正时使用", "序号"},
      {"kind", FieldType::choice, "kind", 0, "What it tells", "条目类型", "类型", kKind},
      {"at", FieldType::time, "at", 0, "When it happened", "发生时间", "发生时间"},
      {"recorded_at", FieldType::time, "recorded_at", 0, "When it was written down", "记录时间", "记录时间"},
      base::limited({"author", FieldType::text, "author", base::kPerson, "Who wrote it", "记录人", "记录人"},
                    kLongestPerson),
      base::limited({"text", FieldType::block, "text", base::kPersonal, "In words", "内容", "内容"}, kLongestText),
      {"data", FieldType::object, "data", base::kPersonal, "What its kind has beside the text", "附加数据", "数据"},
      base::limited(
          {"corrects", FieldType::text, "corrects", 0, "The entry in whose place it stands", "所更正的条目", "更正"},
          26),
      {"pinned", FieldType::boolean, "pinned", 0, "Whether it stands out", "是否置顶", "置顶"},
  };
  static base::RecordType const kType{"timeline_entry", kFields};
  return kType;
}

base::Row to_row(TimelineEntry const& entry) {
  return {base::text_or_null(entry.id),
          entry.place == 0 ? base::Value() : base::Value(entry.place),
          to_string(entry.kind),
          entry.at,
          entry.recorded_at,
          base::text_or_null(entry.author),
          base::text_or_null(entry.text),
          entry.data,
          base::text_or_null(entry.corrects),
          entry.pinned};
}

std::vector<Problem> check(TimelineEntry const& entry) {
  std::vector<Problem> out;
  check_text(out, "author", entry.author, base::TextShape::line, kLongestPerson);
  check_text(out, "text", entry.text, base::TextShape::block, kLongestText);
  if (is_blank(entry.text)) out.push_back({"text", "cannot be empty"});
  return out;
}

}  // namespace umsops::model
