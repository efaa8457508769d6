// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/service/services.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;
using service::Catalogue;

constexpr std::string_view kSchema = "umsops.service.graph/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"name", FieldType::text, {}, kShown, "Name of the service", "服务名称", "服务"},
    {"title", FieldType::text, {}, base::kInWide, "What the business calls it", "业务名称", "业务名称"},
    {"tier", FieldType::integer, {}, kShown, "How important it is, 1 most", "重要等级，1 为最高", "等级"},
    {"depends_on", FieldType::list, {}, kShown, "What it needs to work", "所依赖的服务", "依赖"},
    {"dependants", FieldType::list, {}, kShown, "Who needs it directly", "直接依赖它的服务", "被依赖"},
};

std::span<std::string_view const> graph_formats() {
  static std::vector<std::string_view> const kNames = [] {
    auto const all = format::format_names();
    std::vector<std::string_view> names(all.begin(), all.end());
    names.insert(names.end(), {"mermaid", "dot"});
    return names;
  }();
  return kNames;
}

std::vector<Catalogue::Index> shown_of(Catalogue const& catalogue, Call const& call) {
  if (!call.words.empty()) return neighbourhood(catalogue, catalogue.require(call.words[0]));
  std::vector<Catalogue::Index> all(catalogue.services().size());
  for (Catalogue::Index i = 0; i < all.size(); ++i) all[i] = i;
  return all;
}

int run_graph(Env& env, Call const& call) {
  auto const catalogue = services::catalogue_of(env, call);
  auto const shown = shown_of(catalogue, call);
  auto const format = call.on("json") ? "json" : call.text("output").value_or("");
  if (format == "mermaid" || format == "dot") {
    env.out().write(format == "dot" ? services::dot(catalogue, shown) : services::mermaid(catalogue, shown));
    return 0;
  }
  auto writer = format::list_writer(env.out(), env.style("name"), kSchema, "service", kFields);
  for (auto const index : shown) {
    auto const& one = catalogue.at(index);
    writer->row({one.name, base::text_or_null(one.title), std::int64_t{one.tier},
                 services::names_value(env, services::names_of(catalogue, catalogue.dependencies(index))),
                 services::names_value(env, services::names_of(catalogue, catalogue.dependants(index)))});
  }
  writer->end({});
  return 0;
}

constexpr Argument kArguments[] = {
    {"NAME",
     {"only what this service needs and who needs it, near or far", "仅限此服务直接或间接依赖和被依赖的服务"},
     false,
     false,
     services::offer_names}};
constexpr Flag kFlags[] = {flags::kServices, flags::kHeader, flags::kCsvSafe, flags::kCsvBom};
constexpr Example kExamples[] = {
    {"umsops service graph --services services.yaml -o mermaid > services.mmd",
     {"for Markdown pages that draw Mermaid", "用于支持 Mermaid 的 Markdown 页面"}},
    {"umsops service graph sso --services services.yaml -o dot",
     {"for Graphviz: pipe it to 'dot -Tsvg'", "交给 dot -Tsvg 绘图"}},
};
constexpr int kExits[] = {3, 5, 9};

}  // namespace

constinit Command const kServiceGraph{
    .path = "service graph",
    .summary = {"show who depends on whom", "显示依赖关系图"},
    .description =
        {"Lists services with what they need and who needs them. -o mermaid and -o dot write the graph for "
         "programs that draw it: an arrow goes from a service to what it needs, the tier stands in brackets.",
         "列出服务及其依赖与被依赖的服务。-o mermaid 和 -o dot 输出可供绘图的依赖图：箭头由服务指向其依赖，"
         "括号中为等级。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .formats = graph_formats,
    .run = run_graph,
};

}  // namespace umsops::cli
