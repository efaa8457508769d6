// SPDX-License-Identifier: Apache-2.0
// `ticket recurring`: what tick files again and again.
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/completion/candidates.hpp"
#include "cli/configured.hpp"
#include "cli/flags.hpp"
#include "cli/template/templates.hpp"
#include "umsops/base/text.hpp"
#include "umsops/format/output.hpp"
#include "umsops/prepared/recurring.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;
using prepared::Occurrence;
using prepared::Recurring;

constexpr std::string_view kList = "umsops.ticket.recurring.list/v1", kShow = "umsops.ticket.recurring.show/v1",
                           kNext = "umsops.ticket.recurring.next/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr std::int64_t kUsual = 10;
constexpr std::size_t kMost = 1000;
constexpr std::chrono::days kHorizon{366 * 30};

constexpr Field kColumns[] = {
    {"name", FieldType::text, {}, kShown, "Name of the recurring ticket", "名称", "名称"},
    {"doc", FieldType::text, {}, base::kInWide, "What it is for", "说明", "说明"},
    {"schedule", FieldType::text, {}, kShown, "When it comes", "周期", "周期"},
    {"next_at", FieldType::time, {}, kShown, "When it is filed next", "下次新建时间", "下次新建"},
    {"title", FieldType::text, {}, kShown, "Title of the next one", "下一张工单的标题", "标题"},
    {"file", FieldType::text, {}, base::kInWide, "Where it stands", "所在文件", "文件"},
};

constexpr Field kDates[] = {
    {"name", FieldType::text, {}, kShown, "Name of the recurring ticket", "名称", "名称"},
    {"date", FieldType::text, {}, kShown, "The day it is for", "日期", "日期"},
    {"files_at", FieldType::time, {}, kShown, "When it is filed", "新建时间", "新建时间"},
    {"due_at", FieldType::time, {}, base::kInWide, "Its time by the schedule", "周期所定时间", "周期时间"},
    {"title", FieldType::text, {}, kShown, "Title of the ticket", "工单标题", "标题"},
    {"why",
     FieldType::text,
     {},
     kShown,
     "Why it is on that day, where the schedule says another",
     "日期调整的原因",
     "原因"},
    {"key", FieldType::text, {}, base::kInWide, "Key under which it is filed once", "幂等键", "键"},
};

std::vector<Recurring> all_of(Env& env, Call const& call) { return configured_recurring(env, call.all("recurring")); }

Recurring const& require(std::vector<Recurring> const& all, std::string const& name) {
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.name == name; });
  if (found != all.end()) return *found;
  std::vector<std::string> names;
  for (auto const& one : all) names.push_back(one.name);
  auto const near = base::nearest(name, names);
  throw base::Error(base::errors::usage_bad_value, {{"flag", "NAME"},
                                                    {"value", base::shortened(name, 80)},
                                                    {"expected", "a recurring ticket"},
                                                    {"suggestion", near.empty() ? "see: umsops ticket recurring list"
                                                                                : "did you mean " + near + "?"}});
}

std::vector<Occurrence> next_of(Env& env, Recurring const& one, std::size_t most) {
  auto const now = env.clock().now();
  return prepared::occurrences(one, now, now + kHorizon, most);
}

int run_list(Env& env, Call const& call) {
  auto writer = format::list_writer(env.out(), env.style("name"), kList, "recurring", kColumns);
  for (auto const& one : all_of(env, call)) {
    auto const next = next_of(env, one, 1);
    writer->row({one.name, base::text_or_null(templates::text_of(env, one.doc)),
                 prepared::schedule_text(one, env.language()), next.empty() ? Value() : Value(next[0].files_at),
                 next.empty() ? Value() : Value(prepared::ticket_of(one, next[0]).words.title), one.file});
  }
  writer->end({});
  return 0;
}

