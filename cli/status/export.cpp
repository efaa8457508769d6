// SPDX-License-Identifier: Apache-2.0
// `status export DIR`: what outsiders may know of services, as pages and as JSON.
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/configured.hpp"
#include "cli/flags.hpp"
#include "cli/service/services.hpp"
#include "cli/site_folder.hpp"
#include "umsops/desk/status_page.hpp"
#include "umsops/site/status.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;
using service::Catalogue;

constexpr std::string_view kSchema = "umsops.status.export/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"folder", FieldType::text, {}, kShown, "Where the page is", "页面所在文件夹", "文件夹"},
    {"services", FieldType::integer, {}, kShown, "Public services on it", "公开的服务数", "服务"},
    {"running", FieldType::integer, {}, kShown, "Disruptions that go on", "进行中的影响数", "进行中"},
    {"history", FieldType::integer, {}, kShown, "Disruptions of the last 90 days", "过去 90 天的影响数", "历史"},
    {"changed", FieldType::integer, {}, kShown, "Files that say something else now", "有变化的文件数", "修改"},
    {"dry_run", FieldType::boolean, {}, base::kInWide, "Nothing was written", "未写入任何内容", "试运行"},
};

std::string name_of(service::Service const& one) { return one.title.empty() ? one.name : one.title; }

site::Status status_of(Env& env, Catalogue const& services) {
  site::Status status;
  status.at = env.clock().now();
  for (auto const& one : services.services()) {
    if (one.is_public) status.services.push_back(name_of(one));
  }
  auto const since = status.at - site::kStatusDays * std::chrono::hours(24);
  for (auto const& one : desk::public_incidents(env.desk(), services, since)) {
    site::Disruption disruption{{}, one.began_at, one.ended_at, {}};
    for (auto const service : one.services) disruption.services.push_back(name_of(services.at(service)));
    for (auto const& [at, text] : one.updates) disruption.updates.push_back({at, text});
    status.disruptions.push_back(std::move(disruption));
  }
  return status;
}

int run_export(Env& env, Call const& call) {
  auto const style = env.style("folder");
  auto const services = services::catalogue_of(env, call);
  auto const status = status_of(env, services);
  std::string const& folder = call.words[0];
  auto const files = site::make_status(status, {env.language(), call.text("title").value_or(""), env.zone()});
  auto const change = env.dry_run() ? compare_site(folder, files) : write_site(folder, files);
  auto const running = std::count_if(status.disruptions.begin(), status.disruptions.end(),
                                     [](auto const& one) { return !one.ended_at; });
  format::write_record(env.out(), style, kSchema, "status", kFields,
                       {folder, std::int64_t(status.services.size()), std::int64_t{running},
                        std::int64_t(status.disruptions.size()) - running,
                        change.added + change.changed + change.removed, env.dry_run()});
  env.out().flush();
  return 0;
}

constexpr Argument kArguments[] = {
    {"DIR",
     {"the folder: new, empty, or made by an earlier export", "文件夹：新建的、空的或由此前导出生成的"},
     true,
     false}};
constexpr Flag kFlags[] = {
    {.name = "title", .letter = 't', .value = "TEXT", .type = FlagType::text, .doc = {"title of the page", "页面标题"}},
    flags::kServices,
};
constexpr Example kExamples[] = {
    {"umsops status export public --services services.yaml && jq -r '.services[] | .name + \": \" + .state' "
     "public/status.json",
     {"a folder for any web server", "可放到任何 Web 服务器的文件夹"}},
    {"umsops status export public --services services.yaml -n -o json | jq .running",
     {"how many disruptions it would show", "将显示多少项影响"}},
};
constexpr int kExits[] = {1, 4, 7, 8, 9, 12};

}  // namespace

constinit Command const kStatusExport{
    .path = "status export",
    .summary = {"write the status page", "导出状态页"},
    .description =
        {"Writes a page that shows which public services work, what is disrupted and the last 90 days, in English and "
         "Chinese, and the same as status.json: files that need no server of their own, no network and no script. Only "
         "services that are marked public stand on it, and only incidents of which something was published with "
         "'incident note --publish', in those words: no numbers, titles, labels or people. Run it from cron, or behind "
         "each published note.",
         "导出显示各公开服务是否正常、当前影响和过去 90 天情况的页面（中英文），以及同样内容的 "
         "status.json：这些文件无需"
         "专用服务器、网络或脚本。只包含标记为公开的服务，以及用 incident note --publish "
         "发布过内容的事件，且只用所发布的原文：不含编号、标题、标签和人员。可由 cron 执行，或在每次发布后执行。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_export,
};

}  // namespace umsops::cli
