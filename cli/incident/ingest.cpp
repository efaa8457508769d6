// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <memory>
#include <optional>

#include "cli/commands.hpp"
#include "cli/completion/candidates.hpp"
#include "cli/flags.hpp"
#include "cli/incident/alerts.hpp"
#include "cli/incident/store_alerts.hpp"
#include "cli/outcome.hpp"
#include "umsops/alert/event.hpp"
#include "umsops/config/sender_files.hpp"

namespace umsops::cli {

namespace {

using alert::Item;
using alert::Outcome;
using base::Field;
using base::FieldType;
using base::Value;
using incident::Place;

constexpr std::string_view kSchema = "umsops.incident.explain/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr unsigned kWide = base::kInWide;

constexpr Field kFields[] = {
    {"outcome",
     FieldType::text,
     {},
     kShown,
     "open, resolve, acknowledge, ignore or refuse",
     "open、resolve、acknowledge、ignore 或 refuse",
     "结果"},
    {"sender", FieldType::text, {}, kShown, "The sender file that recognised it", "识别出它的发送方文件", "发送方"},
    {"key", FieldType::text, {}, kShown, "Equal for an alarm and what clears it", "告警与其解除相同的键", "键"},
    {"severity",
     FieldType::text,
     {},
     kShown,
     "LOW to CRITICAL, where the sender says one",
     "发送方给出的严重程度：LOW 至 CRITICAL",
     "严重程度"},
    {"title", FieldType::text, {}, kShown, "What it is about", "标题", "标题"},
    {"why", FieldType::text, {}, kShown, "Why it is ignored or refused", "忽略或拒绝的原因", "原因"},
    {"reason",
     FieldType::text,
     {},
     0,
     "The same as a word, or the code of the error",
     "原因的代码，或错误代码",
     "原因代码"},
    {"file", FieldType::text, {}, kWide, "The input", "输入", "文件"},
    {"line", FieldType::integer, {}, kWide, "The first line of its body", "内容的首行", "行"},
    {"place", FieldType::text, {}, kWide, "Where in the body", "在内容中的位置", "位置"},
    {"rule", FieldType::text, {}, kWide, "The line of the sender file that decided", "作出决定的发送方文件行", "依据"},
    {"source", FieldType::text, {}, kWide, "What watches", "监控来源", "来源"},
    {"services", FieldType::list, {}, kWide, "Affected services", "受影响的服务", "服务"},
    {"starts_at", FieldType::time, {}, kWide, "Since when", "开始时间", "开始"},
    {"ends_at", FieldType::time, {}, 0, "Until when", "结束时间", "结束"},
    {"labels", FieldType::object, {}, 0, "Names and values", "标签", "标签"},
    {"description", FieldType::block, {}, 0, "The whole text", "完整描述", "描述"},
    {"link", FieldType::text, {}, 0, "Where the sender shows it", "发送方的链接", "链接"},
    {"runbook", FieldType::text, {}, 0, "What to do", "处置手册", "手册"},
    {"group", FieldType::text, {}, 0, "What the sender put it together with", "发送方的分组", "分组"},
    {"fingerprint", FieldType::text, {}, 0, "Equal for what is sent twice", "重复发送者相同", "指纹"},
    {"related", FieldType::list, {}, 0, "The sender's names of the alarms within", "其中各告警的名字", "相关告警"},
    {"remarks", FieldType::list, {}, 0, "What was cut, cleaned or not understood", "截短、清理或未能理解之处", "备注"},
};

Value list_of(std::vector<std::string> const& texts) {
  Value::List out;
  for (auto const& text : texts) out.emplace_back(text);
  return out;
}

Value labels_of(alert::Event const& event) {
  Value::Object out;
  for (auto const& [name, value] : event.labels) out.emplace_back(name, value);
  return out;
}

Value time_of(std::optional<base::TimePoint> const& time) { return time ? Value(*time) : Value(); }

std::string why_of(Env const& env, Item const& item) {
  if (item.error) return item.error->message(env.language());
  return alert::reason_text(item.reason, env.language());
}

base::Row row_of(Env const& env, Place const& place, Item const& item) {
  auto const& event = item.event;
  auto const& rule = item.rule;
  return {to_string(item.outcome),
          base::text_or_null(item.sender),
          base::text_or_null(event.key),
          event.severity ? Value(to_string(*event.severity)) : Value(),
          base::text_or_null(event.title),
          base::text_or_null(why_of(env, item)),
          base::text_or_null(item.reason),
          place.file,
          place.line,
          base::text_or_null(item.place),
          rule.file.empty() ? Value() : Value(rule.file + ":" + std::to_string(rule.line)),
          base::text_or_null(event.source),
          list_of(event.services),
          time_of(event.starts_at),
          time_of(event.ends_at),
          labels_of(event),
          base::text_or_null(event.description),
          base::text_or_null(event.link),
          base::text_or_null(event.runbook),
          base::text_or_null(event.group),
          base::text_or_null(event.fingerprint),
          list_of(event.related),
          list_of(event.remarks)};
}

/// Writes what was read; people see all of a single event, and of several a table.
class Explanation {
 public:
  explicit Explanation(Env& env) : env_(env), style_(env.style("key")) {}

