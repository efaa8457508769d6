// SPDX-License-Identifier: Apache-2.0
// All that somebody has, to somebody else.
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/outcome.hpp"
#include "cli/record/change.hpp"
#include "cli/record/ids.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kSchema = "umsops.people.hand-over/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"noun", FieldType::text, {}, kShown, "ticket or incident", "工单或事件", "类型"},
    {"number", FieldType::text, {}, kShown, "Its number", "编号", "编号"},
    {"to", FieldType::text, {}, kShown, "Who has it now", "现由谁处理", "处理人"},
    {"result", FieldType::text, {}, kShown, "updated, unchanged or failed", "结果", "结果"},
    {"problem", FieldType::text, {}, kShown, "Why it could not be handed over", "未能移交的原因", "问题"},
};

using Ids = std::vector<std::string>;

Ids open_tickets(Env& env, std::string const& from) {
  auto const& type = model::ticket_type();
  query::Query query;
  query.filter =
      query::all_of({query::condition_on(type.require("assignee_id"), query::Op::eq, {from}),
                     query::condition_on(type.require("status"), query::Op::ne, {"RESOLVED", "CLOSED", "SPAM"})});
  query.details = false;
  Ids ids;
  env.desk().tickets().list(query, [&](model::Ticket const& ticket) {
    ids.push_back(ticket.ticket_number);
    return true;
  });
  return ids;
}

Ids open_incidents(Env& env, std::string const& from) {
  auto const& type = model::incident_type();
  query::Query query;
  query.filter = query::all_of({query::condition_on(type.require("assigned_to"), query::Op::eq, {from}),
                                query::condition_on(type.require("status"), query::Op::ne, {"RESOLVED", "CLOSED"})});
  query.details = false;
  Ids ids;
  env.desk().incidents().list(query, [&](model::Incident const& incident) {
    ids.push_back(incident.incident_number);
    return true;
  });
  return ids;
}

/// Writes what became of each, and counts.
class HandedOver {
 public:
  explicit HandedOver(Env& env)
      : env_(env), writer_(format::list_writer(env.out(), env.style("number"), kSchema, "outcome", kFields)) {}

  template <class Outcomes, class AssigneeOf>
  void add(char const* noun, Outcomes const& outcomes, AssigneeOf const& assignee_of) {
    for (auto const& [id, done, failed] : outcomes) {
      ++total_;
      if (failed) {
        ++failed_;
        writer_->row({noun, id, Value(), "failed", failed->message(env_.language())});
        continue;
      }
      bool const changed = done->result != desk::Result::unchanged;
      if (changed && !done->dry_run) env_.out().told().count(++stored_);
      writer_->row({noun, id, assignee_of(*done), desk::to_string(done->result), Value()});
    }
  }

  int end() {
    writer_->end({false, {}, {{"dry_run", env_.dry_run()}}});
    env_.out().flush();
    if (failed_ > 0) throw some_failed(failed_, total_);
    return 0;
  }

 private:
  Env& env_;
  std::unique_ptr<format::RecordWriter> writer_;
  std::int64_t total_ = 0, failed_ = 0, stored_ = 0;
};

int run_hand_over(Env& env, Call const& call) {
  auto const from = base::person_name(call.words[0]);
  call.exclude("to", "auto");
  auto const target = call.on("auto") ? std::string("auto") : call.text("to").value_or("");
  if (target.empty()) call.missing("--to, --auto");
  auto change = record::change_of(env, call);
  if (change.reason.empty()) change.reason = "hand-over of " + from;
  auto const tickets = open_tickets(env, from), incidents = open_incidents(env, from);
  record::confirm_many(env, call, tickets.size() + incidents.size());
  HandedOver handed(env);
  handed.add("ticket", env.desk().tickets().assign(tickets, desk::Hand::give, {target, {}}, change, desk::Batch::each),
             [](desk::TicketResult const& done) { return done.ticket.assignee_id; });
  handed.add("incident", env.desk().incidents().assign(incidents, desk::Hand::give, target, change, desk::Batch::each),
             [](auto const& done) { return done.incident.assigned_to; });
  return handed.end();
}

constexpr Argument kFrom[] = {{"FROM", {"who has it now", "现处理人"}, true, false}};
constexpr Flag kFlags[] = {
    {.name = "to",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"who gets all of it: a name, team:NAME, oncall:SCHEDULE", "移交给谁：姓名、team:团队、oncall:值班表"}},
    {.name = "auto",
     .doc = {"each to whom 'ticket assign --auto' would pick; FROM must be absent or gone from the roster",
             "逐条由 ticket assign --auto 选人；现处理人须缺勤或不在名册中"}},
    flags::kReason,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kExamples[] = {
    {"umsops people hand-over li.na --to wang.fang --reason 'leaves on Friday'",
     {"all open tickets and incidents", "移交全部未完成的工单和事件"}},
    {"umsops people hand-over chen.bo --auto -n -c roster=roster.yaml -o json | jq -c '.items[] | [.number, .to]'",
     {"who would get what", "试运行：各由谁接手"}},
};
constexpr int kExits[] = {4, 6, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kPeopleHandOver{
    .path = "people hand-over",
    .summary = {"hand over all that somebody has", "移交某人名下的全部事项"},
    .description =
        {"Gives every open ticket and incident of FROM to somebody else, each in a transaction of its own, with a "
         "reason in its history. --auto picks by skill, load and shift as 'ticket assign --auto' does. Exit 6 when "
         "some "
         "could not be handed over.",
         "将某人名下所有未完成的工单和事件移交他人，逐条独立处理，并在历史中注明原因。--auto 与 ticket assign --auto "
         "相同，按技能、负载和值班选人。部分未能移交时退出码为 6。"},
    .arguments = kFrom,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .changes = true,
    .run = run_hand_over,
};

}  // namespace umsops::cli
