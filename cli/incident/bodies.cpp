// SPDX-License-Identifier: Apache-2.0
#include "cli/incident/bodies.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "umsops/alert/event.hpp"
#include "umsops/base/error.hpp"
#include "umsops/mail/raw.hpp"

namespace umsops::cli::incident {

namespace {

constexpr std::size_t kPiece = 64u << 10;
constexpr std::size_t kLongestLook = 1u << 20;  ///< for the end of the first line

/// Follows JSON's brackets and quotes over pieces of text.
class Brackets {
 public:
  /// The place behind the end of the value that began with a bracket; npos: it goes on behind this piece.
  std::size_t end_in(std::string_view piece) {
    for (std::size_t at = 0;; ++at) {
      // Most characters are none of these, and a look at each of them costs as much as parsing.
      while (!escaped_ && at < piece.size() && !kTelling[static_cast<unsigned char>(piece[at])]) ++at;
      if (at >= piece.size()) return std::string_view::npos;
      if (ends_with(piece[at])) return at + 1;
    }
  }

 private:
  bool ends_with(char c) {
    if (escaped_) {
      escaped_ = false;
    } else if (in_string_) {
      escaped_ = c == '\\';
      in_string_ = c != '"';
    } else if (c == '"') {
      in_string_ = true;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if (c == '}' || c == ']') {
      return --depth_ <= 0;
    }
    return false;
  }

  static constexpr auto kTelling = [] {
    std::array<bool, 256> telling{};
    for (char const c : std::string_view("\"\\{}[]")) telling[static_cast<unsigned char>(c)] = true;
    return telling;
  }();

  std::int64_t depth_ = 0;
  bool in_string_ = false, escaped_ = false;
};

/// How much of a body that is too large was passed over to find the next one; a device that never ends has none.
class Skipped {
 public:
  void add(std::size_t bytes) {
    bytes_ += bytes;
    if (bytes_ > kMost) throw base::Error(base::errors::input_too_large, {{"what", "a body"}, {"limit", "256 MiB"}});
  }

 private:
  static constexpr std::size_t kMost = 256u << 20;
  std::size_t bytes_ = 0;
};

}  // namespace

// The piece is not set to anything: most bodies are smaller than its first pages.
Bodies::Bodies(format::ByteSource source) : source_(std::move(source)), piece_(new char[kPiece]) {
  while (buffer_.size() < kLongestLook && buffer_.find('\n') == std::string::npos && fill()) continue;
  if (buffer_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  skip_blanks();
  while (buffer_.size() - at_ < kLongestLook && buffer_.find('\n', at_) == std::string::npos && fill()) continue;
  bool const value = at_ < buffer_.size() && (buffer_[at_] == '{' || buffer_[at_] == '[');
  by_lines_ = !value || first_line_is_whole();
}

bool Bodies::fill() {
  if (ended_) return false;
  if (at_ > kPiece && at_ > buffer_.size() / 2) {
    buffer_.erase(0, at_);
    at_ = 0;
  }
  auto const got = source_(piece_.get(), kPiece);
  buffer_.append(piece_.get(), got);
  ended_ = got == 0;
  return !ended_;
}

void Bodies::skip_blanks() {
  do {
    for (; at_ < buffer_.size(); ++at_) {
      char const c = buffer_[at_];
      if (c == '\n') ++line_;
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return;
    }
  } while (fill());
}

bool Bodies::first_line_is_whole() const {
  auto const text = std::string_view(buffer_).substr(at_);
  return Brackets().end_in(text.substr(0, text.find('\n'))) != std::string_view::npos;
}

bool Bodies::is_mail() const {
  auto const text = std::string_view(buffer_).substr(at_);
  auto const line = text.substr(0, text.find('\n'));
  return line.starts_with("From ") || mail::is_known_field(mail::field_name(line));
}

std::optional<std::string> Bodies::rest(std::size_t most) {
  while (buffer_.size() - at_ <= most && fill()) continue;
  if (buffer_.size() - at_ > most) return std::nullopt;
  auto out = buffer_.substr(at_);
  at_ = buffer_.size();
  return out;
}

Body Bodies::take(std::size_t end) {
  Body body{line_, "", false};
  // All that there is, but for the end of its line, need not be copied.
  if (at_ == 0 && buffer_.size() - end <= 1) {
    auto rest = buffer_.substr(end);
    body.text = std::move(buffer_);
    body.text.resize(end);
    buffer_ = std::move(rest);
    end = 0;
  } else {
    body.text = buffer_.substr(at_, end - at_);
  }
  for (auto at = body.text.find('\n'); at != std::string::npos; at = body.text.find('\n', at + 1)) ++line_;
  at_ = end;
  return body;
}

Body Bodies::take_line() {
  std::size_t looked = 0;
  while (true) {
    auto const end = buffer_.find('\n', at_ + looked);
    if (end != std::string::npos) return take(end);
    looked = buffer_.size() - at_;
    if (looked > alert::kLargestBody) break;
    if (!fill()) return take(buffer_.size());
  }
  Body large{line_, "", true};
  Skipped skipped;
  do {
    auto const end = std::min(buffer_.find('\n', at_), buffer_.size());
    skipped.add(end - at_);
    at_ = end;
    if (end < buffer_.size()) break;
  } while (fill());
  return large;
}

/// A value over several lines. One that does not end takes the rest with it.
Body Bodies::take_value() {
  Brackets brackets;
  std::size_t looked = 0;
  while (looked <= alert::kLargestBody) {
    auto const end = brackets.end_in(std::string_view(buffer_).substr(at_ + looked));
    if (end != std::string_view::npos) return take(at_ + looked + end);
    looked = buffer_.size() - at_;
    if (!fill()) return take(buffer_.size());
  }
  Body large{line_, "", true};
  Skipped skipped;
  do {
    skipped.add(buffer_.size() - at_);
    at_ = buffer_.size();
  } while (fill());
  return large;
}

std::optional<Body> Bodies::next() {
  skip_blanks();
  if (at_ == buffer_.size()) return std::nullopt;
  bool const value = buffer_[at_] == '{' || buffer_[at_] == '[';
  return by_lines_ || !value ? take_line() : take_value();
}

}  // namespace umsops::cli::incident
