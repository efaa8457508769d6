// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/outcome.hpp"
#include "cli/service/services.hpp"
#include "umsops/base/number.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;
using service::Catalogue;

constexpr std::string_view kSchema = "umsops.service.list/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"name", FieldType::text, {}, kShown, "Name of the service", "服务名称", "服务"},
    {"title", FieldType::text, {}, kShown, "What the business calls it", "业务名称", "业务名称"},
    {"aliases", FieldType::list, {}, base::kInWide, "Further names", "其他名称", "别名"},
    {"tier", FieldType::integer, {}, kShown, "How important it is, 1 most", "重要等级，1 为最高", "等级"},
    {"owner", FieldType::text, {}, kShown, "The team that runs it", "负责团队", "负责团队"},
    {"depends_on", FieldType::list, {}, kShown, "What it needs to work", "所依赖的服务", "依赖"},
    {"dependants",
     FieldType::integer,
     {},
     kShown,
     "How many services need it directly",
     "直接依赖它的服务数",
     "被依赖"},
    {"failover", FieldType::text, {}, kShown, "Runbook of its fail-over", "故障切换手册", "故障切换"},
    {"public", FieldType::boolean, {}, base::kInWide, "Whether outsiders may hear of it", "是否对外公开", "公开"},
    {"skills", FieldType::list, {}, base::kInWide, "Skills that its repair takes", "所需技能", "技能"},
    {"checks", FieldType::integer, {}, base::kInWide, "Number of checks", "检查数", "检查"},
    {"file", FieldType::text, {}, base::kInWide, "Where it stands", "所在文件", "文件"},
    {"line", FieldType::integer, {}, base::kInWide, "And in which line", "所在行", "行"},
};

base::Row row_of(Env& env, Catalogue const& catalogue, Catalogue::Index index) {
  auto const& one = catalogue.at(index);
  return {one.name,
          base::text_or_null(one.title),
          services::names_value(env, one.aliases),
          std::int64_t{one.tier},
          base::text_or_null(one.owner),
          services::names_value(env, services::names_of(catalogue, catalogue.dependencies(index))),
          static_cast<std::int64_t>(catalogue.dependants(index).size()),
          base::text_or_null(one.failover),
          one.is_public,
          services::names_value(env, one.skills),
          static_cast<std::int64_t>(one.checks.size() + one.access_checks.size()),
          one.spot.file,
          one.spot.line};
}

/// What --owner, --tier and --public ask for.
bool is_wanted(Call const& call, service::Service const& one) {
  auto const owners = call.all("owner");
  auto const tiers = call.all("tier");
  auto const has_tier = [&](std::string const& tier) { return base::parse_integer(tier, 0, INT64_MAX) == one.tier; };
  return (owners.empty() || std::find(owners.begin(), owners.end(), one.owner) != owners.end()) &&
         (tiers.empty() || std::any_of(tiers.begin(), tiers.end(), has_tier)) &&
         (!call.has("public") || call.on("public") == one.is_public);
}

int run_list(Env& env, Call const& call) {
  call.exclude("fail-if-any", "fail-if-empty");
  auto const catalogue = services::catalogue_of(env, call);
  auto writer = format::list_writer(env.out(), env.style("name"), kSchema, "service", kFields);
  std::int64_t count = 0;
  for (Catalogue::Index i = 0; i < catalogue.services().size(); ++i) {
    if (!is_wanted(call, catalogue.at(i))) continue;
    writer->row(row_of(env, catalogue, i));
    ++count;
  }
  writer->end({});
  env.out().flush();
  check_found(env, call, count);
  return 0;
}

constexpr Flag kFlags[] = {
    {.name = "owner",
     .value = "TEAM",
     .type = FlagType::text,
     .doc = {"only services of this team", "仅列出此团队负责的服务"},
     .repeatable = true},
    {.name = "tier",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"only services of this tier", "仅列出此等级的服务"},
     .repeatable = true},
    {.name = "public",
     .doc = {"only public services; --no-public: only internal ones", "仅列出公开的服务；--no-public 仅列出内部服务"}},
    flags::kFailIfAny,
    flags::kFailIfEmpty,
    flags::kServices,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kExamples[] = {
    {"umsops service list --services services.yaml", {"all services", "全部服务"}},
    {"umsops service list --services services.yaml --tier 1 -o json | jq -r '.items[] | select(.failover == "
     "null).name'",
     {"the most important ones without a fail-over", "没有故障切换的最重要服务"}},
};
constexpr int kExits[] = {5, 9, 10};

}  // namespace

constinit Command const kServiceList{
    .path = "service list",
    .summary = {"list the services", "列出服务"},
    .description =
        {"Lists the services of the catalogue in the order of its files. See umsops-services(5) for the files.",
         "按文件中的顺序列出服务目录中的服务。文件格式见 umsops-services(5)。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_list,
};

}  // namespace umsops::cli