base::Row row_of(Env& env, Recurring const& one, Occurrence const& at) {
  return {one.name,
          prepared::date_text(at.date),
          at.files_at,
          at.due_at,
          prepared::ticket_of(one, at).words.title,
          base::text_or_null(prepared::why(one, at, env.language())),
          prepared::key_of(one, at)};
}

int run_next(Env& env, Call const& call) {
  auto const all = all_of(env, call);
  auto const wanted = call.integer("limit").value_or(kUsual);
  auto const most = wanted == 0 ? kMost : std::min(kMost, static_cast<std::size_t>(wanted));
  struct Dated {
    Recurring const* one;
    Occurrence at;
  };
  std::vector<Dated> dates;
  for (auto const& one : all) {
    if (!call.words.empty() && &one != &require(all, call.words[0])) continue;
    for (auto const& at : next_of(env, one, most)) dates.push_back({&one, at});
  }
  if (!call.words.empty()) require(all, call.words[0]);
  std::stable_sort(dates.begin(), dates.end(),
                   [](auto const& a, auto const& b) { return a.at.files_at < b.at.files_at; });
  if (dates.size() > most) dates.resize(most);
  auto writer = format::list_writer(env.out(), env.style("date"), kNext, "recurring", kDates);
  for (auto const& [one, at] : dates) writer->row(row_of(env, *one, at));
  writer->end({});
  return 0;
}