  void take(Place const& place, Item const& item) {
    ++counts_[static_cast<std::size_t>(item.outcome)];
    if (item.error) note(place, *item.error);
    auto row = row_of(env_, place, item);
    if (!writer_ && !first_ && env_.human()) {
      first_ = std::move(row);
      return;
    }
    open();
    writer_->row(row);
  }

  void end() {
    if (first_) {
      format::write_record(env_.out(), style_, kSchema, "alert", kFields, *first_);
    } else {
      open();
      Value::Object sums;
      for (std::size_t i = 0; i < counts_.size(); ++i)
        sums.emplace_back(to_string(static_cast<Outcome>(i)), counts_[i]);
      writer_->end({false, {}, {{"sums", std::move(sums)}}});
    }
    std::int64_t total = 0;
    for (auto const count : counts_) total += count;
    if (!env_.quiet() && total > 1) tell(total);
    env_.out().flush();
    auto const refused = counts_[static_cast<std::size_t>(Outcome::refuse)];
    if (refused > 0 && total == 1) throw base::Error(*last_);
    if (refused > 0) throw some_failed(refused, total);
  }

 private:
  void open() {
    if (writer_) return;
    writer_ = format::list_writer(env_.out(), style_, kSchema, "alert", kFields);
    if (first_) writer_->row(*first_);
    first_.reset();
  }

  /// The first one waits: alone, it is the error of the run.
  void note(Place const& place, base::Error const& error) {
    if (last_) remark(last_place_, *last_);
    last_place_ = place;
    last_ = error;
    if (error.spot().file != place.file) last_->at({place.file, place.line, 0});
  }
  void remark(Place const& place, base::Error const& error) const {
    env_.remark(place.file + ":" + std::to_string(place.line) + ": " + error.message(env_.language()));
  }

  void tell(std::int64_t total) {
    if (last_) remark(last_place_, *last_);
    auto const count = [this](Outcome outcome) { return std::to_string(counts_[static_cast<std::size_t>(outcome)]); };
    env_.tell(env_.phrase(Phrase::alerts_read, {{"total", std::to_string(total)},
                                                {"open", count(Outcome::open)},
                                                {"resolve", count(Outcome::resolve)},
                                                {"acknowledge", count(Outcome::acknowledge)},
                                                {"ignore", count(Outcome::ignore)},
                                                {"refuse", count(Outcome::refuse)}}));
  }

