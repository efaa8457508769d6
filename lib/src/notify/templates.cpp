// SPDX-License-Identifier: Apache-2.0
#include "umsops/notify/templates.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "base/embedded.hpp"
#include "umsops/base/mustache.hpp"
#include "umsops/base/text.hpp"
#include "umsops/notify/fill.hpp"
#include "umsops/notify/kind.hpp"

namespace umsops::notify {
namespace {

constexpr std::size_t kLargest = 64 << 10;
constexpr std::string_view kSubject = "Subject: ";

[[noreturn]] void refuse(std::string_view text, std::string_view file, std::size_t offset, std::string problem,
                         std::string suggestion = "") {
  auto const place = base::line_column(text, std::min(offset, text.size()));
  throw base::Error(base::errors::template_invalid,
                    {{"problem", std::move(problem)}, {"suggestion", std::move(suggestion)}})
      .at({std::string(file), static_cast<std::int64_t>(place.line), static_cast<std::int64_t>(place.column)});
}

/// Looks at each tag: its name, and that sections end. `page` of the manual says the names.
void check_tags(std::string_view text, std::string_view file, std::span<std::string_view const> known,
                std::string_view page) {
  auto const look = [&](base::MustacheTag const& tag) {
    if (std::find(known.begin(), known.end(), tag.name) != known.end()) return;
    auto const near = base::nearest(tag.name, known);
    refuse(text, file, tag.offset, "unknown name: " + base::shortened(tag.name, 80),
           near.empty() ? "see: man " + std::string(page) : "did you mean " + near + "?");
  };
  try {
    base::mustache_tags(text, look);
  } catch (base::MustacheFault const& fault) {
    refuse(text, file, fault.offset, fault.problem, fault.suggestion);
  }
}

void replace_each(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

std::string escaped(std::string text, Target target) {
  switch (target) {
    case Target::plain:
      break;
    case Target::slack:
      replace_each(text, "&", "&amp;");
      replace_each(text, "<", "&lt;");
      replace_each(text, ">", "&gt;");
      break;
    case Target::feishu:
      replace_each(text, "<", "＜");  // its text has no escape
      break;
    case Target::markdown: {
      std::string out;
      for (char const c : text) {
        if (std::string_view("\\`*_{}[]()#+-!<>|~").find(c) != std::string_view::npos) out += '\\';
        out += c;
      }
      return out;
    }
  }
  return text;
}

std::string rendered(std::string const& source, base::Value const& facts, Target target) {
  base::Mustache page(source, [target](std::string const& text) { return escaped(text, target); });
  return page.fill(facts);
}

std::string file_text(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw base::Error(base::errors::file_unreadable, {{"file", path}, {"problem", "it cannot be read"}});
  return text.str();
}

/// Subject and body of a source, which `check_template` let pass.
std::pair<std::string, std::string> parts_of(std::string const& source) {
  auto const line = std::min(source.find('\n'), source.size());
  auto const body = source.find("\n\n");
  return {source.substr(kSubject.size(), line - kSubject.size()),
          body == std::string::npos ? std::string() : source.substr(body + 2)};
}

}  // namespace

void check_template(std::string_view text, std::string_view file) {
  if (text.size() > kLargest) refuse(text, file, 0, "larger than 64 KiB");
  if (auto const fault = base::check_text(text, base::TextShape::block)) refuse(text, file, fault->offset, fault->what);
  auto const line = text.substr(0, text.find('\n'));
  if (!line.starts_with(kSubject) || line.size() == kSubject.size())
    refuse(text, file, 0, "the first line is the subject", "Subject: [{{number}}] {{title}}");
  if (text.size() > line.size() + 1 && text[line.size() + 1] != '\n')
    refuse(text, file, line.size() + 1, "an empty line stands between subject and text");
  for (auto const part : {line, text}) check_tags(part, file, variables(), "umsops-channels");
}

std::optional<TagProblem> tag_problem(std::string_view text, std::span<std::string_view const> known) {
  try {
    if (text.size() > kLargest) refuse(text, {}, 0, "larger than 64 KiB");
    check_tags(text, {}, known, "umsops-templates");
  } catch (base::Error const& error) {
    return TagProblem{error.message(), error.hint(), error.spot().line, error.spot().column};
  }
  return std::nullopt;
}

std::string filled(std::string const& text, base::Value const& facts) { return rendered(text, facts, Target::plain); }

std::string_view builtin_template(std::string_view name) {
  for (auto const& file : embedded::message_templates())
    if (file.name == name) return file.bytes;
  return {};
}

std::vector<std::string> template_names() {
  std::vector<std::string> names;
  for (auto const& kind : kinds())
    for (char const* const language : {"en", "zh_CN"})
      names.push_back(std::string(kind.name) + "." + language + ".mustache");
  return names;
}

std::string const& Templates::source(std::string const& name) {
  auto const [place, fresh] = sources_.try_emplace(name);
  if (!fresh) return place->second;
  std::string const path = folder_ + "/" + name;
  bool const own = !folder_.empty() && access(path.c_str(), F_OK) == 0;
  place->second = own ? file_text(path) : std::string(builtin_template(name));
  if (place->second.empty()) throw base::Error(base::errors::internal, {{"problem", "no template " + name}});
  if (own) check_template(place->second, path);
  return place->second;
}

Text Templates::render(std::string_view kind, base::Language language, base::Value const& facts, Target target) {
  auto const& text = source(std::string(kind) + (language == base::Language::zh ? ".zh_CN" : ".en") + ".mustache");
  auto const [subject, body] = parts_of(text);
  Text out{rendered(subject, facts, target), rendered(body, facts, target)};
  // What values bring is one line at most where it is a subject.
  for (char& c : out.subject)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  while (out.body.ends_with('\n')) out.body.pop_back();
  return out;
}

}  // namespace umsops::notify
