// SPDX-License-Identifier: Apache-2.0
#include "cli/incident/store_alerts.hpp"

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "cli/configured.hpp"
#include "cli/incident/alerts.hpp"
#include "cli/outcome.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/incident_desk.hpp"

namespace umsops::cli::incident {

namespace {

using alert::Item;
using alert::Outcome;
using base::Field;
using base::FieldType;
using base::Value;
using Kind = desk::IngestResult::Kind;

/// So many events are stored in one transaction, and the rest of the body of the last one: a body is stored whole.
constexpr std::size_t kChunk = 100;
constexpr std::string_view kSchema = "umsops.incident.ingest/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr std::string_view kResults[] = {"created",  "updated", "unchanged", "recovered",
                                         "reopened", "ignored", "refused"};

constexpr Field kFields[] = {
    {"result", FieldType::choice, {}, kShown, "What became of it", "处理结果", "结果", kResults},
    {"incident_number", FieldType::text, {}, kShown, "The incident", "事件编号", "编号"},
    {"status", FieldType::text, {}, kShown, "Where that stands now", "事件当前状态", "状态"},
    {"severity", FieldType::text, {}, kShown, "How bad it is", "严重程度", "严重程度"},
    {"title", FieldType::text, {}, kShown, "What it is about", "标题", "标题"},
    {"why", FieldType::text, {}, kShown, "Why it is ignored or refused", "忽略或拒绝的原因", "原因"},
    {"reason",
     FieldType::text,
     {},
     0,
     "The same as a word, or the code of the error",
     "原因的代码，或错误代码",
     "原因代码"},
    {"sender",
     FieldType::text,
     {},
     base::kInWide,
     "The sender file that recognised it",
     "识别出它的发送方文件",
     "发送方"},
    {"key", FieldType::text, {}, base::kInWide, "Equal for an alarm and what clears it", "告警与其解除相同的键", "键"},
    {"file", FieldType::text, {}, base::kInWide, "The input", "输入", "文件"},
    {"line", FieldType::integer, {}, base::kInWide, "The first line of its body", "内容的首行", "行"},
    {"place", FieldType::text, {}, base::kInWide, "Where in the body", "在内容中的位置", "位置"},
};

/// Reads, stores by chunks, and writes a row for each event in the order of the input.
class Storing {
 public:
  Storing(Env& env, Call const& call) : env_(env), style_(env.style("incident_number")) {
    options_.dry_run = env.dry_run();
    if (auto const said = call.text("resolve-on")) {
      options_.resolve_on = alert::parse_resolve_policy(*said);
      if (!options_.resolve_on)
        throw base::Error(base::errors::usage_bad_value, {{"flag", "--resolve-on"},
                                                          {"value", base::shortened(*said, 80)},
                                                          {"expected", std::string(alert::kResolvePolicies)},
                                                          {"suggestion", "see: umsops help incident ingest"}});
    }
    options_.usual = configured_resolve_policy(env);
    if (auto const window = call.text("reopen-window")) {
      options_.reopen_window = base::parse_duration(*window).value_or(options_.reopen_window);
    }
    writer_ = format::list_writer(env.out(), style_, kSchema, "alert", kFields);
  }

  void take(Place const& place, Item const& item) {
    bool const next_body =
        pending_.empty() || pending_.back().first.file != place.file || pending_.back().first.line != place.line;
    if (next_body && pending_.size() >= kChunk) store();
    pending_.emplace_back(place, item);
  }

  int end() {
    store();
    Value::Object sums;
    std::int64_t total = 0;
    for (auto const name : kResults) {
      sums.emplace_back(std::string(name), counts_[name]);
      total += counts_[name];
    }
    writer_->end({false, {}, {{"sums", std::move(sums)}, {"dry_run", env_.dry_run()}}});
    env_.out().flush();
    if (counts_["refused"] == 0) return 0;
    if (total == 1) throw base::Error(*refused_);
    throw some_failed(counts_["refused"], total);
  }

 private:
  void store() {
    std::vector<alert::Event> events;
    for (auto const& [place, item] : pending_) {
      if (item.outcome != Outcome::ignore && item.outcome != Outcome::refuse) events.push_back(item.event);
    }
    auto const results =
        events.empty() ? std::vector<desk::IngestResult>() : env_.desk().incidents().ingest(events, options_);
    std::size_t next = 0;
    for (auto const& [place, item] : pending_) {
      bool const stored = item.outcome != Outcome::ignore && item.outcome != Outcome::refuse;
      write(place, item, stored ? &results[next++] : nullptr);
    }
    pending_.clear();
    env_.out().flush();
  }

  void write(Place const& place, Item const& item, desk::IngestResult const* result) {
    std::string_view const word = result                            ? desk::to_string(result->kind)
                                  : item.outcome == Outcome::refuse ? "refused"
                                                                    : "ignored";
    ++counts_[word];
    if (item.error) refuse(place, *item.error);
    bool const known = result && result->kind != Kind::ignored;
    bool const changed = known && result->kind != Kind::unchanged && !env_.dry_run();
    if (changed) env_.out().told().stored(result->incident.incident_number, true);
    std::string const reason = result ? result->reason : item.reason;
    auto const text = [](std::string_view said) { return base::text_or_null(std::string(said)); };
    std::string const why =
        item.error ? item.error->message(env_.language()) : alert::reason_text(reason, env_.language());
    writer_->row({word, known ? Value(result->incident.incident_number) : Value(),
                  known ? Value(model::to_string(result->incident.status)) : Value(),
                  known ? Value(model::to_string(result->incident.severity)) : Value(), text(item.event.title),
                  text(why), text(item.error ? std::string(item.error->code().code) : reason), text(item.sender),
                  text(item.event.key), place.file, place.line, text(item.place)});
  }

  void refuse(Place const& place, base::Error const& error) {
    refused_ = error;
    if (error.spot().file != place.file) refused_->at({place.file, place.line, 0});
  }

  Env& env_;
  format::Style style_;
  desk::IngestOptions options_;
  std::unique_ptr<format::RecordWriter> writer_;
  std::vector<std::pair<Place, Item>> pending_;
  std::map<std::string_view, std::int64_t> counts_;
  std::optional<base::Error> refused_;
};

}  // namespace

int store_alerts(Env& env, Call const& call, alert::Reader const& reader) {
  Storing storing(env, call);
  each_item(env, call, reader, [&](Place const& place, Item const& item) { storing.take(place, item); });
  return storing.end();
}

}  // namespace umsops::cli::incident
