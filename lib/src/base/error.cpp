// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/error.hpp"

#include <algorithm>

#include "umsops/base/chinese.hpp"

namespace umsops::base {

namespace errors {
#define UMSOPS_ERROR(name, code, kind, retryable, message, message_zh, hint, hint_zh) \
  constinit ErrorCode const name{code, ErrorKind::kind, retryable, message, message_zh, hint, hint_zh};
#include "umsops/base/error_codes.def"
#undef UMSOPS_ERROR
}  // namespace errors

namespace {

constinit ErrorCode const* const kCodes[] = {
#define UMSOPS_ERROR(name, code, kind, retryable, message, message_zh, hint, hint_zh) &errors::name,
#include "umsops/base/error_codes.def"
#undef UMSOPS_ERROR
};

constexpr std::size_t kLongestParameter = 400;

/// At most `kLongestParameter` bytes, never half a character.
std::string cut(std::string text) {
  if (text.size() <= kLongestParameter) return text;
  std::size_t end = kLongestParameter;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text + "…";
}

/// Parameters that the program says itself, in English. All others are names, numbers, and the words of others.
bool is_our_text(std::string_view name) {
  static constexpr std::string_view kOurs[] = {"problem", "suggestion", "expected", "what",  "limit",  "holder",
                                               "field",   "why",        "missing",  "where", "pointer"};
  return std::find(std::begin(kOurs), std::end(kOurs), name) != std::end(kOurs);
}

std::string fill(std::string_view pattern, std::vector<std::pair<std::string, std::string>> const& params,
                 Language language) {
  std::string out;
  bool ours = false;  // what stands last is the program's own, in Chinese
  while (!pattern.empty()) {
    std::size_t const open = pattern.find('{');
    if (ours) {
      append_chinese(out, pattern.substr(0, open));
    } else {
      out += pattern.substr(0, open);
    }
    if (open == std::string_view::npos) break;
    std::size_t const close = pattern.find('}', open);
    std::string_view const name = pattern.substr(open + 1, close - open - 1);
    auto const found = std::find_if(params.begin(), params.end(), [&](auto const& p) { return p.first == name; });
    ours = found != params.end() && language == Language::zh && is_our_text(name);
    if (ours) {
      append_chinese(out, in_chinese(found->second));
    } else if (found != params.end()) {
      out += found->second;
    }
    pattern.remove_prefix(close + 1);
  }
  return out;
}

/// `3 stored`; of those that nobody was told of, at most a few by name.
std::string stored_text(std::int64_t count, std::vector<std::string> const& untold, Language language) {
  bool const zh = language == Language::zh;
  std::string names;
  for (auto const& name : untold) names += (names.empty() ? "" : zh ? "、" : ", ") + name;
  auto const further = count - static_cast<std::int64_t>(untold.size());
  std::string const number = std::to_string(count);
  if (names.empty() && count == 0) return zh ? "未保存任何内容" : "nothing was stored";
  if (names.empty()) return zh ? "已保存 " + number + " 项" : number + " stored";
  if (further > 0) return zh ? "已保存 " + number + " 项，包括 " + names : number + " stored, among them " + names;
  return zh ? "已保存 " + names : names + (untold.size() == 1 ? " is stored" : " are stored");
}

constexpr std::string_view kStored = "{stored}";

}  // namespace

std::span<ErrorCode const* const> error_codes() { return kCodes; }

Error::Error(ErrorCode const& code, Params params) : code_(&code) {
  for (auto& [name, value] : params) params_.emplace_back(std::string(name), cut(std::move(value)));
  what_ = message();
}

Error& Error::at(SourceSpot spot) {
  spot_ = std::move(spot);
  return *this;
}

Error& Error::detail(Value object) {
  details_.push_back(std::move(object));
  return *this;
}

Error& Error::stored(std::int64_t count, std::vector<std::string> untold) {
  stored_ = count;
  untold_ = std::move(untold);
  return *this;
}

std::string Error::message(Language language) const {
  return fill(language == Language::zh ? code_->message_zh : code_->message, params_, language);
}

std::string Error::hint(Language language) const {
  std::string_view pattern = language == Language::zh ? code_->hint_zh : code_->hint;
  bool const asks = pattern.ends_with(kStored);
  if (asks) pattern.remove_suffix(kStored.size());
  std::string hint = fill(pattern, params_, language);
  std::string_view const comma = language == Language::zh ? "；" : "; ";
  if (stored_ && (asks || *stored_ > 0 || !untold_.empty())) {
    if (!asks && !hint.empty()) hint += comma;
    return hint + stored_text(*stored_, untold_, language);
  }
  if (asks && hint.ends_with(comma)) hint.resize(hint.size() - comma.size());
  return hint;
}

}  // namespace umsops::base
