// SPDX-License-Identifier: Apache-2.0
#include "rules/literals.hpp"

#include <algorithm>
#include <optional>

#include "base/utf8.hpp"
#include "rules/folded_text.hpp"

namespace umsops::rules {
namespace {

using Literals = std::vector<std::string>;

constexpr std::size_t kShortest = 2;  // bytes of a literal that is worth looking for
constexpr std::size_t kMost = 32;     // alternatives
constexpr int kDeepest = 100;

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::size_t shortest(Literals const& literals) {
  std::size_t size = SIZE_MAX;
  for (auto const& literal : literals) size = std::min(size, literal.size());
  return size;
}

/// A partial parser of RE2's syntax that gives up on everything it does not need. Each part returns a set of words, one
/// of which every match contains.
class Finder {
 public:
  explicit Finder(std::string_view regex) : regex_(regex) {}

  Literals find() {
    auto found = alternatives(0);
    if (gave_up_ || at_ != regex_.size() || !found) return {};
    return *found;
  }

 private:
  bool at_end() const { return gave_up_ || at_ >= regex_.size(); }
  char peek() const { return regex_[at_]; }
  bool take(std::string_view text) {
    if (!regex_.substr(at_).starts_with(text)) return false;
    at_ += text.size();
    return true;
  }

  std::optional<Literals> alternatives(int depth) {
    if (depth > kDeepest) gave_up_ = true;
    std::optional<Literals> all = sequence(depth);
    while (!at_end() && take("|")) {
      auto const next = sequence(depth);
      if (!next || (all && all->size() + next->size() > kMost)) all.reset();
      if (all) all->insert(all->end(), next->begin(), next->end());
    }
    return all;
  }

  std::optional<Literals> sequence(int depth) {
    std::optional<Literals> best;
    std::string run;
    while (!at_end() && peek() != '|' && peek() != ')') {
      if (peek() == '(') {
        end_run(run, best);
        auto inner = group(depth);
        if (quantifier_minimum() > 0 && inner) improve(best, std::move(*inner));
      } else if (std::string const literal = atom(); literal.empty()) {
        end_run(run, best);
        quantifier_minimum();
      } else {
        add(literal, run, best);
      }
    }
    end_run(run, best);
    return best;
  }

  void add(std::string const& literal, std::string& run, std::optional<Literals>& best) {
    std::size_t const before = at_;
    int const least = quantifier_minimum();
    if (least > 0) run += literal;
    if (at_ == before) return;
    end_run(run, best);
    if (least > 0) run = literal;  // the last repetition stands before what follows
  }

  static void improve(std::optional<Literals>& best, Literals next) {
    if (!best || shortest(next) > shortest(*best)) best = std::move(next);
  }

  static void end_run(std::string& run, std::optional<Literals>& best) {
    std::string folded(FoldedText(run).text());
    run.clear();
    if (folded.size() >= kShortest) improve(best, {std::move(folded)});
  }

  std::optional<Literals> group(int depth) {
    at_ += 1;
    if (take("?")) {
      std::size_t const end = regex_.find_first_of(">:)", at_);
      if (end == std::string_view::npos) gave_up_ = true;
      if (gave_up_) return std::nullopt;
      at_ = end + 1;
      if (regex_[end] == ')') return std::nullopt;  // flags alone
    }
    auto inner = alternatives(depth + 1);
    if (at_end() || !take(")")) gave_up_ = true;
    return inner;
  }

  /// One character that stands for itself, or nothing for whatever else matches.
  std::string atom() {
    char const c = peek();
    if (c == '[') return character_class();
    if (c == '\\') return escape();
    if (c == '.' || c == '^' || c == '$') {
      ++at_;
      return {};
    }
    auto const decoded = base::decode_utf8(regex_, at_);
    std::string literal(regex_.substr(at_, decoded.size));
    at_ += decoded.size;
    bool const plain = (decoded.code_point >= 0x20 && decoded.code_point < 0x80) ||
                       (decoded.code_point >= 0x3400 && decoded.code_point <= 0x9FFF);
    return decoded.valid && plain ? literal : std::string();
  }

  std::string character_class() {
    at_ += 1;
    take("^");
    take("]");
    while (!at_end() && peek() != ']') {
      if (take("[:")) {
        std::size_t const end = regex_.find(":]", at_);
        if (end == std::string_view::npos) {
          gave_up_ = true;
          return {};
        }
        at_ = end + 2;
      } else {
        at_ += peek() == '\\' ? 2 : 1;
      }
    }
    if (at_end()) gave_up_ = true;
    at_ += 1;
    return {};
  }

  std::string escape() {
    at_ += 1;
    if (at_end()) {
      gave_up_ = true;
      return {};
    }
    char const c = regex_[at_++];
    if (!is_letter_or_digit(c) && static_cast<unsigned char>(c) < 0x80) return {c};
    if (std::string_view("dDwWsSbBAzntrfva").find(c) == std::string_view::npos) gave_up_ = true;
    return {};
  }

  /// Fewest repetitions of what was just read: 1 where nothing is said.
  int quantifier_minimum() {
    int least = 1;
    while (!at_end()) {
      if (take("*") || take("?")) {
        least = 0;
      } else if (std::size_t const size = repetition(); size > 0) {
        if (regex_[at_ + 1] == '0') least = 0;
        at_ += size;
      } else if (!take("+")) {
        break;
      }
    }
    return least;
  }

  /// Size of `{n}`, `{n,}` or `{n,m}`; a brace that is none of them stands for itself.
  std::size_t repetition() const {
    if (peek() != '{') return 0;
    std::size_t const end = regex_.find('}', at_);
    if (end == std::string_view::npos || end == at_ + 1) return 0;
    std::string_view const inside = regex_.substr(at_ + 1, end - at_ - 1);
    if (inside[0] < '0' || inside[0] > '9') return 0;
    bool const counts = inside.find_first_not_of("0123456789,") == std::string_view::npos;
    return counts ? end + 1 - at_ : 0;
  }

  std::string_view regex_;
  std::size_t at_ = 0;
  bool gave_up_ = false;
};

}  // namespace

std::vector<std::string> required_literals(std::string_view regex) { return Finder(regex).find(); }

}  // namespace umsops::rules
