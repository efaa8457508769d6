// SPDX-License-Identifier: Apache-2.0
#include "umsops/notify/templates.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <kainjow/mustache.hpp>
#include <sstream>

#include "base/embedded.hpp"
#include "umsops/base/text.hpp"
#include "umsops/notify/fill.hpp"
#include "umsops/notify/kind.hpp"

namespace umsops::notify {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::size_t kLargest = 64 << 10;
constexpr std::string_view kSubject = "Subject: ";
constexpr int kDeepest = 8;

[[noreturn]] void refuse(std::string_view text, std::string_view file, std::size_t offset, std::string problem,
                         std::string suggestion = "") {
  auto const place = base::line_column(text, std::min(offset, text.size()));
  throw base::Error(base::errors::template_invalid,
                    {{"problem", std::move(problem)}, {"suggestion", std::move(suggestion)}})
      .at({std::string(file), static_cast<std::int64_t>(place.line), static_cast<std::int64_t>(place.column)});
}

/// Looks at each tag: its name, and that sections end.
class Tags {
 public:
  Tags(std::string_view text, std::string_view file, std::span<std::string_view const> known, std::string_view page)
      : text_(text), file_(file), known_(known), page_(page) {}

  void check() {
    for (std::size_t at = text_.find("{{"); at != std::string_view::npos; at = text_.find("{{", at)) {
      auto const end = text_.find("}}", at + 2);
      if (end == std::string_view::npos) refuse(text_, file_, at, "a tag without its end", "}}");
      tag(at, text_.substr(at + 2, end - at - 2));
      at = end + 2;
    }
    if (!open_.empty()) refuse(text_, file_, open_.back().second, "section " + open_.back().first + " does not end");
  }

 private:
  void tag(std::size_t at, std::string_view inside) {
    inside = base::trimmed(inside);
    char const sign = inside.empty() ? ' ' : inside.front();
    if (sign == '!') return;
    if (sign == '{' || sign == '&' || sign == '>' || sign == '=')
      refuse(text_, file_, at, "unescaped values, partials and other delimiters are not for templates", "{{name}}");
    bool const section = sign == '#' || sign == '^' || sign == '/';
    std::string const name(base::trimmed(section ? inside.substr(1) : inside));
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
      auto const near = base::nearest(name, known_);
      refuse(text_, file_, at, "unknown name: " + base::shortened(name, 80),
             near.empty() ? "see: man " + std::string(page_) : "did you mean " + near + "?");
    }
    if (sign == '/') {
      if (open_.empty() || open_.back().first != name) refuse(text_, file_, at, "no section " + name + " is open here");
      open_.pop_back();
    } else if (section) {
      if (open_.size() == kDeepest) refuse(text_, file_, at, "sections are nested too deep");
      open_.emplace_back(name, at);
    }
  }

  std::string_view text_, file_;
  std::span<std::string_view const> known_;
  std::string_view page_;  ///< of the manual that says the names
  std::vector<std::pair<std::string, std::size_t>> open_;
};

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

mustache::data data_of(base::Value const& value) {
  if (auto const* members = value.get_if<base::Value::Object>()) {
    mustache::data out{mustache::data::type::object};
    for (auto const& [name, member] : *members) out.set(name, data_of(member));
    return out;
  }
  if (auto const* items = value.get_if<base::Value::List>()) {
    mustache::data out{mustache::data::type::list};
    for (auto const& item : *items) out.push_back(data_of(item));
    return out;
  }
  if (auto const* flag = value.get_if<bool>()) return mustache::data(*flag);
  if (auto const* number = value.get_if<std::int64_t>()) return mustache::data(std::to_string(*number));
  if (auto const* time = value.get_if<base::TimePoint>()) return mustache::data(base::format_rfc3339(*time));
  // Sections of what is absent are left out, and so are those of an empty text.
  if (value.text().empty()) return mustache::data(false);
  return mustache::data(std::string(value.text()));
}

std::string rendered(std::string const& source, mustache::data const& data, Target target) {
  mustache::mustache page(source);
  page.set_custom_escape([target](std::string const& text) { return escaped(text, target); });
  return page.render(data);
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
  for (auto const part : {line, text}) Tags(part, file, variables(), "umsops-channels").check();
}

std::optional<TagProblem> tag_problem(std::string_view text, std::span<std::string_view const> known) {
  try {
    if (text.size() > kLargest) refuse(text, {}, 0, "larger than 64 KiB");
    Tags(text, {}, known, "umsops-templates").check();
  } catch (base::Error const& error) {
    return TagProblem{error.message(), error.hint(), error.spot().line, error.spot().column};
  }
  return std::nullopt;
}

std::string filled(std::string const& text, base::Value const& facts) {
  return rendered(text, data_of(facts), Target::plain);
}

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
  auto const data = data_of(facts);
  Text out{rendered(subject, data, target), rendered(body, data, target)};
  // What values bring is one line at most where it is a subject.
  for (char& c : out.subject)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  while (out.body.ends_with('\n')) out.body.pop_back();
  return out;
}

}  // namespace umsops::notify
