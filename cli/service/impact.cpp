// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/configured.hpp"
#include "cli/flags.hpp"
#include "cli/service/services.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;
using service::Catalogue;

constexpr std::string_view kSchema = "umsops.service.impact/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"name", FieldType::text, {}, kShown, "A service that is hit", "受影响的服务", "服务"},
    {"title", FieldType::text, {}, base::kInWide, "What the business calls it", "业务名称", "业务名称"},
    {"tier", FieldType::integer, {}, kShown, "How important it is, 1 most", "重要等级，1 为最高", "等级"},
    {"owner", FieldType::text, {}, kShown, "The team that runs it", "负责团队", "负责团队"},
    {"failover", FieldType::text, {}, base::kInWide, "Runbook of its fail-over", "故障切换手册", "故障切换"},
    {"distance",
     FieldType::integer,
     {},
     base::kInWide,
     "How far away; 0: it failed itself",
     "距离，0 为故障本身",
     "距离"},
    {"path", FieldType::list, {}, kShown, "From what failed to this service", "从故障服务到该服务的途径", "途径"},
};

service::IncidentFacts facts_of(Catalogue const& catalogue, Call const& call) {
  service::IncidentFacts facts;
  facts.affected_users = call.integer("users").value_or(0);
  if (auto const grade = call.text("business-impact")) facts.business_impact = model::parse_priority(*grade);
  if (auto const grade = call.text("severity")) facts.sender_severity = model::parse_priority(*grade);
  for (auto const& name : call.words) facts.services.push_back(catalogue.at(catalogue.require(name)).name);
  return facts;
}

Value path_value(Env& env, std::vector<std::string> const& path) {
  return env.human() ? Value(service::arrows(path)) : services::names_value(env, path);
}

int run_impact(Env& env, Call const& call) {
  auto const catalogue = services::catalogue_of(env, call);
  auto const facts = facts_of(catalogue, call);
  std::vector<Catalogue::Index> failed;
  for (auto const& name : facts.services) failed.push_back(catalogue.require(name));
  auto const assessment = assess(facts, catalogue, configured_matrix(env));
  auto writer = format::list_writer(env.out(), env.style("name"), kSchema, "service", kFields);
  auto const hits = hits_of(catalogue, failed);
  for (std::size_t i = 0; i < hits.size(); ++i) {
    auto const& one = catalogue.at(hits[i].service);
    writer->row({one.name, base::text_or_null(one.title), std::int64_t{one.tier}, base::text_or_null(one.owner),
                 base::text_or_null(one.failover), static_cast<std::int64_t>(hits[i].distance),
                 path_value(env, path_of(catalogue, hits, i))});
  }
  writer->end({false, {}, {{"assessment", to_value(assessment)}}});
  if (!env.human()) return 0;
  env.out().write("\n");
  for (auto const& line : services::reasons(assessment, env.language()))
    env.out().write(base::terminal_text(line, base::TextShape::line) + "\n");
  return 0;
}

constexpr Argument kArguments[] = {
    {"NAME",
     {"the services that fail, by name, title or alias", "发生故障的服务：名称、业务名称或别名"},
     true,
     true,
     services::offer_names}};
constexpr Flag kFlags[] = {
    {.name = "users",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"how many users are affected", "受影响的用户数"},
     .fallback = "0"},
    {.name = "business-impact",
     .value = "GRADE",
     .type = FlagType::choice,
     .doc = {"what it means for the business", "业务影响"},
     .choices = model::priority_names},
    {.name = "severity",
     .value = "GRADE",
     .type = FlagType::choice,
     .doc = {"the severity that a sender would give", "上报方给出的严重程度"},
     .choices = model::priority_names},
    flags::kServices,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kExamples[] = {
    {"umsops service impact database --services services.yaml",
     {"what else fails with it, and why", "还会波及哪些服务及原因"}},
    {"umsops service impact directory mail --services services.yaml --users 1200 -o json | jq .assessment.priority",
     {"the priority that an incident would get", "此类故障的优先级"}},
};
constexpr int kExits[] = {3, 5, 9};

}  // namespace

constinit Command const kServiceImpact{
    .path = "service impact",
    .summary = {"what a failure reaches, and how much it matters", "查看故障的波及范围与影响程度"},
    .description =
        {"Lists the services that fail and all that depend on them, nearest first, each with the way to it. Then it "
         "says "
         "how an incident there would be assessed: impact is the highest of users, business impact and tiers (1 "
         "CRITICAL, 2 HIGH, 3 MEDIUM, else LOW); the overall impact counts dependants, too. Urgency is the sender's "
         "severity, else CRITICAL when a service of tier 1 fails that has no fail-over, HIGH when others depend on "
         "what "
         "fails, else MEDIUM. The matrix gives the priority of impact and urgency.",
         "列出发生故障的服务及所有依赖它们的服务，由近及远，并给出途径；然后说明此处的故障会如何评估：影响取用户数、"
         "业务影响和服务等级（1 为 CRITICAL，2 为 HIGH，3 为 MEDIUM，其余为 "
         "LOW）中的最高者；总体影响还计入依赖它们的服务。"
         "紧急程度取上报方给出的严重程度；没有时，等级 1 的服务没有故障切换为 CRITICAL，波及其他服务为 HIGH，"
         "其余为 MEDIUM。优先级由影响和紧急程度查矩阵得出。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_impact,
};

}  // namespace umsops::cli
