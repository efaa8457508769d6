// SPDX-License-Identifier: Apache-2.0
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <limits>

#include "base/utf8.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::base {
namespace {

namespace rj = rapidjson;

/// Builds the value while the reader runs; refuses what the reader lets pass: depth, duplicate members, numbers that no
/// 64-bit integer holds.
class Builder {
 public:
  explicit Builder(int depth) : most_(static_cast<std::size_t>(depth)) {}

  bool Null() { return put(Value()); }
  bool Bool(bool v) { return put(Value(v)); }
  bool Int(int v) { return put(Value(std::int64_t{v})); }
  bool Uint(unsigned v) { return put(Value(std::int64_t{v})); }
  bool Int64(std::int64_t v) { return put(Value(v)); }
  bool Uint64(std::uint64_t v) {
    if (v > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return refuse("integer out of range");
    return put(Value(static_cast<std::int64_t>(v)));
  }
  bool Double(double v) { return put(Value(v)); }
  bool RawNumber(char const*, rj::SizeType, bool) { return refuse("number"); }
  bool String(char const* s, rj::SizeType n, bool) { return put(Value(std::string(s, n))); }
  bool StartObject() { return open(Value(Value::Object())); }
  bool Key(char const* s, rj::SizeType n, bool) {
    std::string_view const name(s, n);
    if (stack_.back().find(name)) return refuse("duplicate member \"" + std::string(name.substr(0, 80)) + "\"");
    keys_.emplace_back(name);
    return true;
  }
  bool EndObject(rj::SizeType) { return close(); }
  bool StartArray() { return open(Value(Value::List())); }
  bool EndArray(rj::SizeType) { return close(); }

  Value take() { return std::move(root_); }
  std::string const& problem() const { return problem_; }

 private:
  bool refuse(std::string why) {
    problem_ = std::move(why);
    return false;
  }

  bool put(Value value) {
    if (stack_.empty()) {
      root_ = std::move(value);
    } else if (auto* list = stack_.back().get_if<Value::List>()) {
      list->push_back(std::move(value));
    } else {
      auto& object = *stack_.back().get_if<Value::Object>();
      if (object.empty()) object.reserve(kUsualMembers);
      object.emplace_back(std::move(keys_.back()), std::move(value));
      keys_.pop_back();
    }
    return true;
  }

  bool open(Value container) {
    if (stack_.size() >= most_) return refuse("nested deeper than " + std::to_string(most_));
    stack_.push_back(std::move(container));
    return true;
  }

  bool close() {
    Value done = std::move(stack_.back());
    stack_.pop_back();
    return put(std::move(done));
  }

  static constexpr std::size_t kUsualMembers = 12;
  std::size_t most_;
  Value root_;
  std::vector<Value> stack_;
  std::vector<std::string> keys_;
  std::string problem_;
};

/// A number without fraction or exponent that became a double did not fit 64 bits. The reader does not tell, so look.
bool too_long_integer(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') --begin;
  return end - begin >= 19 && (begin == 0 || (text[begin - 1] != '.' && text[begin - 1] != 'e' && text[begin - 1] != 'E' &&
                                              text[begin - 1] != '+'));
}

/// Finds integers beyond 64 bits outside strings: rare, so it is one pass over the text only when a run of 19 digits is there.
std::size_t find_long_integer(std::string_view text) {
  bool in_string = false;
  std::size_t digits = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    char const c = i < text.size() ? text[i] : ' ';
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
      continue;
    }
    if (c >= '0' && c <= '9') {
      ++digits;
      continue;
    }
    if (digits >= 19 && c != '.' && c != 'e' && c != 'E' && too_long_integer(text, i)) {
      std::string_view const number = text.substr(i - digits, digits);
      bool const negative = i > digits && text[i - digits - 1] == '-';
      std::string_view const most = negative ? "9223372036854775808" : "9223372036854775807";
      if (number.size() > most.size() || number > most) return i - digits;
    }
    digits = 0;
    in_string = c == '"';
  }
  return std::string_view::npos;
}

[[noreturn]] void refuse(std::string_view text, std::size_t offset, std::string problem, std::string_view source) {
  LineColumn const place = line_column(text, offset);
  throw Error(errors::json_invalid, {{"problem", std::move(problem)}})
      .at({std::string(source), static_cast<std::int64_t>(place.line), static_cast<std::int64_t>(place.column)});
}

}  // namespace

Value parse_json(std::string_view text, std::string_view source, JsonLimits limits) {
  if (text.size() > limits.bytes) {
    throw Error(errors::input_too_large, {{"what", "JSON text"}, {"limit", std::to_string(limits.bytes) + " bytes"}})
        .at({std::string(source), 0, 0});
  }
  if (auto const nul = text.find('\0'); nul != std::string_view::npos) refuse(text, nul, "NUL", source);
  // Not the reader's own check, which looks behind the end of a text that ends inside a character.
  if (auto const bad = find_invalid_utf8(text); bad != std::string_view::npos) refuse(text, bad, "invalid UTF-8", source);
  std::size_t const bom = text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
  std::string copy(text.substr(bom));  // the reader wants an end mark, and decodes texts in place
  rj::InsituStringStream stream(copy.data());
  rj::Reader reader;
  Builder builder(limits.depth);
  constexpr unsigned kFlags = rj::kParseIterativeFlag | rj::kParseFullPrecisionFlag | rj::kParseInsituFlag;
  auto const result = reader.Parse<kFlags>(stream, builder);
  if (result.IsError()) {
    std::string problem = builder.problem().empty() ? rj::GetParseError_En(result.Code()) : builder.problem();
    if (!problem.empty() && problem.back() == '.') problem.pop_back();
    refuse(text, bom + result.Offset(), std::move(problem), source);
  }
  if (std::size_t const at = find_long_integer(text.substr(bom)); at != std::string::npos) {
    refuse(text, bom + at, "integer out of range", source);
  }
  return builder.take();
}

}  // namespace umsops::base
