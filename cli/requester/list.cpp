// SPDX-License-Identifier: Apache-2.0
#include "cli/record/list.hpp"

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/record/export.hpp"
#include "cli/record/show.hpp"
#include "cli/record/views.hpp"
#include "cli/requester/requester.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Value;
using Narrow = std::function<query::Filter(query::Filter)>;

record::Listed listed(Env& env, Narrow narrow) {
  return {[&env, narrow](query::Query query, record::Visit const& visit) {
            query.filter = narrow(std::move(query.filter));
            return env.desk().requesters().list(
                query, [&](model::Requester const& requester) { return visit(to_row(requester)); });
          },
          [&env, narrow](query::Filter const& filter) { return env.desk().requesters().count(narrow(filter)); }};
}

int run_list(Env& env, Call const& call) {
  return record::write_list(requester::kKind, env, call, listed(env, [](query::Filter filter) { return filter; }));
}

/// One of the words is in a name that they are called by.
query::Filter says(std::string const& word) {
  auto const& type = model::requester_type();
  query::Filter any;
  any.kind = query::Filter::Kind::any;
  for (auto const field : {"account", "name", "mails", "phones", "aliases", "requester_number"})
    any.children.push_back(query::condition_on(type.require(field), query::Op::contains, {word}));
  // As phones and accounts are looked up: +86 138 0000 0000, CORP\zhang.wei.
  auto const name = model::lookup_name(word);
  if (!name.empty() && name != word) {
    for (auto const field : {"account", "phones"})
      any.children.push_back(query::condition_on(type.require(field), query::Op::contains, {name}));
  }
  return any;
}

int run_search(Env& env, Call const& call) {
  std::vector<query::Filter> all;
  for (auto const& word : call.words) {
    if (base::trimmed(word).empty()) call.missing("WORD");
    all.push_back(says(word));
  }
  auto const found = query::all_of(std::move(all));
  auto const narrow = [found](query::Filter filter) { return query::all_of({std::move(filter), found}); };
  return record::write_list(requester::kKind, env, call, listed(env, narrow));
}

int run_history(Env& env, Call const& call) {
  return record::write_history(env, env.desk().requesters().history(call.words[0]));
}

constexpr base::Field kParts[] = {
    record::part("found_by", "Names that they are found by", "用于识别的名称", "识别名称"),
    record::part("tickets", "How many tickets are theirs", "工单数量", "工单"),
    record::part("open_tickets", "How many of these are open", "未完成的工单数量", "未完成"),
};

int run_show(Env& env, Call const& call) {
  return record::write_shown(requester::kKind, env, call, kParts, [&](std::string const& id) {
    auto whole = env.desk().requesters().show(id);
    record::Shown out{to_row(whole.requester), {}, {}, {}};
    out.parts = {Value::List(whole.found_by.begin(), whole.found_by.end()), whole.tickets, whole.open_tickets};
    out.sentences = {
        {env.phrase(Phrase::asked), env.phrase(Phrase::asked_count, {{"tickets", std::to_string(whole.tickets)},
                                                                     {"open", std::to_string(whole.open_tickets)}})}};
    out.history = std::move(whole.history);
    return out;
  });
}

int run_export(Env& env, Call const& call) {
  auto const people = [&](query::Query const& query, record::WriteWhole const& write) {
    return env.desk().requesters().list(query, [&](model::Requester const& requester) {
      return write(to_row(requester),
                   [&] { return record::record_of(model::requester_type().fields, to_row(requester)); });
    });
  };
  return record::write_export(requester::kKind, env, call, people);
}

