// SPDX-License-Identifier: Apache-2.0
// An execution as a record of fields, and the names of its states.
#include "umsops/runbook/execution.hpp"

#include <array>

#include "umsops/base/hash.hpp"
#include "umsops/base/number.hpp"

namespace umsops::runbook {
namespace {

using base::Field;
using base::FieldType;
using base::Value;
using namespace base;  // the trait names below

constexpr std::array<std::string_view, 7> kStates{"RUNNING", "WAITING_MANUAL", "WAITING_APPROVAL", "UNKNOWN",
                                                  "FAILED",  "SUCCEEDED",      "CANCELLED"};
constexpr std::array<std::string_view, 9> kStepStates{"PENDING",   "RUNNING", "WAITING",   "UNKNOWN", "SUCCEEDED",
                                                      "RECOVERED", "FAILED",  "TIMED_OUT", "SKIPPED"};
constexpr std::array<std::string_view, 4> kParts{"main", "on_error", "check", "rollback"};
constexpr std::array<std::string_view, 4> kRollbacks{"NONE", "RUNNING", "DONE", "FAILED"};
constexpr unsigned kShown = kInTable | kInWide;
constexpr std::size_t kLongestName = 100;

constexpr std::array kFields{
    limited({"id", FieldType::text, "", kShown | kFilter | kComputed, "Number of the execution", "执行编号", "编号"},
            32),
    limited({"runbook", FieldType::text, "runbook", kShown | kFilter | kAlways, "The runbook", "手册", "手册"}, 64),
    limited({"incident", FieldType::text, "", kShown | kFilter | kComputed, "The incident that it is for", "所属事件",
             "事件"},
            kLongestName),
    Field{"state", FieldType::choice, "state", kShown | kFilter | kAlways,
          "UNKNOWN: a step was cut off, and a person has to say whether it took effect",
          "UNKNOWN：某步骤被中断，须由人说明其是否生效", "状态", kStates},
    Field{"started_at", FieldType::time, "started_at", kShown | kFilter | kAlways, "When it began", "开始时间", "开始"},
    Field{"ended_at", FieldType::time, "", kShown | kComputed, "When it ended", "结束时间", "结束"},
    limited({"started_by", FieldType::text, "", kShown | kComputed, "Who runs it", "执行人", "执行人"}, kLongestName),
    limited({"host", FieldType::text, "", kInWide | kComputed, "Where it is at work now", "当前所在主机", "主机"}, 0),
    Field{"lease_until", FieldType::time, "", kInWide | kComputed, "Until when it is that process's at most",
          "该进程最迟占用至", "占用至"},
    limited({"file", FieldType::text, "", kInWide | kComputed, "Where the runbook stood", "手册文件", "文件"}, 0),
    limited({"hash", FieldType::text, "", kInWide | kComputed, "SHA-256 of the runbook as it was at the start",
             "开始时手册内容的 SHA-256", "手册哈希"},
            0),
    limited({"plan_hash", FieldType::text, "", kInWide | kComputed, "Hash of the plan", "计划哈希", "计划哈希"}, 0),
    limited({"reason", FieldType::text, "", kInWide | kComputed, "Why it was begun or ended", "原因", "原因"}, 0),
};

Value time_value(std::optional<TimePoint> const& at) { return at ? Value(*at) : Value(); }

}  // namespace

std::span<std::string_view const> state_names() { return kStates; }
std::string_view to_string(State state) { return kStates[static_cast<std::size_t>(state)]; }
std::span<std::string_view const> step_state_names() { return kStepStates; }
std::string_view to_string(StepState state) { return kStepStates[static_cast<std::size_t>(state)]; }
std::string_view to_string(Part part) { return kParts[static_cast<std::size_t>(part)]; }
std::span<std::string_view const> rollback_names() { return kRollbacks; }

std::string execution_id(std::int64_t n) { return "R-" + std::to_string(n); }

std::optional<std::int64_t> parse_execution_id(std::string_view text) {
  if (text.starts_with("R-") || text.starts_with("r-")) {
    text.remove_prefix(2);
  } else if (text.starts_with('#')) {
    text.remove_prefix(1);
  }
  return base::parse_integer(text, 1, INT64_MAX);
}

base::RecordType const& execution_type() {
  static constexpr base::RecordType kType{"execution", kFields, "id"};
  return kType;
}

base::Row to_row(Execution const& execution) {
  return {execution_id(execution.n),
          execution.runbook,
          text_or_null(execution.incident),
          to_string(execution.state),
          execution.started_at,
          time_value(execution.ended_at),
          text_or_null(execution.started_by),
          execution.worker ? text_or_null(execution.worker->host) : Value(),
          time_value(execution.lease_until),
          text_or_null(execution.file),
          base::sha256_hex(execution.text),
          text_or_null(execution.plan_hash),
          text_or_null(execution.reason)};
}

}  // namespace umsops::runbook
