// SPDX-License-Identifier: Apache-2.0
// `view`: saved lists.
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/completion/candidates.hpp"
#include "cli/configured.hpp"
#include "cli/env.hpp"
#include "cli/flags.hpp"
#include "cli/outcome.hpp"
#include "cli/record/views.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kColumns[] = {
    {"name", FieldType::text, {}, kShown, "Name of the view, after @", "视图名称，使用时前加 @", "视图"},
    {"noun", FieldType::text, {}, kShown, "Whose list it is", "所列的记录类型", "类型"},
    {"filter", FieldType::text, {}, kShown, "What must hold", "过滤条件", "过滤"},
    {"sort", FieldType::text, {}, kShown, "Order; - is descending", "排序；- 为降序", "排序"},
    {"fields", FieldType::list, {}, base::kInWide, "Its columns", "显示的列", "列"},
    {"limit", FieldType::integer, {}, base::kInWide, "At most so many", "最多条数", "条数"},
    {"doc", FieldType::text, {}, kShown, "What it is for", "用途", "说明"},
    {"file", FieldType::text, {}, base::kInWide, "Where it stands", "所在文件", "文件"},
    {"line", FieldType::integer, {}, base::kInWide, "Line in the file", "行号", "行"},
};

base::Row row_of(config::View const& view) {
  return {view.name,
          view.noun,
          base::text_or_null(view.filter),
          base::text_or_null(view.sort),
          view.fields.empty() ? Value() : Value(Value::List(view.fields.begin(), view.fields.end())),
          view.limit ? Value(*view.limit) : Value(),
          base::text_or_null(view.doc),
          view.spot.file,
          static_cast<std::int64_t>(view.spot.line)};
}

int run_list(Env& env, Call const& call) {
  auto const noun = call.text("noun");
  auto writer = format::list_writer(env.out(), env.style("name"), call.command->schema, "view", kColumns);
  std::int64_t count = 0;
  for (auto const& view : configured_views(env)) {
    if (noun && *noun != view.noun) continue;
    writer->row(row_of(view));
    ++count;
  }
  writer->end({});
  env.out().flush();
  check_found(env, call, count);
  return 0;
}

int run_show(Env& env, Call const& call) {
  auto const view = record::find_view(env, call.text("noun").value_or("ticket"), call.words[0]);
  config::check_view(view);
  format::write_record(env.out(), env.style("name"), call.command->schema, "view", kColumns, row_of(view));
  return 0;
}

void offer_names(Candidates& out) {
  for (auto const& view : configured_views(out.env())) out.add(view.name, view.doc.empty() ? view.filter : view.doc);
}

constexpr std::string_view kNouns[] = {"ticket", "incident", "kb", "requester", "review"};
std::span<std::string_view const> noun_names() { return kNouns; }

constexpr Flag kNoun{.name = "noun",
                     .value = "NOUN",
                     .type = FlagType::choice,
                     .doc = {"whose lists", "记录类型"},
                     .choices = noun_names};
constexpr Flag kListFlags[] = {kNoun,          flags::kFailIfAny, flags::kFailIfEmpty,
                               flags::kHeader, flags::kCsvSafe,   flags::kCsvBom};
constexpr Flag with_fallback(Flag flag, std::string_view fallback) {
  flag.fallback = fallback;
  return flag;
}
constexpr Flag kShowFlags[] = {with_fallback(kNoun, "ticket")};
constexpr Argument kName[] = {{"NAME", {"name of a view", "视图名称"}, true, false, offer_names}};

constexpr Example kListExamples[] = {
    {"umsops view list", {"the saved lists of the desk and your own", "列出共用与自己的视图"}},
    {"umsops view list --noun ticket -o json | jq -r '.items[].name'", {"their names", "视图名称"}},
};
constexpr Example kShowExamples[] = {
    {"umsops view show mine", {"what it lists, and where it stands", "视图的内容与出处"}},
    {"umsops view show mine -o json | jq -r .filter", {"its filter", "过滤条件"}},
};
constexpr int kListExits[] = {8, 9, 10};
constexpr int kShowExits[] = {3, 8, 9};

}  // namespace

constinit Command const kViewList{
    .path = "view list",
    .summary = {"list saved lists", "列出视图"},
    .description =
        {"Lists what the files of the settings 'views' and 'my_views' hold. 'umsops ticket list @NAME' lists "
         "a view; further filters narrow it, and --sort, --limit and -F replace its own.",
         "列出设置 views 与 my_views 所指文件中的视图。umsops ticket list @名称 "
         "按视图列出；可再加过滤条件，--sort、--limit 和 -F 优先于视图自身的设置。"},
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kListExits,
    .schema = "umsops.view.list/v1",
    .run = run_list,
};

constinit Command const kViewShow{
    .path = "view show",
    .summary = {"show a saved list", "显示一个视图"},
    .description = {"Shows what a view lists, in which order, and the file and line where it stands.",
                    "显示视图的过滤条件、排序、列，以及所在的文件和行。"},
    .arguments = kName,
    .flags = kShowFlags,
    .examples = kShowExamples,
    .exits = kShowExits,
    .schema = "umsops.view.show/v1",
    .run = run_show,
};

}  // namespace umsops::cli
