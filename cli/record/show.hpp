// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>

#include "cli/env.hpp"
#include "cli/record/kind.hpp"

namespace umsops::cli::record {

/// A record with all that belongs to it.
struct Shown {
  base::Row row;
  base::Value::List parts = {};        ///< for programs, in the order of the names
  base::Value::Object sentences = {};  ///< for people, by their headings
  base::Value::Object said = {};       ///< what people said or did, for people; see `Kind::first`
  std::vector<model::Event> history = {};
};

/// `show`: one record with its parts; several are a list, in JSON each with its parts, and with --history every change.
/// `find` gives the record of an id; `parts` names what a record has beside its fields.
int write_shown(Kind const& kind, Env& env, Call const& call, std::span<base::Field const> parts,
                std::function<Shown(std::string const& id)> const& find);

inline constexpr Flag kShowFlags[] = {{.name = "history", .doc = {"with every change", "同时显示全部修改"}}};

/// A part of a record beside its fields.
constexpr base::Field part(std::string_view name, std::string_view doc, std::string_view doc_zh,
                           std::string_view label_zh) {
  return {name, base::FieldType::list, {}, base::kComputed, doc, doc_zh, label_zh};
}

}  // namespace umsops::cli::record
