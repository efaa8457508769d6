// SPDX-License-Identifier: Apache-2.0
#include <absl/strings/charconv.h>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <charconv>
#include <cmath>

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
  // Numbers come as they are written: see kFlags.
  bool RawNumber(char const* s, rj::SizeType n, bool) {
    std::string_view const text(s, n);
    return text.find_first_of(".eE") == std::string_view::npos ? integer(text) : real(text);
  }
  bool Int(int) { return refuse("number"); }
  bool Uint(unsigned) { return refuse("number"); }
  bool Int64(std::int64_t) { return refuse("number"); }
  bool Uint64(std::uint64_t) { return refuse("number"); }
  bool Double(double) { return refuse("number"); }
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
  bool integer(std::string_view text) {
    std::int64_t value = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc())
      return refuse("integer out of range");
    return put(Value(value));
  }
  bool real(std::string_view text) {
    double value = 0;
    auto const result = absl::from_chars(text.data(), text.data() + text.size(), value);
    // Out of range it gives the nearest there is: too large is refused, too small to tell from nothing is nothing.
    if (result.ec != std::errc() && std::abs(value) > 1) return refuse("number out of range");
    return put(Value(result.ec == std::errc() ? value : 0.0));
  }

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
  if (auto const bad = find_invalid_utf8(text); bad != std::string_view::npos)
    refuse(text, bad, "invalid UTF-8", source);
  std::size_t const bom = text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
  std::string copy(text.substr(bom));  // the reader wants an end mark, and decodes texts in place
  rj::InsituStringStream stream(copy.data());
  rj::Reader reader;
  Builder builder(limits.depth);
  // Numbers are ours to read: the reader would turn large integers into doubles, and counts the zeros of a zero.
  constexpr unsigned kFlags = rj::kParseIterativeFlag | rj::kParseInsituFlag | rj::kParseNumbersAsStringsFlag;
  auto const result = reader.Parse<kFlags>(stream, builder);
  if (result.IsError()) {
    std::string problem = builder.problem().empty() ? rj::GetParseError_En(result.Code()) : builder.problem();
    if (!problem.empty() && problem.back() == '.') problem.pop_back();
    refuse(text, bom + result.Offset(), std::move(problem), source);
  }
  return builder.take();
}

}  // namespace umsops::base
