// SPDX-License-Identifier: Apache-2.0
#include "cli/record/export.hpp"

#include "cli/record/list.hpp"
#include "cli/signals.hpp"
#include "umsops/base/json.hpp"

namespace umsops::cli::record {

namespace {

using base::Value;
using Parts = std::function<Value::Object()>;

constexpr std::string_view kFormats[] = {"jsonl", "json", "csv"};

/// All that is known of a record, as `import` takes it back.
std::string whole(Kind const& kind, base::Row row, Parts const& parts) {
  Value value = record_of(kind.type().fields, std::move(row));
  for (auto& [name, part] : parts()) value.add(name, std::move(part));
  return base::to_json(value);
}

/// What runs for each record, between them a signal may end it.
WriteWhole writing(std::function<void(base::Row row, Parts const& parts)> write) {
  return [write = std::move(write)](base::Row row, Parts const& parts) {
    write(std::move(row), parts);
    signals::check();
    return true;
  };
}

std::int64_t write_lines(Kind const& kind, format::Sink& sink, query::Query const& query, EachWhole const& records) {
  auto const end = records(query, writing([&](base::Row row, Parts const& parts) {
                             sink.write(whole(kind, std::move(row), parts) + "\n");
                           }));
  return end.count;
}

std::int64_t write_json(Kind const& kind, format::Sink& sink, query::Query const& query, EachWhole const& records) {
  bool first = true;
  sink.write("{\"schema\":\"" + schema_of(kind, "shows") + "\",\"items\":[");
  auto const end = records(query, writing([&](base::Row row, Parts const& parts) {
                             sink.write((first ? "\n" : ",\n") + whole(kind, std::move(row), parts));
                             first = false;
                           }));
  sink.write("],\"count\":" + std::to_string(end.count) + ",\"truncated\":false,\"next\":null}\n");
  return end.count;
}

std::int64_t write_csv(Kind const& kind, Env& env, format::Sink& sink, query::Query const& query,
                       EachWhole const& records) {
  auto style = env.style(kind.number);
  style.format = format::Format::csv;
  auto writer = format::list_writer(sink, style, env.call().command->schema, kind.type().noun, kind.type().fields);
  auto const end = records(query, writing([&](base::Row const& row, Parts const&) { writer->row(row); }));
  writer->end({});
  return end.count;
}

std::int64_t write_all(Kind const& kind, Env& env, Call const& call, format::Sink& sink, EachWhole const& records) {
  auto const query = listing(kind, env, call);
  auto const output = call.on("json") ? "json" : call.text("output").value_or("jsonl");
  auto const format = call.text("format").value_or(output == "csv" || output == "json" ? output : "jsonl");
  if (format == "json") return write_json(kind, sink, query, records);
  return format == "csv" ? write_csv(kind, env, sink, query, records) : write_lines(kind, sink, query, records);
}

}  // namespace

std::span<std::string_view const> export_formats() { return kFormats; }

int write_export(Kind const& kind, Env& env, Call const& call, EachWhole const& records) {
  auto const path = call.text("output-file");
  if (!path || *path == "-") {
    write_all(kind, env, call, env.out(), records);
    return 0;
  }
  FileOutput file(*path);
  auto const count = write_all(kind, env, call, file, records);
  file.commit();
  env.hint(env.phrase(Phrase::exported, {{"count", std::to_string(count)}, {"file", *path}}));
  return 0;
}

}  // namespace umsops::cli::record
