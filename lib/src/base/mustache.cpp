// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/mustache.hpp"

#include <kainjow/mustache.hpp>

#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::base {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::size_t kDeepest = 8;

MustacheTag tag_in(std::string_view inside, std::size_t offset) {
  MustacheTag tag{MustacheTag::Kind::value, {}, offset, inside.size() + 4};
  inside = trimmed(inside);
  char const sign = inside.empty() ? ' ' : inside.front();
  if (sign == '{' || sign == '&' || sign == '>' || sign == '=') {
    throw MustacheFault{offset, "unescaped values, partials and other delimiters are not for templates", "{{name}}"};
  }
  if (sign == '#') tag.kind = MustacheTag::Kind::section;
  if (sign == '^') tag.kind = MustacheTag::Kind::inverted;
  if (sign == '/') tag.kind = MustacheTag::Kind::end;
  if (tag.kind != MustacheTag::Kind::value) inside.remove_prefix(1);
  tag.name = trimmed(inside);
  return tag;
}

mustache::data data_of(Value const& value) {
  if (auto const* members = value.get_if<Value::Object>()) {
    mustache::data out{mustache::data::type::object};
    for (auto const& [name, member] : *members) out.set(name, data_of(member));
    return out;
  }
  if (auto const* items = value.get_if<Value::List>()) {
    mustache::data out{mustache::data::type::list};
    for (auto const& item : *items) out.push_back(data_of(item));
    return out;
  }
  if (auto const* flag = value.get_if<bool>()) return mustache::data(*flag);
  if (auto const* time = value.get_if<TimePoint>()) return mustache::data(format_rfc3339(*time));
  if (value.get_if<std::int64_t>() || value.get_if<double>()) return mustache::data(to_json(value));
  if (value.text().empty()) return mustache::data(false);
  return mustache::data(std::string(value.text()));
}

}  // namespace

std::vector<MustacheTag> mustache_tags(std::string_view text, std::function<void(MustacheTag const&)> const& look) {
  std::vector<MustacheTag> tags;
  std::vector<std::size_t> open;
  for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    auto const end = text.find("}}", at + 2);
    if (end == std::string_view::npos) throw MustacheFault{at, "a tag without its end", "}}"};
    std::string_view const inside = text.substr(at + 2, end - at - 2);
    bool const comment = trimmed(inside).starts_with("!");
    if (!comment) tags.push_back(tag_in(inside, at));
    if (!comment) {
      MustacheTag const& tag = tags.back();
      if (look) look(tag);
      if (tag.kind == MustacheTag::Kind::end) {
        if (open.empty() || tags[open.back()].name != tag.name)
          throw MustacheFault{at, "no section " + shortened(tag.name, 80) + " is open here", ""};
        open.pop_back();
      } else if (tag.kind != MustacheTag::Kind::value) {
        if (open.size() == kDeepest) throw MustacheFault{at, "sections are nested too deep", ""};
        open.push_back(tags.size() - 1);
      }
    }
    at = end + 2;
  }
  if (!open.empty()) {
    MustacheTag const& tag = tags[open.back()];
    throw MustacheFault{tag.offset, "section " + tag.name + " does not end", ""};
  }
  return tags;
}

struct Mustache::Page {
  mustache::mustache source;
};

Mustache::Mustache(std::string const& text, Escape const& escape)
    : page_(std::make_unique<Page>(Page{mustache::mustache(text)})) {
  page_->source.set_custom_escape(escape);
}

Mustache::~Mustache() = default;
Mustache::Mustache(Mustache&&) noexcept = default;

std::string Mustache::fill(Value const& facts) { return page_->source.render(data_of(facts)); }

}  // namespace umsops::base