  Env& env_;
  format::Style style_;
  std::unique_ptr<format::RecordWriter> writer_;
  std::optional<base::Row> first_;
  std::array<std::int64_t, 5> counts_{};
  Place last_place_;
  std::optional<base::Error> last_;
};

int run_ingest(Env& env, Call const& call) {
  if (auto const name = call.text("show-sender")) {
    env.out().write(config::builtin_sender(*name));
    return 0;
  }
  auto const reader = incident::reader_of(env, call);
  if (!call.on("explain")) return incident::store_alerts(env, call, reader);
  Explanation explanation(env);
  incident::each_item(env, call, reader, [&](Place const& place, Item const& item) { explanation.take(place, item); });
  explanation.end();
  return 0;
}

void resolve_policies(Candidates& out) {
  for (auto const* word : {"first", "last", "all", "never", "quiet:30m"}) out.add(word);
}

constexpr Flag kFlags[] = {
    {.name = "explain",
     .doc = {"say what each event is taken for, by which sender file, and store nothing",
             "说明每个事件被当作什么、依据哪个发送方文件，不保存任何内容"}},
    incident::kFormat,
    incident::kSender,
    {.name = "show-sender",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"print a built-in sender file, as a beginning for one's own", "输出一个内置发送方文件，可作为自己的起点"},
     .offer = incident::sender_names},
    {.name = "resolve-on",
     .value = "WHICH",
     .type = FlagType::text,
     .doc =
         {"ends of alarms that make an incident RECOVERED: that of the first one, of the one that came last, of all, "
          "or never; quiet:T: of all, and RESOLVED when nothing fired for so long",
          "哪些告警解除使事件变为 RECOVERED：first（任一）、last（最后触发的）、all（全部）或 never；quiet:T："
          "全部解除，且在该时长内无新告警时变为 RESOLVED"},
     .fallback = "the sender file's, else the setting resolve_on",
     .offer = resolve_policies},
    {.name = "reopen-window",
     .value = "DURATION",
     .type = FlagType::duration,
     .doc = {"how long after RESOLVED an alarm is of the same incident", "解决后多久之内的告警仍属于同一事件"},
     .fallback = "1h"},
    flags::kHeader,
};
constexpr Example kExamples[] = {
    {"umsops incident ingest < alertmanager.json", {"what a webhook received", "处理 webhook 收到的内容"}},
    {"echo '{\"key\":\"disk:db01\",\"title\":\"disk full on db01\",\"state\":\"firing\",\"severity\":\"high\"}' | "
     "umsops "
     "incident ingest --explain",
     {"what a script of one's own sends", "自己的脚本所发送的内容"}},
    {"umsops incident ingest --explain alertmanager.json -o json | jq -r '.items[] | [.outcome, .key] | @tsv'",
     {"what an alarm of another system would do", "其他系统的告警会产生什么结果"}},
    {"umsops incident ingest --explain --sender own.yaml --format backup backup.json",
     {"try a sender file of one's own", "试用自己的发送方文件"}},
    {"umsops incident ingest --show-sender zabbix > my-zabbix.yaml",
     {"a built-in sender file to be changed", "取出内置发送方文件以便修改"}},
};
constexpr int kExits[] = {5, 6, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kIncidentIngest{
    .path = "incident ingest",
    .summary = {"read alarms of other systems", "读取其他系统的告警"},
    .description =
        {"Reads what monitoring, CI and security systems send: the body of a webhook, many of them, or a mail. A "
         "sender "
         "file recognises it and says which events it holds, whether each raises, acknowledges or clears an alarm, and "
         "under which key. Sender files for many systems are built in; one's own are one YAML file each "
         "(umsops-sender(5), the setting senders).\n\n"
         "The first alarm of a key opens an incident; further ones widen it; the end of its alarms is evidence that "
         "service is back (--resolve-on). The same alarm again is counted (alert_count), and changes nothing else. "
         "What "
         "silences and inhibition rules mute is stored all the same, and wakes nobody. A body is stored whole or not "
         "at all, and each event is answered with what became of it.\n\n"
         "With --explain nothing is stored: each event is answered with what it is taken for, and why. Some refused: "
         "exit 6; a single one: exit 5. A body has at most 16 MiB and 10000 events.",
         "读取监控、CI 和安全系统发送的内容：一份或多份 webhook "
         "内容，或一封邮件。发送方文件识别来源，并说明其中有哪些事件，"
         "每个事件是触发、确认还是解除告警，以及使用什么键。许多系统的发送方文件已内置；自己的文件每个为一个 YAML "
         "文件（见 umsops-sender(5) 和设置 senders）。\n\n"
         "同一键的第一个告警新建事件，其后的告警扩大事件；告警解除即为服务恢复的证据（--resolve-"
         "on）。重复的告警只计数（alert_count）。被静默或抑制的事件照常保存，但不通知任何人。"
         "一份内容要么全部保存，要么完全不保存；每个事件都给出处理结果。\n\n"
         "加 --explain 时不保存任何内容，只说明每个事件被当作什么及原因。部分被拒绝时退出码为 6；只有一个且被拒绝时为 "
         "5。"
         "一份内容最多 16 MiB、10000 个事件。"},
    .arguments = incident::kFiles,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.incident.ingest/v1",
    .changes = true,
    .run = run_ingest,
};

}  // namespace umsops::cli
