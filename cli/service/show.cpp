// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/service/services.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kSchema = "umsops.service.show/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"name", FieldType::text, {}, kShown, "Name of the service", "服务名称", "服务"},
    {"title", FieldType::text, {}, kShown, "What the business calls it", "业务名称", "业务名称"},
    {"aliases", FieldType::list, {}, kShown, "Further names", "其他名称", "别名"},
    {"description", FieldType::block, {}, kShown, "What it is for", "用途", "描述"},
    {"tier", FieldType::integer, {}, kShown, "How important it is, 1 most", "重要等级，1 为最高", "等级"},
    {"owner", FieldType::text, {}, kShown, "The team that runs it", "负责团队", "负责团队"},
    {"depends_on", FieldType::list, {}, kShown, "What it needs to work", "所依赖的服务", "依赖"},
    {"dependants", FieldType::list, {}, kShown, "Who needs it directly", "直接依赖它的服务", "被依赖"},
    {"failover", FieldType::text, {}, kShown, "Runbook of its fail-over", "故障切换手册", "故障切换"},
    {"public", FieldType::boolean, {}, kShown, "Whether outsiders may hear of it", "是否对外公开", "公开"},
    {"skills", FieldType::list, {}, kShown, "Skills that its repair takes", "所需技能", "技能"},
    {"links", FieldType::list, {}, kShown, "Where to look", "相关链接", "链接"},
    {"checks", FieldType::list, {}, kShown, "Whether it works", "健康检查", "检查"},
    {"access_checks", FieldType::list, {}, kShown, "Whether people get in", "访问检查", "访问检查"},
    {"file", FieldType::text, {}, kShown, "Where it stands", "所在文件", "文件"},
    {"line", FieldType::integer, {}, kShown, "And in which line", "所在行", "行"},
};

Value seconds(base::Milliseconds span) { return span.count() / 1000; }

Value checks_value(std::vector<service::Check> const& checks) {
  Value::List out;
  for (auto const& check : checks) {
    Value::List words;
    for (auto const& word : check.command) words.emplace_back(word);
    bool const web = check.kind == service::Check::Kind::http;
    out.emplace_back(Value::Object{{"name", check.name},
                                   {"kind", to_string(check.kind)},
                                   {"command", web ? Value() : Value(std::move(words))},
                                   {"url", web ? Value(check.url) : Value()},
                                   {"expect", web ? Value(check.expect) : Value()},
                                   {"timeout", seconds(check.timeout)},
                                   {"every", seconds(check.every)}});
  }
  return out;
}

Value links_value(std::vector<service::Link> const& links) {
  Value::List out;
  for (auto const& link : links)
    out.emplace_back(Value::Object{{"title", base::text_or_null(link.title)}, {"url", link.url}});
  return out;
}

/// An empty list says nothing to people.
Value shown(Env& env, Value list) {
  auto const* const items = list.get_if<Value::List>();
  return env.human() && items != nullptr && items->empty() ? Value() : list;
}

int run_show(Env& env, Call const& call) {
  auto const catalogue = services::catalogue_of(env, call);
  auto const index = catalogue.require(call.words[0]);
  auto const& one = catalogue.at(index);
  base::Row const row{one.name,
                      base::text_or_null(one.title),
                      services::names_value(env, one.aliases),
                      base::text_or_null(one.description),
                      std::int64_t{one.tier},
                      base::text_or_null(one.owner),
                      services::names_value(env, services::names_of(catalogue, catalogue.dependencies(index))),
                      services::names_value(env, services::names_of(catalogue, catalogue.dependants(index))),
                      base::text_or_null(one.failover),
                      one.is_public,
                      services::names_value(env, one.skills),
                      shown(env, links_value(one.links)),
                      shown(env, checks_value(one.checks)),
                      shown(env, checks_value(one.access_checks)),
                      one.spot.file,
                      one.spot.line};
  format::write_record(env.out(), env.style("name"), kSchema, "service", kFields, row);
  return 0;
}

constexpr Argument kArguments[] = {
    {"NAME", {"a service, by name, title or alias", "服务的名称、业务名称或别名"}, true, false, services::offer_names}};
constexpr Flag kFlags[] = {flags::kServices};
constexpr Example kExamples[] = {
    {"umsops service show sso --services services.yaml",
     {"one service with all that is known of it", "某个服务的全部信息"}},
    {"umsops service show 单点登录 --services services.yaml -o json | jq -r .owner",
     {"whose it is, by another of its names", "按别名查询负责团队"}},
};
constexpr int kExits[] = {3, 5, 9};

}  // namespace

constinit Command const kServiceShow{
    .path = "service show",
    .summary = {"show one service", "显示一个服务"},
    .description = {"Shows a service with what it needs, who needs it, its checks, links and fail-over.",
                    "显示一个服务：依赖什么、被谁依赖，以及检查、链接和故障切换。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_show,
};

}  // namespace umsops::cli
