// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "umsops/base/json.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/query/query.hpp"

/// Monday 2026-11-23 09:30 UTC.
inline umsops::query::FilterContext ticket_context() {
  return {&umsops::model::ticket_type(), *umsops::base::parse_rfc3339("2026-11-23T09:30:00Z"), {}};
}

/// The tree as a short text.
inline std::string show(umsops::query::Filter const& f, umsops::base::RecordType const& type = umsops::model::ticket_type()) {
  using umsops::query::Filter;
  switch (f.kind) {
    case Filter::Kind::everything: return "*";
    case Filter::Kind::none: return "not(" + show(f.children.at(0), type) + ")";
    case Filter::Kind::condition: {
      static char const* const kNames[] = {"=", "!=", "<", "<=", ">", ">=", "~", "!~"};
      std::string out(type.fields[f.condition.field].name);
      if (!f.condition.member.empty()) out += "." + f.condition.member;
      out += kNames[static_cast<int>(f.condition.op)];
      for (std::size_t i = 0; i < f.condition.values.size(); ++i) {
        out += (i ? "," : "") + umsops::base::to_json(f.condition.values[i]);
      }
      return out;
    }
    case Filter::Kind::all: case Filter::Kind::any: break;
  }
  std::string out = f.kind == Filter::Kind::all ? "all(" : "any(";
  for (std::size_t i = 0; i < f.children.size(); ++i) out += (i ? " " : "") + show(f.children[i], type);
  return out + ")";
}
