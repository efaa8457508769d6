// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/env.hpp"
#include "cli/files.hpp"
#include "umsops/base/text.hpp"
#include "umsops/format/schemas.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::size_t kLargestDocument = 64 << 20;

constexpr Field kFields[] = {
    {"name", FieldType::text, {}, base::kInTable | base::kInWide, "Name of the schema", "模式名称", "名称"}};

int run_list(Env& env, Call const&) {
  auto writer = format::list_writer(env.out(), env.style("name"), "umsops.schema.list/v1", "schema", kFields);
  for (auto const name : format::schema_names()) writer->row({name});
  writer->end({});
  return 0;
}

int run_show(Env& env, Call const& call) {
  auto const text = format::schema_text(call.words[0]);
  env.out().write(text);
  if (!text.ends_with('\n')) env.out().write("\n");
  return 0;
}

int run_validate(Env& env, Call const& call) {
  std::string const& file = call.words[1];
  auto const text = read_whole(file, kLargestDocument);
  auto const problems = format::validate(call.words[0], text, file);
  if (problems.empty()) {
    env.hint(env.phrase(Phrase::fits, {{"file", file}, {"schema", call.words[0]}}));
    return 0;
  }
  base::Error first = problems[0];
  for (std::size_t i = 1; i < problems.size(); ++i) {
    first.detail(Value::Object{{"code", problems[i].code().code}, {"message", problems[i].message(env.language())}});
    env.remark(problems[i].message(env.language()));
  }
  throw first;
}

constexpr Argument kName[] = {
    {"NAME",
     {"a schema, see 'umsops schema list'; a short name is enough", "模式名称，见 umsops schema list；可用简称"},
     true,
     false,
     Offer::schemas}};
constexpr Argument kNameFile[] = {
    {"NAME",
     {"a schema, see 'umsops schema list'; a short name is enough", "模式名称，见 umsops schema list；可用简称"},
     true,
     false,
     Offer::schemas},
    {"FILE", {"the JSON document; - is standard input", "JSON 文档；- 为标准输入"}, true, false, Offer::files}};
constexpr Example kListExamples[] = {
    {"umsops schema list", {"which there are", "有哪些模式"}},
    {"umsops schema list -q | wc -l", {"how many", "模式数量"}},
};
constexpr Example kShowExamples[] = {
    {"umsops schema show ticket.list", {"a short name is enough", "可用简称"}},
    {"umsops schema show umsops.error/v1 | jq .title", {"for a program", "供程序使用"}},
};
constexpr Example kValidateExamples[] = {
    {"umsops ticket list -o json | umsops schema validate umsops.ticket.list/v1 -",
     {"the output of a command", "校验命令的输出"}},
    {"umsops db status -o json > status.json; umsops schema validate db.status status.json", {"a file", "校验文件"}},
};
constexpr int kShowExits[] = {3};
constexpr int kValidateExits[] = {3, 5};

}  // namespace

constinit Command const kSchemaList{
    .path = "schema list",
    .summary = {"list the JSON Schemas", "列出 JSON Schema"},
    .description = {"Lists the JSON Schemas (draft-07) of every output and input.",
                    "列出所有输出和输入的 JSON Schema（draft-07）。"},
    .examples = kListExamples,
    .schema = "umsops.schema.list/v1",
    .without_settings = true,
    .run = run_list,
};
constinit Command const kSchemaShow{
    .path = "schema show",
    .summary = {"print a JSON Schema", "显示 JSON Schema"},
    .description = {"Prints one schema as it is installed.", "输出一个已安装的模式。"},
    .arguments = kName,
    .examples = kShowExamples,
    .exits = kShowExits,
    .without_settings = true,
    .run = run_show,
};
constinit Command const kSchemaValidate{
    .path = "schema validate",
    .summary = {"check a JSON document against a schema", "按模式校验 JSON 文档"},
    .description = {"Shows every violation of the schema as a JSON pointer; exits 5 if there are any.",
                    "以 JSON 指针指出文档不符合模式的每个位置；此时退出码为 5。"},
    .arguments = kNameFile,
    .examples = kValidateExamples,
    .exits = kValidateExits,
    .without_settings = true,
    .run = run_validate,
};

}  // namespace umsops::cli
