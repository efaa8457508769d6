// SPDX-License-Identifier: Apache-2.0
#include "cli/record/export.hpp"

#include <optional>

#include "cli/progress.hpp"
#include "cli/record/list.hpp"
#include "cli/signals.hpp"
#include "cli/visible_output.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/progress.hpp"

namespace umsops::cli::record {

namespace {

using base::Value;
using Whole = std::function<Value()>;

constexpr std::string_view kFormats[] = {"jsonl", "json", "csv"};

/// What runs for each record, between them a signal may end it.
WriteWhole writing(std::function<void(base::Row row, Whole const& whole)> write) {
  return [write = std::move(write)](base::Row row, Whole const& whole) {
    write(std::move(row), whole);
    base::progressed();
    signals::check();
    return true;
  };
}

std::int64_t write_lines(format::Sink& sink, query::Query const& query, EachWhole const& records) {
  auto const end =
      records(query, writing([&](base::Row const&, Whole const& whole) { sink.write(base::to_json(whole()) + "\n"); }));
  return end.count;
}

std::int64_t write_json(Kind const& kind, format::Sink& sink, query::Query const& query, EachWhole const& records) {
  bool first = true;
  sink.write("{\"schema\":\"" + schema_of(kind, "shows") + "\",\"items\":[");
  auto const end = records(query, writing([&](base::Row const&, Whole const& whole) {
                             sink.write((first ? "\n" : ",\n") + base::to_json(whole()));
                             first = false;
                           }));
  sink.write("],\"count\":" + std::to_string(end.count) + ",\"truncated\":false,\"next\":null}\n");
  return end.count;
}

std::int64_t write_csv(Kind const& kind, Env& env, format::Sink& sink, query::Query const& query,
                       EachWhole const& records) {
  auto style = env.style(kind.number);
  style.format = format::Format::csv;
  style.csv_returns = true;
  auto writer = format::list_writer(sink, style, env.call().command->schema, kind.type().noun, kind.type().fields);
  auto const end = records(query, writing([&](base::Row const& row, Whole const&) { writer->row(row); }));
  writer->end({});
  return end.count;
}

std::int64_t write_all(Kind const& kind, Env& env, Call const& call, format::Sink& sink, EachWhole const& records) {
  auto query = listing(kind, env, call);
  // The oldest first: an import then gives records of one moment their places in the order that they had. A limit means
  // the newest.
  auto const created = kind.type().find("created_at");
  if (query.sort.empty() && !query.limit && created) query.sort = {{*created, false}};
  auto const output = call.on("json") ? "json" : call.text("output").value_or("jsonl");
  auto const format = call.text("format").value_or(output == "csv" || output == "json" ? output : "jsonl");
  if (format == "json") return write_json(kind, sink, query, records);
  return format == "csv" ? write_csv(kind, env, sink, query, records) : write_lines(sink, query, records);
}

}  // namespace

std::span<std::string_view const> export_formats() { return kFormats; }

int write_export(Kind const& kind, Env& env, Call const& call, EachWhole const& records) {
  auto const path = call.text("output-file");
  if (!path || *path == "-") {
    if (env.terminal().output) make_visible();
    std::optional<Progress> waiting;
    if (!env.terminal().output) waiting.emplace(env);
    write_all(kind, env, call, env.out(), records);
    return 0;
  }
  FileOutput file(*path);
  auto const count = [&] {
    Progress const waiting(env);
    return write_all(kind, env, call, file, records);
  }();
  file.commit();
  env.hint(env.phrase(Phrase::exported, {{"count", std::to_string(count)}, {"file", *path}}));
  return 0;
}

}  // namespace umsops::cli::record