Value document_of(Env& env, Recurring const& one) {
  Value::List next;
  for (auto const& at : next_of(env, one, kUsual)) {
    next.emplace_back(Value::Object{{"date", prepared::date_text(at.date)},
                                    {"due_at", at.due_at},
                                    {"files_at", at.files_at},
                                    {"key", prepared::key_of(one, at)},
                                    {"title", prepared::ticket_of(one, at).words.title},
                                    {"why", prepared::why(one, at, env.language())}});
  }
  auto const date_or_null = [](std::optional<prepared::Date> const& date) {
    return date ? Value(prepared::date_text(*date)) : Value();
  };
  bool const shifts = one.shift != prepared::Shift::none;
  Value shift;
  if (shifts) shift = one.shift == prepared::Shift::next ? "next" : "previous";
  return Value::Object{{"schema", kShow},
                       {"name", one.name},
                       {"doc", one.doc.empty() ? Value()
                                               : Value(Value::Object{{"en", base::text_or_null(one.doc.en)},
                                                                     {"zh", base::text_or_null(one.doc.zh)}})},
                       {"schedule", prepared::schedule_text(one, env.language())},
                       {"zone", one.zone.name()},
                       {"business_day", std::move(shift)},
                       {"calendar", shifts ? Value(one.calendar.name()) : Value()},
                       {"lead_minutes", std::int64_t{one.lead.count() / 60'000}},
                       {"from", date_or_null(one.from)},
                       {"until", date_or_null(one.until)},
                       {"next", std::move(next)},
                       {"file", one.file},
                       {"line", one.line}};
}

int run_show(Env& env, Call const& call) {
  auto const all = all_of(env, call);
  auto const& one = require(all, call.words[0]);
  auto const style = env.style("name");
  if (!env.human()) {
    if (style.format == format::Format::id)
      env.out().write(one.name + "\n");
    else
      format::write_document(env.out(), style, document_of(env, one));
    return 0;
  }
  std::string text = one.name + "  " + prepared::schedule_text(one, env.language()) + "\n";
  if (!one.doc.empty()) text += templates::text_of(env, one.doc) + "\n";
  auto const next = next_of(env, one, kUsual);
  if (!next.empty()) {
    auto const made = prepared::ticket_of(one, next.front());
    text += "\n" + made.words.title + "\n";
    if (!made.words.description.empty()) text += "\n" + made.words.description + "\n";
  }
  text += "\n";
  for (auto const& at : next) {
    auto const why = prepared::why(one, at, env.language());
    text += env.zone().format(at.files_at) + (why.empty() ? "" : "  (" + why + ")") + "\n";
  }
  env.out().write(base::terminal_text(text, base::TextShape::block));
  return 0;
}

void offer_names(Candidates& out) {
  for (auto const& one : configured_recurring(out.env())) out.add(one.name, templates::text_of(out.env(), one.doc));
}

constexpr Flag kFile{
    .name = "recurring",
    .value = "FILE",
    .type = FlagType::file,
    .doc = {"these files or folders in place of the configured ones", "用这些文件或文件夹代替所配置的"},
    .repeatable = true,
    .offer = offer::files};
constexpr Argument kOne[] = {{"NAME", {"a recurring ticket", "定期工单的名称"}, true, false, offer_names}};
constexpr Argument kOptional[] = {{"NAME", {"only this one", "只列出此定期工单"}, false, false, offer_names}};
constexpr Flag kListFlags[] = {kFile, flags::kHeader, flags::kCsvSafe, flags::kCsvBom};
constexpr Flag kShowFlags[] = {kFile};
constexpr Flag kNextFlags[] = {
    {.name = "limit",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"at most so many; 0 is all", "最多条数；0 为全部"},
     .fallback = "10"},
    kFile,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kListExamples[] = {
    {"umsops ticket recurring list", {"what comes again", "有哪些定期工单"}},
    {"umsops ticket recurring list --recurring recurring -q", {"names of those of a folder", "某文件夹中的名称"}},
};
constexpr Example kShowExamples[] = {
    {"umsops ticket recurring show access-review --recurring recurring",
     {"one, with its next dates", "查看一个及其后续日期"}},
    {"umsops ticket recurring show access-review --recurring recurring -o json | jq -r '.next[0].date'",
     {"for a program", "供程序使用"}},
};
constexpr Example kNextExamples[] = {
    {"umsops ticket recurring next --recurring recurring", {"what will be filed, and when", "将新建哪些工单"}},
    {"umsops ticket recurring next access-review --recurring recurring --limit 4 -o json | jq -r '.items[].files_at'",
     {"the next four of one", "某个定期工单的后四次"}},
};
constexpr int kExits[] = {9};

}  // namespace

constinit Command const kTicketRecurringList{
    .path = "ticket recurring list",
    .summary = {"list recurring tickets", "列出定期工单"},
    .description = {"Lists the tickets that tick files again and again, from the files of the setting recurring.",
                    "列出由 tick 定期新建的工单，来自设置 recurring 所指的文件。"},
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kExits,
    .schema = kList,
    .run = run_list,
};

constinit Command const kTicketRecurringShow{
    .path = "ticket recurring show",
    .summary = {"show a recurring ticket", "显示一个定期工单"},
    .description = {"Shows what is filed next and when, and the days that are not those of the schedule, with the "
                    "reason.",
                    "显示下一次将新建的工单及时间；日期有调整时说明原因。"},
    .arguments = kOne,
    .flags = kShowFlags,
    .examples = kShowExamples,
    .exits = kExits,
    .schema = kShow,
    .run = run_show,
};

constinit Command const kTicketRecurringNext{
    .path = "ticket recurring next",
    .summary = {"list what is filed next", "列出后续将新建的工单"},
    .description =
        {"Lists the next tickets of all or of one, in the order of time. tick files each once, under its key; "
         "after a standstill it files what was missed within the last 7 days, and says how much more there "
         "was. 'tick --dry-run --until' shows the same beside everything else that comes.",
         "按时间列出全部或某个定期工单的后续各次。tick 以幂等键保证每次只新建一张；停机后补建最近 7 "
         "天内错过的，并说明更早错过了多少。tick --dry-run --until 会与其他到期事项一并列出。"},
    .arguments = kOptional,
    .flags = kNextFlags,
    .examples = kNextExamples,
    .exits = kExits,
    .schema = kNext,
    .run = run_next,
};

}  // namespace umsops::cli
