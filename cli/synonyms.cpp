// SPDX-License-Identifier: Apache-2.0
#include "cli/synonyms.hpp"

#include <algorithm>
#include <span>

#include "umsops/base/text.hpp"

namespace umsops::cli {
namespace {

struct Synonym {
  std::string_view word, meant;
};

/// As gh, kubectl, git, apt and the desks of others call it.
constexpr Synonym kVerbs[] = {
    {"new", "create"},      {"add", "create"},     {"make", "create"},    {"open", "create"},
    {"file", "create"},     {"view", "show"},      {"get", "show"},       {"read", "show"},
    {"cat", "show"},        {"describe", "show"},  {"info", "show"},      {"edit", "update"},
    {"set", "update"},      {"modify", "update"},  {"change", "update"},  {"ls", "list"},
    {"find", "search"},     {"query", "search"},   {"find", "list"},      {"search", "list"},
    {"query", "list"},      {"comment", "note"},   {"annotate", "note"},  {"respond", "reply"},
    {"answer", "reply"},    {"take", "assign"},    {"give", "assign"},    {"delegate", "assign"},
    {"done", "resolve"},    {"finish", "resolve"}, {"fix", "resolve"},    {"complete", "resolve"},
    {"hold", "pend"},       {"snooze", "pend"},    {"suspend", "pend"},   {"log", "history"},
    {"delete", "close"},    {"rm", "close"},       {"remove", "close"},   {"acknowledge", "ack"},
    {"subscribe", "watch"}, {"verify", "check"},   {"validate", "check"}, {"load", "import"},
    {"dump", "export"},
};
constexpr Synonym kFlags[] = {
    {"--message", "--body"},
    {"--description", "--body"},
    {"--desc", "--body"},
    {"--text", "--body"},
    {"--comment", "--body"},
    {"--content", "--body"},
    {"-m", "--body"},
    {"-d", "--body"},
    {"--message", "--comment"},
    {"--message", "--reason"},
    {"-m", "--reason"},
    {"--summary", "--title"},
    {"--subject", "--title"},
    {"--name", "--title"},
    {"-s", "--title"},
    {"--owner", "--assignee"},
    {"--owner", "--to"},
    {"--assigned-to", "--assignee"},
    {"--assigned-to", "--to"},
    {"--assignee", "--to"},
    {"-a", "--assignee"},
    {"--user", "--requester"},
    {"--reporter", "--requester"},
    {"--from", "--requester"},
    {"--queue", "--team"},
    {"--group", "--team"},
    {"--type", "--category"},
    {"--prio", "--priority"},
    {"--sev", "--severity"},
    {"--filter", "--where"},
    {"--query", "--where"},
    {"--state", "--status"},
    {"--file", "--body-file"},
    {"--format", "--output"},
    {"--json", "--output"},
    {"--columns", "--fields"},
    {"--order-by", "--sort"},
    {"--max", "--limit"},
    {"--count", "--limit"},
    {"--database", "--db"},
    {"--force", "--yes"},
    {"--resolution", "--body"},
    {"--solution", "--resolution"},
};

template <class Known>
std::string meant(std::string_view word, std::span<Synonym const> synonyms, Known const& known) {
  for (auto const& one : synonyms) {
    if (one.word == word && std::find(known.begin(), known.end(), one.meant) != known.end())
      return std::string(one.meant);
  }
  return base::nearest(word, known);
}

}  // namespace

std::string meant_verb(std::string_view word, std::vector<std::string_view> const& known) {
  return meant(word, kVerbs, known);
}

std::string meant_flag(std::string_view word, std::vector<std::string> const& known) {
  return meant(word, kFlags, known);
}

}  // namespace umsops::cli
