// SPDX-License-Identifier: Apache-2.0
// The only source that includes valijson and nlohmann/json: they take seconds to compile.
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

/// `<root>[items][0][title]` as a JSON Pointer (RFC 6901): `/items/0/title`.
std::string to_pointer(std::string const& context) {
  std::string out;
  for (std::size_t open = context.find('['); open != std::string::npos; open = context.find('[', open + 1)) {
    out += "/" + context.substr(open + 1, context.find(']', open) - open - 1);
  }
  return out.empty() ? "/" : out;
}

std::vector<base::Error> collect(valijson::ValidationResults& results, std::string const& source) {
  struct Line {
    std::string pointer, problem;
  };
  std::vector<Line> lines;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    std::string context;
    for (auto const& part : error.context) context += part;
    lines.push_back({to_pointer(context), error.description});
  }
  std::vector<base::Error> out;
  for (auto const& line : lines) {
    // A parent repeats what its child says.
    bool repeated = false;
    for (auto const& other : lines) {
      bool const inside = other.pointer.size() > line.pointer.size() && other.pointer.starts_with(line.pointer);
      repeated = repeated || (inside && line.problem.starts_with("Failed to validate against"));
    }
    if (repeated) continue;
    base::Error violated(base::errors::schema_violated, {{"pointer", line.pointer}, {"problem", line.problem}});
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