constexpr Flag kListFlags[] = {
    requester::kStateList,
    requester::kDepartmentList,
    requester::kDirectoryList,
    flags::kSince,
    flags::kUntil,
    flags::kWhere,
    flags::kSort,
    flags::kLimit,
    flags::kAll,
    flags::kAfter,
    record::kExplain,
    flags::kFailIfAny,
    flags::kFailIfEmpty,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Flag kExportFlags[] = {
    record::kExportFormat,
    flags::kOutputFile,
    requester::kStateList,
    requester::kDepartmentList,
    requester::kDirectoryList,
    flags::kSince,
    flags::kUntil,
    flags::kWhere,
    flags::kSort,
    flags::kLimit,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Argument kWords[] = {
    {"WORD", {"part of a name, account, address or phone", "姓名、账号、邮箱或电话的一部分"}, true, true}};

constexpr Example kListExamples[] = {
    {"umsops requester list -w 'vip=true' -F account,name,department", {"who comes first", "重要人员"}},
    {"umsops requester list --state LEFT -o json | jq -r '.items[].account'", {"who is gone", "已离开的人员"}},
};
constexpr Example kSearchExamples[] = {
    {"umsops requester search zhang", {"by a part of the name", "按名称的一部分查找"}},
    {"umsops requester search '+86 138' -o json | jq .count", {"by a part of the phone", "按电话的一部分查找"}},
};
constexpr Example kShowExamples[] = {
    {"umsops requester show zhang.wei@example.com", {"by any of their names", "可用其任一名称"}},
    {"umsops requester show zhang.wei -o json | jq -r '.found_by[]'", {"what they are found by", "用于识别的名称"}},
};
constexpr Example kHistoryExamples[] = {
    {"umsops requester history zhang.wei", {"who changed what, and why", "谁修改了什么，为什么"}},
    {"umsops requester history P-1 -o json | jq -c '.items[] | [.rev, .at, .actor, .kind]'",
     {"for a program", "供程序使用"}},
};
constexpr Example kExportExamples[] = {
    {"umsops requester export -O people.export.jsonl", {"everybody, one object a line", "全部人员，每行一个对象"}},
    {"umsops requester export --format csv --state ACTIVE --csv-safe -O people.csv",
     {"for a spreadsheet", "供电子表格使用"}},
};
constexpr int kListExits[] = {7, 8, 9, 10, 12};
constexpr int kShowExits[] = {3, 4, 6, 7, 8, 9, 12};
constexpr int kExportExits[] = {7, 8, 9, 12};

}  // namespace

constinit Command const kRequesterList{
    .path = "requester list",
    .summary = {"list the people who ask", "列出请求人"},
    .description = {"Lists the directory, newest first. Flags and filters must all match. Machine formats list every "
                    "match unless --limit is given. Tickets of some of them: ticket list -w "
                    "'requester.department=财务部 requester.vip=true'.",
                    "列出请求人目录，最新的在前；所有选项和过滤条件须同时满足。除非给出 --limit，程序会得到全部结果。"
                    "查询其工单：ticket list -w 'requester.department=财务部 requester.vip=true'。"},
    .arguments = record::kViewWord,
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kListExits,
    .schema = "umsops.requester.list/v1",
    .run = run_list,
};

constinit Command const kRequesterSearch{
    .path = "requester search",
    .summary = {"find people by a part of a name", "按名称的一部分查找请求人"},
    .description = {"Finds people of whom every word is a part of name, account, address, phone, alias or number, "
                    "whatever the case and width of letters.",
                    "查找姓名、账号、邮箱、电话、别名或编号中含有全部词语的人员，不区分大小写和全半角。"},
    .arguments = kWords,
    .flags = kListFlags,
    .examples = kSearchExamples,
    .exits = kListExits,
    .schema = "umsops.requester.list/v1",
    .run = run_search,
};

constinit Command const kRequesterShow{
    .path = "requester show",
    .summary = {"show somebody in full", "显示请求人详情"},
    .description = {"Shows people with all that is known of them, the names that they are found by, and how many "
                    "tickets are theirs under any of these names.",
                    "显示请求人的全部资料、用于识别的名称，以及这些名称下的工单数量。"},
    .arguments = requester::kMany,
    .flags = record::kShowFlags,
    .examples = kShowExamples,
    .exits = kShowExits,
    .schema = "umsops.requester.show/v1",
    .run = run_show,
};

constinit Command const kRequesterHistory{
    .path = "requester history",
    .summary = {"every change of somebody's record", "显示请求人的全部修改"},
    .description = {"Lists every change of a person's record, oldest first: who, when, by which command or import, "
                    "values before and after, and the reason.",
                    "按时间顺序列出请求人记录的每次修改：何人、何时、用何命令或导入、修改前后的值和原因。"},
    .arguments = requester::kJustOne,
    .examples = kHistoryExamples,
    .exits = kShowExits,
    .schema = "umsops.requester.history/v1",
    .run = run_history,
};

constinit Command const kRequesterExport{
    .path = "requester export",
    .summary = {"write out the directory", "导出请求人目录"},
    .description = {"Writes people as they are now, one JSON object a line, the oldest first; --format csv writes the "
                    "fields alone. 'requester import' of another desk takes both; numbers, ids and times are that "
                    "desk's own there.",
                    "导出请求人的当前资料，每行一个 JSON 对象，最早的在前；--format csv 只含字段。requester import "
                    "可将其导入另一数据文件，编号、内部编号和时间由该数据文件另行生成。"},
    .flags = kExportFlags,
    .examples = kExportExamples,
    .exits = kExportExits,
    .schema = "umsops.requester.export/v1",
    .run = run_export,
};

}  // namespace umsops::cli
