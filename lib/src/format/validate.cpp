// SPDX-License-Identifier: Apache-2.0
// The only source that includes valijson, and beside base/json_parse.cpp the only one with nlohmann/json: they take
// seconds to compile.
#include <algorithm>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "umsops/base/json.hpp"
#include "umsops/format/schemas.hpp"

namespace umsops::format {
namespace {

using valijson::adapters::NlohmannJsonAdapter;

/// valijson's `<root>`, `[items]`, `[0]`, `[title]` as a JSON Pointer (RFC 6901): `/items/0/title`; the root is empty.
std::string to_pointer(std::vector<std::string> const& context) {
  std::string out;
  for (std::size_t i = 1; i < context.size(); ++i) {
    std::string const& part = context[i];
    out += '/';
    for (char const c : part.substr(1, part.size() - 2)) {
      if (c == '~') {
        out += "~0";
      } else if (c == '/') {
        out += "~1";
      } else {
        out += c;
      }
    }
  }
  return out;
}

struct Line {
  std::string pointer, problem;
};

bool repeats_a_child(Line const& line, std::vector<Line> const& lines) {
  if (!line.problem.starts_with("Failed to validate")) return false;
  return std::any_of(lines.begin(), lines.end(), [&](Line const& other) {
    return other.pointer.size() > line.pointer.size() && other.pointer.starts_with(line.pointer + "/");
  });
}

std::vector<base::Error> collect(valijson::ValidationResults& results, std::string const& source) {
  std::vector<Line> lines;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    lines.push_back({to_pointer(error.context), error.description});
  }
  std::vector<base::Error> out;
  for (auto const& line : lines) {
    if (repeats_a_child(line, lines)) continue;
    std::string const place = line.pointer.empty() ? "the document" : line.pointer.substr(0, 120);
    base::Error violated(base::errors::schema_violated, {{"pointer", place}, {"problem", line.problem.substr(0, 160)}});
    violated.at({source, 0, 0});
    violated.detail(base::Value::Object{{"pointer", line.pointer}});
    out.push_back(std::move(violated));
  }
  return out;
}

}  // namespace

std::vector<base::Error> validate(std::string_view schema_name, std::string_view json_text, std::string_view source) {
  base::parse_json(json_text, source, {16 << 20, 64});  // stricter than the reader below
  auto const schema_document = nlohmann::json::parse(schema_text(schema_name));
  auto const document = nlohmann::json::parse(json_text);
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(NlohmannJsonAdapter(schema_document), schema);
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(schema, NlohmannJsonAdapter(document), &results)) return {};
  return collect(results, std::string(source));
}

}  // namespace umsops::format
