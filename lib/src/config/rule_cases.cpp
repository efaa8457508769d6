// SPDX-License-Identifier: Apache-2.0 The test cases of a rule file: `cases:`.
#include <fmt/format.h>

#include "config/rule_fields.hpp"
#include "config/rule_reader.hpp"
#include "umsops/base/time.hpp"

namespace umsops::config {
namespace {

void add_fact(rules::Target const& target, base::Value& facts, std::string const& name, Node const& name_node,
              Node const& value) {
  require_fact(target, name, name_node.spot);
  if (value.kind == Node::Kind::null) return;
  facts.add(name, value_for(target.type, name, text_of(value), value.spot));
}

/// `attributes: {host: x}` means the same as `attributes.host: x`.
base::Value read_facts(rules::Target const& target, Node const& node) {
  base::Value facts{base::Value::Object{}};
  if (node.kind == Node::Kind::null) return facts;
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "text holds fields", "e.g. {title: VPN is down}");
  for (auto const& [name, value] : node.members) {
    if (name.scalar == "attributes" && value.kind == Node::Kind::map) {
      for (auto const& [inner, text] : value.members)
        add_fact(target, facts, "attributes." + inner.scalar, inner, text);
    } else {
      add_fact(target, facts, name.scalar, name, value);
    }
  }
  return facts;
}

/// Null expects no value for the field.
base::Value read_expect(rules::Target const& target, Node const& node) {
  base::Value expect{base::Value::Object{}};
  if (node.kind != Node::Kind::map || node.members.empty()) {
    throw invalid(node.spot, "expect holds fields", "e.g. {priority: HIGH}");
  }
  for (auto const& [name, value] : node.members) {
    require_settable(target, name.scalar, name.spot);
    if (value.kind == Node::Kind::null) {
      expect.add(name.scalar, base::Value());
    } else {
      expect.add(name.scalar, value_for(target.type, name.scalar, text_of(value), value.spot));
    }
  }
  return expect;
}

rules::TestCase read_case(rules::Target const& target, Node const& node, Problems& problems) {
  if (node.kind != Node::Kind::map)
    throw invalid(node.spot, "a case is a map", "e.g. {name: .., text: {..}, expect: {..}}");
  problems.check_keys(node, {"name", "text", "expect", "now"});
  Node const* const name = node.find("name");
  Node const* const text = node.find("text");
  Node const* const expect = node.find("expect");
  if (!name) throw invalid(node.spot, "a case without name");
  if (!expect) throw invalid(node.spot, "a case without expect");
  rules::TestCase out;
  out.file = node.spot.file();
  out.line = node.spot.line;
  out.name = text_of(*name);
  out.facts = text ? read_facts(target, *text) : base::Value(base::Value::Object{});
  out.expect = read_expect(target, *expect);
  if (Node const* const now = node.find("now")) {
    if (!base::parse_rfc3339(text_of(*now)))
      throw invalid(now->spot, "now is an RFC 3339 time", "e.g. 2026-11-23T09:30:00Z");
    out.facts.add("now", now->scalar);
  }
  return out;
}

}  // namespace

std::vector<rules::TestCase> read_cases(rules::Target const& target, Node const& node, Problems& problems) {
  std::vector<rules::TestCase> out;
  if (node.kind == Node::Kind::null) return out;
  if (node.kind != Node::Kind::list) {
    problems.add(node.spot, "cases is a list", "begin each case with '- '");
    return out;
  }
  for (auto const& item : node.items) problems.guard([&] { out.push_back(read_case(target, item, problems)); });
  return out;
}

}  // namespace umsops::config
