// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/feedback.hpp"

#include <array>

#include "model/choice.hpp"
#include "model/record_check.hpp"
#include "umsops/model/person.hpp"

namespace umsops::model {
namespace {

// FROZEN: hashed. Texts of hashed rows.
constexpr std::array<std::string_view, 3> kKind{"VOTE", "USE", "WATCH"};
constexpr std::size_t kLongestReason = 1000;

}  // namespace

std::span<std::string_view const> feedback_kind_names() { return kKind; }
std::string_view to_string(FeedbackKind v) { return kKind[static_cast<std::size_t>(v)]; }
std::optional<FeedbackKind> parse_feedback_kind(std::string_view text) {
  return parse_choice<FeedbackKind>(text, kKind);
}

base::RecordType const& feedback_type() {
  using base::FieldType;
  static base::Field const kFields[] = {
      {"kind", FieldType::choice, "kind", 0, "A vote, what became of a use, or a watcher", "投票、使用结果或关注",
       "类型", kKind},
      base::limited(
          {"subject", FieldType::text, "subject", 0, "Who votes or watches; the ticket or incident it was used for",
           "投票或关注的人；所用于的工单或事件", "对象"},
          kLongestPerson),
      {"good", FieldType::boolean, "good", 0, "Whether it helped, or worked", "是否有帮助或成功", "有效"},
      base::limited({"reason", FieldType::text, "reason", base::kPersonal, "Why", "原因", "原因"}, kLongestReason),
      base::limited({"author", FieldType::text, "author", base::kPerson, "Who says so", "记录人", "记录人"},
                    kLongestPerson),
      {"created_at", FieldType::time, "created_at", 0, "When it was said", "时间", "时间"},
  };
  static base::RecordType const kType{"feedback", kFields};
  return kType;
}

base::Row to_row(Feedback const& feedback) {
  return {to_string(feedback.kind),
          feedback.subject,
          feedback.good,
          base::text_or_null(feedback.reason),
          base::text_or_null(feedback.author),
          feedback.created_at};
}

std::vector<Problem> check(Feedback const& feedback) {
  std::vector<Problem> out;
  check_text(out, "subject", feedback.subject, base::TextShape::line, kLongestPerson);
  check_text(out, "author", feedback.author, base::TextShape::line, kLongestPerson);
  check_text(out, "reason", feedback.reason, base::TextShape::line, kLongestReason);
  if (is_blank(feedback.subject)) out.push_back({"subject", "cannot be empty"});
  return out;
}

}  // namespace umsops::model
