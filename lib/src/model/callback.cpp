// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/callback.hpp"

#include <array>

#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/person.hpp"

namespace umsops::model {

using base::Field;
using base::FieldType;
using base::Value;
using namespace base;  // the trait names below

namespace {

// FROZEN: hashed. These texts are part of the hash of each stored call-back.
constexpr std::array<std::string_view, 2> kStates{"OPEN", "DONE"};
constexpr unsigned kShown = kInTable | kInWide;
constexpr std::size_t kLongestNote = 1000;

constexpr std::array kFields{
    limited({"id", FieldType::text, "id", kShown, "Internal id of the call-back", "回电的内部编号", "编号"}, 26),
    Field{"due_at", FieldType::time, "due_at", kShown, "When to call", "回电时间", "回电时间"},
    limited({"ticket_number", FieldType::text, "", kShown, "Its ticket", "工单编号", "工单"}, 64),
    limited({"contact", FieldType::text, "contact", kShown | kPersonal, "Number or name to call", "回电号码或联系人",
             "联系方式"},
            100),
    Field{"state", FieldType::choice, "state", kShown, "OPEN until somebody called", "回电状态", "状态", kStates},
    limited({"title", FieldType::text, "", kShown | kPersonal, "What the ticket is about", "工单标题", "标题"}, 200),
    limited({"requester_id", FieldType::text, "", kInWide | kPersonal | kPerson, "Who asks", "请求人", "请求人"},
            kLongestPerson),
    limited({"note", FieldType::block, "note", kShown | kPersonal, "What to know before calling", "回电说明", "说明"},
            kLongestNote),
    Field{"created_at", FieldType::time, "created_at", kInWide, "When it was noted", "登记时间", "登记时间"},
    limited({"created_by", FieldType::text, "created_by", kInWide | kPersonal | kPerson, "Who noted it", "登记人",
             "登记人"},
            kLongestPerson),
    Field{"done_at", FieldType::time, "done_at", kInWide, "When somebody called", "完成时间", "完成时间"},
    limited({"done_by", FieldType::text, "done_by", kInWide | kPersonal | kPerson, "Who called", "回电人", "回电人"},
            kLongestPerson),
    limited({"outcome", FieldType::block, "outcome", kShown | kPersonal, "How it went", "结果", "结果"}, kLongestNote)};

}  // namespace

std::span<std::string_view const> callback_state_names() { return kStates; }
std::string_view to_string(CallbackState state) { return kStates[static_cast<std::size_t>(state)]; }

std::optional<CallbackState> parse_callback_state(std::string_view text) {
  std::string const word = ascii_upper(text);
  if (word == kStates[0]) return CallbackState::open;
  if (word == kStates[1]) return CallbackState::done;
  return std::nullopt;
}

base::RecordType const& callback_type() {
  static constexpr base::RecordType kType{"callback", kFields};
  return kType;
}

base::Row to_row(Callback const& callback) {
  return {callback.id,
          callback.due_at,
          base::text_or_null(callback.ticket_number),
          base::text_or_null(callback.contact),
          to_string(callback.state),
          base::text_or_null(callback.title),
          base::text_or_null(callback.requester_id),
          base::text_or_null(callback.note),
          callback.created_at,
          base::text_or_null(callback.created_by),
          callback.done_at ? Value(*callback.done_at) : Value(),
          base::text_or_null(callback.done_by),
          base::text_or_null(callback.outcome)};
}

std::vector<Problem> check(Callback const& callback) {
  std::vector<Problem> out;
  auto const row = to_row(callback);
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    bool const text = kFields[i].type == FieldType::text || kFields[i].type == FieldType::block;
    if (!text) continue;
    auto const shape = kFields[i].type == FieldType::block ? TextShape::block : TextShape::line;
    std::string const name(kFields[i].name);
    if (auto const problem = check_text(row[i].text(), shape)) {
      out.push_back({name, problem->what + " at byte " + std::to_string(problem->offset)});
    } else if (code_points(row[i].text()) > kFields[i].max_length) {
      out.push_back({name, "longer than " + std::to_string(kFields[i].max_length) + " characters"});
    }
  }
  constexpr std::int64_t kEnd = 253'402'300'800'000;  // 10000-01-01
  auto const due = callback.due_at.time_since_epoch().count();
  if (due < 0 || due >= kEnd) out.push_back({"due_at", "not in the years 1970 to 9999"});
  return out;
}

}  // namespace umsops::model
