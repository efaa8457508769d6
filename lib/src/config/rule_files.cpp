// SPDX-License-Identifier: Apache-2.0
#include "config/rule_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <unordered_map>

#include "umsops/config/rule_files.hpp"

namespace umsops::config {
namespace {

using rules::RuleSource;
using rules::Target;

ReadFile const& plain_read() {
  static ReadFile const read = [](std::string const& path, std::size_t limit) { return read_file(path, limit); };
  return read;
}

/// Appends entries that are not there yet: the first file wins.
template <class Said>
void append_unsaid(std::vector<Said>& to, std::vector<Said> const& from) {
  for (auto const& entry : from) {
    if (std::none_of(to.begin(), to.end(), [&](auto const& said) { return said.first == entry.first; })) {
      to.push_back(entry);
    }
  }
}

template <class Item>
void append(std::vector<Item>& to, std::vector<Item>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// Ids are unique over all files: decisions name their rule by id.
template <class Item>
void refuse_shared_ids(std::vector<Item> const& items, std::string_view what, Problems& problems) {
  std::unordered_map<std::string_view, Item const*> seen;
  for (auto const& item : items) {
    auto const [first, fresh] = seen.emplace(item.id, &item);
    if (fresh || item.id.empty() || first->second->file == item.file) continue;
    problems.add({item.file, item.line, 0},
                 fmt::format("{} {} occurs twice, first at {}:{}", what, echo(item.id), first->second->file,
                             first->second->line),
                 "give each its own id");
  }
}

void join(RuleSource& to, RuleSource&& from) {
  append(to.rules, std::move(from.rules));
  append(to.mappings, std::move(from.mappings));
  append(to.cases, std::move(from.cases));
  append_unsaid(to.decide, from.decide);
  append_unsaid(to.defaults, from.defaults);
  append_unsaid(to.without_text, from.without_text);
}

template <class Item>
void drop_replaced(std::vector<Item>& theirs, std::vector<Item> const& own) {
  std::erase_if(theirs, [&](Item const& item) {
    return std::any_of(own.begin(), own.end(), [&](Item const& mine) { return mine.id == item.id; });
  });
}

RuleFile read_one(Target const& target, std::string const& file, ReadFile const& read, Problems& problems) {
  RuleFile out;
  problems.guard([&] { out = read_rule_text(target, read(file, kRuleLimits.bytes), file, read, problems); });
  return out;
}

RuleFile read_builtin(Target const& target, Problems& problems) {
  return read_rule_text(target, builtin_rules_text(target), builtin_rules_name(target), plain_read(), problems);
}

RuleSource finish(RuleSource source, bool uses_builtin, Problems& problems) {
  refuse_shared_ids(source.rules, "rule", problems);
  refuse_shared_ids(source.mappings, "mapping", problems);
  if (uses_builtin) join_builtin(source, problems);
  return source;
}

}  // namespace

void join_builtin(RuleSource& own, Problems& problems) {
  RuleFile theirs = read_builtin(*own.target, problems);
  drop_replaced(theirs.source.rules, own.rules);
  drop_replaced(theirs.source.mappings, own.mappings);
  theirs.source.cases.clear();  // They describe the built-in rules alone.
  join(own, std::move(theirs.source));
}

RuleSource join_rule_files(Target const& target, std::vector<std::string> const& files, ReadFile const& read,
                           Problems& problems) {
  RuleSource source;
  source.target = &target;
  bool uses_builtin = false, any = !has_builtin(target);
  for (auto const& file : files) {
    RuleFile one = read_one(target, file, read, problems);
    if (!one.ours) continue;
    any = true;
    uses_builtin = uses_builtin || one.uses_builtin;
    join(source, std::move(one.source));
  }
  return any ? finish(std::move(source), uses_builtin, problems) : read_builtin(target, problems).source;
}

std::vector<NounFiles> by_noun(std::vector<std::string> const& files) {
  std::vector<NounFiles> out;
  for (auto const* target : rules::targets()) out.push_back({target, {}});
  Problems problems(base::errors::rules_invalid);
  for (auto const& file : files) {
    problems.guard([&] {
      Node const root =
          parse_yaml(read_file(file, kRuleLimits.bytes), file, kRuleLimits, {"rules", [](Node const&, Node const&) {}});
      std::string const noun = noun_of(root);
      for (auto& one : out) {
        if (one.target->type.noun == noun) one.files.push_back(file);
      }
    });
  }
  problems.raise();
  return out;
}

RuleSource read_rules(std::vector<std::string> const& files, Target const& target) {
  Problems problems(base::errors::rules_invalid);
  RuleSource source = join_rule_files(target, files, plain_read(), problems);
  problems.raise();
  return source;
}

RuleSource read_rules_text(std::string_view text, std::string_view file, Target const& target) {
  Problems problems(base::errors::rules_invalid);
  RuleFile one = read_rule_text(target, text, std::string(file), plain_read(), problems);
  if (!one.ours) problems.add({std::string(file), 1, 0}, fmt::format("these rules are not for {}", target.type.noun));
  RuleSource source = finish(std::move(one.source), one.uses_builtin, problems);
  problems.raise();
  return source;
}

std::vector<rules::TestCase> read_rule_cases(std::string const& file, Target const& target) {
  Problems problems(base::errors::rules_invalid);
  RuleFile one = read_one(target, file, plain_read(), problems);
  problems.raise();
  return std::move(one.source.cases);
}

rules::RuleSet load_rules_with(std::vector<std::string> const& files, std::string const& cache_directory,
                               Target const& target, ReadFile const& read, std::int64_t settle) {
  if (files.empty() && has_builtin(target)) return builtin_rules(target);
  std::vector<std::string> absolute;
  for (auto const& file : files) absolute.push_back(std::filesystem::absolute(file).lexically_normal().string());
  std::string const path = rule_cache_path(cache_directory, absolute, target);
  if (auto kept = load_rule_cache(path, target)) return std::move(*kept);

  RuleCacheEntry entry(path, settle);
  ReadFile const noted = [&](std::string const& file, std::size_t limit) {
    entry.about_to_read(file);
    return read(file, limit);
  };
  Problems problems(base::errors::rules_invalid);
  RuleSource const source = join_rule_files(target, files, noted, problems);
  problems.raise();
  rules::RuleSet set = rules::RuleSet::compile(source);
  entry.keep(set.image());
  return set;
}

rules::RuleSet load_rules(std::vector<std::string> const& files, std::string const& cache_directory,
                          Target const& target) {
  return load_rules_with(files, cache_directory, target, plain_read());
}

}  // namespace umsops::config
