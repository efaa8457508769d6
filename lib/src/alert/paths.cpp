// SPDX-License-Identifier: Apache-2.0
// How paths and templates are written.
#include "umsops/alert/sender.hpp"
#include "umsops/base/number.hpp"

namespace umsops::alert {
namespace {

constexpr std::size_t kLongestPath = 300, kLongestTemplate = 1000;
constexpr std::size_t kMostSteps = 16;

/// Reads one path from left to right.
class PathReader {
 public:
  PathReader(std::string_view text, Path& out) : text_(text), out_(out) {}

  std::string read() {
    if (text_.empty()) return "an empty path";
    if (text_.size() > kLongestPath) return "a path has at most 300 bytes";
    out_ = Path{Path::Root::event, {}, std::string(text_)};
    for (bool first = true; at_ < text_.size(); first = false) {
      if (!first && text_[at_] == '.' && ++at_ == text_.size()) return "a path ends in a dot";
      if (auto problem = first || text_[at_ - 1] == '.' ? member(first) : bracket(); !problem.empty()) return problem;
      while (at_ < text_.size() && text_[at_] == '[') {
        if (auto problem = bracket(); !problem.empty()) return problem;
      }
      if (out_.steps.size() > kMostSteps) return "a path has at most 16 steps";
    }
    if (out_.root == Path::Root::extract && out_.steps.size() != 1) return "extract takes one name: extract.host";
    return "";
  }

 private:
  std::string member(bool first) {
    std::string name;
    if (text_[at_] == '"') {
      auto const end = text_.find('"', at_ + 1);
      if (end == std::string_view::npos) return "a quote is not closed";
      name = text_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
    } else {
      auto const end = std::min(text_.find_first_of(".[]\"", at_), text_.size());
      name = text_.substr(at_, end - at_);
      at_ = end;
      if (first && name == "$") return root(Path::Root::body);
      if (first && name == "extract" && at_ < text_.size()) return root(Path::Root::extract);
    }
    if (name.empty()) return "a name is missing in the path";
    out_.steps.push_back({Path::Step::Kind::member, std::move(name), 0});
    return "";
  }

  std::string root(Path::Root root) {
    out_.root = root;
    return "";
  }

  std::string bracket() {
    if (text_[at_] != '[') return "a dot is missing in the path";
    auto const end = text_.find(']', at_);
    if (end == std::string_view::npos) return "a bracket is not closed";
    auto const inside = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    if (inside.empty()) {
      out_.steps.push_back({Path::Step::Kind::all, "", 0});
      return "";
    }
    auto const index = base::parse_integer(inside, -10'000, 10'000);
    if (!index) return "brackets hold a number, or nothing for all";
    out_.steps.push_back({Path::Step::Kind::index, "", *index});
    return "";
  }

  std::string_view text_;
  Path& out_;
  std::size_t at_ = 0;
};

std::string parse_filter(std::string_view name, Template::Filter& out) {
  if (name == "lower") return out = Template::Filter::lower, "";
  if (name == "first_line") return out = Template::Filter::first_line, "";
  if (name == "fingerprint") return out = Template::Filter::fingerprint, "";
  if (name == "list") return out = Template::Filter::list, "";
  return "a filter is one of lower, first_line, fingerprint, list";
}

/// Where the braces end; those within quotes do not count.
std::size_t end_of_braces(std::string_view text, std::size_t at) {
  bool quoted = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (text[at] == '}' && !quoted) return at;
  }
  return std::string_view::npos;
}

std::string parse_value(std::string_view inside, Template& out) {
  Template::Piece piece;
  auto const bar = inside.rfind('|');
  if (bar != std::string_view::npos && inside.find('"', bar) == std::string_view::npos) {
    if (auto problem = parse_filter(inside.substr(bar + 1), piece.filter); !problem.empty()) return problem;
    inside = inside.substr(0, bar);
  }
  if (auto problem = parse_path(inside, piece.path.emplace()); !problem.empty()) return problem;
  out.pieces.push_back(std::move(piece));
  return "";
}

}  // namespace

std::string parse_path(std::string_view text, Path& out) { return PathReader(text, out).read(); }

std::string parse_template(std::string_view text, Template& out) {
  if (text.size() > kLongestTemplate) return "a template has at most 1000 bytes";
  out = Template{{}, std::string(text)};
  std::string plain;
  auto const end_plain = [&] {
    if (!plain.empty()) out.pieces.push_back({std::move(plain), std::nullopt, Template::Filter::none});
    plain.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    char const c = text[at];
    if ((c == '{' || c == '}') && at + 1 < text.size() && text[at + 1] == c) {
      plain += c;
      ++at;
    } else if (c == '{') {
      end_plain();
      auto const end = end_of_braces(text, at + 1);
      if (end == std::string_view::npos) return "a brace is not closed; write {{ for the character";
      if (auto problem = parse_value(text.substr(at + 1, end - at - 1), out); !problem.empty()) return problem;
      at = end;
    } else if (c == '}') {
      return "a brace that was not opened; write }} for the character";
    } else {
      plain += c;
    }
  }
  end_plain();
  return out.pieces.empty() ? "an empty text" : "";
}

}  // namespace umsops::alert
