// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/configured.hpp"
#include "cli/env.hpp"
#include "cli/record/types.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kColumns[] = {
    {"noun", FieldType::text, {}, kShown, "Kind of record", "记录类型", "类型"},
    {"name", FieldType::text, {}, kShown, "Name of the field", "字段名称", "字段"},
    {"type", FieldType::text, {}, kShown, "Type of its value", "值类型", "值类型"},
    {"doc", FieldType::text, {}, kShown, "What it holds", "内容", "说明"},
    {"writable", FieldType::boolean, {}, base::kInWide, "May be set", "可设置", "可设置"},
    {"filter", FieldType::boolean, {}, base::kInWide, "Usable in filters and --sort", "可用于过滤和排序", "可过滤"},
    {"import", FieldType::boolean, {}, base::kInWide, "Settable on import", "可导入", "可导入"},
    {"choices", FieldType::list, {}, base::kInWide, "Allowed values, lowest first", "可选值，从低到高", "可选值"},
    {"max_length", FieldType::integer, {}, base::kInWide, "Longest text in characters", "文本最大长度", "最大长度"},
};

std::string_view name_of(FieldType type) {
  switch (type) {
    case FieldType::text:
      return "text";
    case FieldType::block:
      return "block";
    case FieldType::integer:
      return "integer";
    case FieldType::decimal:
      return "decimal";
    case FieldType::boolean:
      return "boolean";
    case FieldType::time:
      return "time";
    case FieldType::choice:
      return "choice";
    case FieldType::object:
      return "object";
    case FieldType::list:
      return "list";
  }
  return {};
}

base::Row row_of(std::string_view kind, Field const& field, base::Language language) {
  Value::List choices;
  for (auto const choice : field.choices) choices.emplace_back(choice);
  auto const has = [&](unsigned trait) { return (field.traits & trait) != 0; };
  return {kind,
          field.name,
          name_of(field.type),
          language == base::Language::zh ? field.doc_zh : field.doc,
          has(base::kWritable),
          has(base::kFilter),
          has(base::kImport) || has(base::kWritable),
          std::move(choices),
          field.max_length == 0 ? Value() : Value(static_cast<std::int64_t>(field.max_length))};
}

base::RecordType const& type_named(std::string const& name, base::Language language) {
  if (auto const* type = record::find_record_type(name)) return *type;
  std::vector<std::string_view> names;
  std::string choices;
  for (auto const* type : record::record_types()) {
    names.push_back(type->noun);
    choices.append(choices.empty() ? "" : ", ").append(type->noun);
  }
  std::string const best = base::nearest(name, names);
  throw base::Error(base::errors::usage_bad_value,
                    {{"flag", "KIND"},
                     {"value", "'" + name.substr(0, 80) + "'"},
                     {"expected", say(Phrase::one_of, language, {{"choices", choices}})},
                     {"suggestion", best.empty() ? "" : say(Phrase::did_you_mean, language, {{"word", best}})}});
}

/// One that the desk declares.
base::Row row_of(model::DeclaredField const& field, base::Language language) {
  bool const zh = language == base::Language::zh;
  auto const& label = zh && !field.label_zh.empty() ? field.label_zh : field.label;
  std::string doc = label;
  auto const add = [&doc](std::string_view text, std::string_view mark) {
    if (!text.empty()) doc.append(doc.empty() ? "" : mark).append(text);
  };
  add(field.doc, zh ? "：" : ": ");
  std::string categories;
  for (auto const& category : field.required_in) categories.append(categories.empty() ? "" : ", ").append(category);
  if (field.required) add(say(Phrase::field_required, language), zh ? "；" : "; ");
  if (!categories.empty())
    add(say(Phrase::field_required_in, language, {{"categories", categories}}), zh ? "；" : "; ");
  return {model::ticket_type().noun,
          "attributes." + field.name,
          model::to_string(field.type),
          doc,
          true,
          true,
          true,
          Value::List(field.choices.begin(), field.choices.end()),
          Value()};
}

int write_fields(Env& env, std::span<base::RecordType const* const> types,
                 std::optional<model::DeclaredFields> const& declared = std::nullopt) {
  auto writer = format::list_writer(env.out(), env.style("name"), "umsops.fields/v1", "field", kColumns);
  for (auto const* type : types) {
    for (auto const& field : type->fields) writer->row(row_of(type->noun, field, env.language()));
    if (!declared || type->noun != model::ticket_type().noun) continue;
    for (auto const& field : declared->all()) writer->row(row_of(field, env.language()));
  }
  writer->end({});
  return 0;
}

int run_fields(Env& env, Call const& call) {
  if (call.words.empty()) return write_fields(env, record::record_types(), configured_fields(env));
  auto const* type = &type_named(call.words[0], env.language());
  bool const tickets = type->noun == model::ticket_type().noun;
  return write_fields(env, {&type, 1}, tickets ? configured_fields(env) : std::nullopt);
}

int run_explain(Env& env, Call const& call) {
  auto const& word = call.words[0];
  auto const dot = word.find('.');
  auto const* type = &type_named(word.substr(0, dot), env.language());
  if (dot == std::string::npos) return write_fields(env, {&type, 1});
  auto const& field = type->fields[type->require(word.substr(dot + 1))];
  format::write_record(env.out(), env.style("name"), "umsops.explain/v1", "field", kColumns,
                       row_of(type->noun, field, env.language()));
  return 0;
}

// Constant, so that no run pays for it at its start; a test holds it against `record_types()`.
constexpr Argument kKind[] = {{"KIND",
                               {"ticket, event, response, callback, incident, silence, kb, message, delivery, "
                                "execution, review or requester; default: all",
                                "ticket、event、response、callback、incident、silence、kb、message、delivery、execution"
                                "、review 或 requester；缺省为全部"}}};
constexpr Argument kPath[] = {{"KIND.FIELD", {"e.g. ticket.priority", "例如 ticket.priority"}, true}};
constexpr Example kFieldsExamples[] = {
    {"umsops fields ticket", {"what a ticket holds", "工单有哪些字段"}},
    {"umsops fields ticket -o json | jq -r '.items[] | select(.writable) | .name'",
     {"what may be set", "哪些字段可设置"}},
};
constexpr Example kExplainExamples[] = {
    {"umsops explain ticket.priority", {"one field", "说明一个字段"}},
    {"umsops explain ticket.status -o json | jq .choices", {"its values", "它的可选值"}},
};

}  // namespace

constinit Command const kFields{
    .path = "fields",
    .summary = {"list the fields of records", "列出记录的字段"},
    .description =
        {"Lists the fields of tickets, history entries and responses: the names for -F, filters, --sort, "
         "--set and import. Those that the desk declares (setting ticket_fields) stand behind the ticket's own; "
         "filters and -F take them without 'attributes.' before them.",
         "列出工单、历史条目和回复的字段，即 -F、过滤条件、--sort、--set 和导入所用的名称。自定义字段（设置 "
         "ticket_fields）列在工单自有字段之后；在过滤条件和 -F 中可省略 attributes. 前缀。"},
    .arguments = kKind,
    .examples = kFieldsExamples,
    .schema = "umsops.fields/v1",
    .run = run_fields,
};
constinit Command const kExplain{
    .path = "explain",
    .summary = {"explain one field", "说明一个字段"},
    .description = {"Shows type, meaning, values and uses of one field.", "说明一个字段的类型、含义、可选值和用途。"},
    .arguments = kPath,
    .examples = kExplainExamples,
    .schema = "umsops.explain/v1",
    .without_settings = true,
    .run = run_explain,
};

}  // namespace umsops::cli
