// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/completion/offers.hpp"
#include "cli/env.hpp"
#include "cli/findings.hpp"
#include "cli/progress.hpp"
#include "cli/store_name.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/report_desk.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kMigrationFields[] = {
    {"version", FieldType::integer, {}, kShown, "Number of the schema", "模式编号", "版本"},
    {"name", FieldType::text, {}, kShown, "What it brought", "名称", "名称"},
    {"applied_at", FieldType::time, {}, kShown, "When it was applied", "应用时间", "应用时间"},
};

constexpr Field kStatusFields[] = {
    {"path", FieldType::text, {}, kShown, "The file, or the server's address", "文件或服务器地址", "位置"},
    {"store_id", FieldType::text, {}, kShown, "Its id", "编号", "编号"},
    {"engine", FieldType::text, {}, kShown, "Engine", "引擎", "引擎"},
    {"engine_version", FieldType::text, {}, kShown, "Version of the engine", "引擎版本", "引擎版本"},
    {"schema_version", FieldType::integer, {}, kShown, "Schema that it has", "现有模式", "模式"},
    {"schema_needed", FieldType::integer, {}, kShown, "Schema that this program needs", "所需模式", "所需模式"},
    {"tickets", FieldType::integer, {}, kShown, "Tickets", "工单数", "工单"},
    {"events", FieldType::integer, {}, kShown, "Entries of the history", "历史条数", "历史"},
    {"outbox_waiting", FieldType::integer, {}, kShown, "Messages not sent yet", "待发消息", "待发消息"},
    {"bytes", FieldType::integer, {}, kShown, "Size of the file", "文件大小", "字节"},
    {"log_bytes", FieldType::integer, {}, kShown, "Size of the write-ahead log", "预写日志大小", "日志字节"},
};

/// A sentence for people, a document for programs, nothing for -q.
void answer(Env& env, std::string const& sentence, Value document) {
  if (env.human()) {
    env.out().write(base::terminal_text(sentence, base::TextShape::line) + "\n");
  } else if (auto const style = env.style("path"); style.format != format::Format::id) {
    format::write_document(env.out(), style, document);
  }
}

int run_init(Env& env, Call const&) {
  bool const made = env.desk().store().init();
  std::string const path = store_name(env);
  env.out().told().stored(path, made);
  answer(env, env.phrase(made ? Phrase::store_made : Phrase::store_there, {{"path", path}}),
         Value::Object{{"schema", "umsops.db.init/v1"}, {"result", made ? "created" : "unchanged"}, {"path", path}});
  return 0;
}

int run_migrate(Env& env, Call const&) {
  Progress const waiting(env);
  auto const applied = env.desk().store().migrate(env.dry_run());
  for (auto const& migration : applied) {
    if (!env.dry_run()) env.out().told().stored(migration.name);
  }
  if (env.human()) {
    for (auto const& migration : applied) {
      env.out().write(
          env.phrase(Phrase::migrated, {{"version", std::to_string(migration.version)}, {"name", migration.name}}) +
          "\n");
    }
    if (applied.empty()) env.out().write(env.phrase(Phrase::up_to_date) + "\n");
    if (env.dry_run()) env.tell(env.phrase(Phrase::dry_run));
    return 0;
  }
  auto writer =
      format::list_writer(env.out(), env.style("version"), "umsops.db.migrate/v1", "migration", kMigrationFields);
  for (auto const& migration : applied) {
    writer->row({migration.version, migration.name, migration.applied_at ? Value(*migration.applied_at) : Value()});
  }
  writer->end({false, {}, {{"dry_run", env.dry_run()}}});
  return 0;
}

int run_status(Env& env, Call const&) {
  auto const status = env.desk().store().status();
  format::write_record(
      env.out(), env.style("path"), "umsops.db.status/v1", "store", kStatusFields,
      {status.path, status.store_id, status.engine, status.engine_version, status.schema_version, status.schema_needed,
       status.tickets, status.events, status.outbox_waiting, status.bytes, status.log_bytes});
  return 0;
}

int run_backup(Env& env, Call const& call) {
  std::string const& target = call.words[0];
  Progress const waiting(env);
  std::string const hash = env.desk().store().backup(target);
  env.out().told().stored(target);
  answer(env, env.phrase(Phrase::backup_made, {{"path", target}, {"hash", hash}}),
         Value::Object{{"schema", "umsops.db.backup/v1"}, {"path", target}, {"sha256", hash}});
  return 0;
}

int run_check(Env& env, Call const& call) {
  // Index and counts are made of the records, so nothing is lost by making them anew; all else needs a backup.
  Progress const waiting(env);
  if (call.on("repair") && !env.dry_run()) {
    if (!env.desk().knowledge().check_index().empty()) env.desk().knowledge().rebuild_index();
    env.desk().reports().repair_counts();
  }
  auto const findings = env.desk().store().check();
  if (env.human() && !findings.empty()) {
    env.out().write(findings_text(env, findings));
  } else {
    Value::Object document{{"schema", "umsops.db.check/v1"}, {"ok", findings.empty()}};
    add_findings(document, findings);
    answer(env, env.phrase(Phrase::store_sound), std::move(document));
  }
  if (findings.empty()) return 0;
  env.out().flush();
  auto const& first = findings.told[0];
  throw base::Error(base::errors::store_damaged, {{"problem", first.what + " " + first.record + ": " + first.problem}});
}

int run_copy(Env& env, Call const& call) {
  for (auto const& store : call.words) env.reach(store);
  std::string const from = with_secret(env, call.words[0]), to = with_secret(env, call.words[1]);
  Progress const waiting(env);
  auto const copy = env.desk().store().copy(from, to, [&](std::int64_t rows) { env.out().told().count(rows); });
  std::string const shown = base::shown_store(to);
  env.out().told().stored(shown, false);
  answer(
      env,
      env.phrase(Phrase::copy_made,
                 {{"path", shown}, {"tickets", std::to_string(copy.tickets)}, {"events", std::to_string(copy.events)}}),
      Value::Object{{"schema", "umsops.db.copy/v1"},
                    {"from", base::shown_store(from)},
                    {"path", shown},
                    {"store_id", copy.store_id},
                    {"tickets", copy.tickets},
                    {"events", copy.events},
                    {"rows", copy.rows},
                    {"resumed", copy.resumed},
                    {"head", Value::Object{{"seq", copy.head.seq}, {"hash", copy.head.hash}}}});
  return 0;
}

Value restored_value(std::string const& backup, std::string const& path, desk::Restored const& done, bool dry_run) {
  return Value::Object{{"schema", "umsops.db.restore/v1"},
                       {"result", done.replaced ? "restored" : "created"},
                       {"path", path},
                       {"from", backup},
                       {"store_id", done.store_id},
                       {"tickets", done.tickets},
                       {"events", done.events},
                       {"head", Value::Object{{"seq", done.head.seq}, {"hash", done.head.hash}}},
                       {"kept", done.kept.empty() ? Value() : Value(done.kept)},
                       {"lost_events", done.lost ? Value(*done.lost) : Value()},
                       {"dry_run", dry_run}};
}

void tell_restored(Env& env, std::string const& backup, std::string const& path, desk::Restored const& done) {
  auto const line = [&](Phrase phrase, Fill const& fill) {
    env.out().write(base::terminal_text(env.phrase(phrase, fill), base::TextShape::line) + "\n");
  };
  line(done.replaced ? Phrase::restored : Phrase::restored_new, {{"path", path},
                                                                 {"backup", backup},
                                                                 {"tickets", std::to_string(done.tickets)},
                                                                 {"events", std::to_string(done.events)}});
  if (!done.kept.empty()) line(Phrase::restored_kept, {{"kept", done.kept}});
  if (done.lost.value_or(0) > 0) line(Phrase::restored_lost, {{"count", std::to_string(*done.lost)}});
  if (env.dry_run()) env.tell(env.phrase(Phrase::dry_run));
}

int run_restore(Env& env, Call const& call) {
  std::string const& backup = call.words[0];
  std::string const store = call.words.size() > 1 ? call.words[1] : store_address(env);
  Progress const waiting(env);
  auto const done = env.desk().store().restore({backup, store, call.on("force"), call.on("yes"), env.dry_run()});
  std::string const path = base::shown_store(store);
  if (!env.dry_run()) env.out().told().stored(path);
  if (env.human()) {
    tell_restored(env, backup, path, done);
  } else {
    answer(env, {}, restored_value(backup, path, done, env.dry_run()));
  }
  return 0;
}

constexpr Argument kFromTo[] = {
    {"FROM", {"the desk's file, or its server's address", "原数据文件或服务器地址"}, true, false, offer::files},
    {"TO",
     {"the new desk's; must be empty, or an unfinished copy of FROM", "新位置；须为空，或为 FROM 的未完成副本"},
     true,
     false,
     offer::files},
};
constexpr Argument kTarget[] = {
    {"FILE", {"the new file; it must not exist", "新文件；不得已存在"}, true, false, offer::files}};
constexpr Example kInitExamples[] = {
    {"umsops db init", {"the store of the settings", "创建设置中的数据文件"}},
    {"umsops --db team.db db init -o json | jq -r .result", {"created, or unchanged", "created 或 unchanged"}},
};
constexpr Example kMigrateExamples[] = {
    {"umsops db migrate", {"after an upgrade of the program", "程序升级之后"}},
    {"umsops db migrate -n -o json | jq '.items | length'", {"how many steps wait", "有多少步待执行"}},
};
constexpr Example kStatusExamples[] = {
    {"umsops db status", {"what the store is", "数据文件的状态"}},
    {"umsops db status -o json | jq '.schema_version == .schema_needed'", {"for a health check", "用于健康检查"}},
};
constexpr Example kBackupExamples[] = {
    {"umsops db backup \"desk-$(date +%F).db\"", {"for cron", "用于 cron"}},
    {"umsops db backup copy.db -o json | jq -r .sha256", {"with its hash", "同时得到哈希"}},
};
constexpr Flag kCheckFlags[] = {{.name = "repair",
                                 .doc = {"first make the search index and the counts by day anew where they are wrong",
                                         "先重建有误的搜索索引和按日计数"}}};
constexpr Example kCheckExamples[] = {
    {"umsops db check", {"exit 12 if it is damaged", "损坏时退出码为 12"}},
    {"umsops db check -o json | jq .ok", {"for a program", "供程序使用"}},
};
constexpr Example kCopyExamples[] = {
    {"umsops db copy desk.db copy.db",
     {"TO can also be postgresql://admin@db.example/desk", "TO 也可以是 postgresql://admin@db.example/desk"}},
    {"umsops db copy desk.db \"desk-$(date +%F).db\" -o json | jq -r .head.hash",
     {"the end of its history", "历史的末端"}},
};
constexpr Argument kBackupAndStore[] = {
    {"BACKUP",
     {"a file made by db backup or db copy", "由 db backup 或 db copy 生成的文件"},
     true,
     false,
     offer::files},
    {"STORE",
     {"the store that it replaces; without it, that of the settings", "要替换的数据文件；省略时为设置中的数据文件"},
     false,
     false,
     offer::files},
};
constexpr Flag kRestoreFlags[] = {
    {.name = "force", .doc = {"also over the store of another desk", "即使目标属于另一套数据也替换"}}};
constexpr Example kRestoreExamples[] = {
    {"umsops db restore backup.db -n",
     {"checks the backup, and says what would be lost", "检查备份，并说明会丢失什么"}},
    {"umsops db restore backup.db --yes", {"also when the store has later entries", "即使数据文件中有更晚的记录"}},
    {"umsops db restore backup.db -y -o json | jq -r .kept", {"where the former store is now", "原数据文件的新位置"}},
};
constexpr int kExits[] = {4, 7, 8, 9, 11, 12};
constexpr int kRestoreExits[] = {2, 4, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kDbInit{
    .path = "db init",
    .summary = {"make the store", "创建数据文件"},
    .description =
        {"Creates the store with mode 0600. An existing store stays unchanged.\n\nThere are no rights inside of a "
         "file: "
         "whoever may read it reads all of it, and whoever may write it can do everything. On PostgreSQL roles divide "
         "them, see 'umsops generate roles --help'.",
         "创建数据文件，权限为 "
         "0600。已存在的保持不变。\n\n文件内部没有权限之分：能读取文件者可读取全部内容，能写入文件者"
         "可做任何事。使用 PostgreSQL 时可按角色区分，见 umsops generate roles --help。"},
    .examples = kInitExamples,
    .exits = kExits,
    .schema = "umsops.db.init/v1",
    .changes = true,
    .run = run_init,
};
constinit Command const kDbMigrate{
    .path = "db migrate",
    .summary = {"update the store to this program's schema", "将数据文件升级到本程序的模式"},
    .description =
        {"Makes a backup beside the store, then applies the missing schema changes, each in one transaction.",
         "先在旁边备份，再逐个应用缺少的模式变更；每个变更为一个事务。"},
    .examples = kMigrateExamples,
    .exits = kExits,
    .schema = "umsops.db.migrate/v1",
    .changes = true,
    .run = run_migrate,
};
constinit Command const kDbStatus{
    .path = "db status",
    .summary = {"show what the store contains", "显示数据文件的状态"},
    .description = {"Shows path, schema, counts and sizes.", "显示路径、模式、数量和大小。"},
    .examples = kStatusExamples,
    .exits = kExits,
    .schema = "umsops.db.status/v1",
    .run = run_status,
};
constinit Command const kDbBackup{
    .path = "db backup",
    .summary = {"copy the whole store to a file", "备份整个数据文件"},
    .description = {"Copies the store while others keep working, verifies the copy and prints its SHA-256. Do not copy "
                    "the file with cp: the content of the write-ahead log would be missing.",
                    "在他人继续工作时复制数据文件，校验副本并输出其 SHA-256。切勿用 cp 复制：预写日志中的内容会丢失。"},
    .arguments = kTarget,
    .examples = kBackupExamples,
    .exits = kExits,
    .schema = "umsops.db.backup/v1",
    .run = run_backup,
};
constinit Command const kDbRestore{
    .path = "db restore",
    .summary = {"put a backup in the place of the store", "用备份替换数据文件"},
    .description =
        {"Checks the backup as 'db check' does, waits for its turn, keeps the former store beside it as "
         "STORE.replaced-TIME, and makes the store what the backup is, whole or not at all. Others may be at work: "
         "readers see the one or the other, waiting writers go on in the restored store, and a command that had stored "
         "something before ends with exit 7. A store with entries that the backup lacks is replaced only with --yes, "
         "that of another desk only with --force. A damaged store is replaced as well; an absent one is made. Do not "
         "put a file in the place of the store by hand: the write-ahead log of the former one would be taken for its "
         "own. On a PostgreSQL server, use 'db copy' into an empty schema, or pg_restore.",
         "像 db check 一样检查备份，排队等待，将原数据文件保留为 "
         "STORE.replaced-时间，再整体换成备份的内容；要么完成，要么"
         "不变。他人可继续工作：读取者看到其中之一，等待的写入者在恢复后的数据中继续，此前已保存过内容的命令以退出码 7 "
         "结束。若数据文件含有备份所没有的记录，须加 --yes；若属于另一套数据，须加 "
         "--force。损坏的数据文件同样可以替换；不"
         "存在时则创建。切勿手工替换数据文件：原有的预写日志会被当作新文件的日志。PostgreSQL 服务器请用 db copy "
         "复制到空模式，或用 pg_restore。"},
    .arguments = kBackupAndStore,
    .flags = kRestoreFlags,
    .examples = kRestoreExamples,
    .exits = kRestoreExits,
    .schema = "umsops.db.restore/v1",
    .changes = true,
    .run = run_restore,
};
constinit Command const kDbCopy{
    .path = "db copy",
    .summary = {"copy a desk to another place or engine", "将数据复制到其他位置或引擎"},
    .description =
        {"Copies every row with its hash, including numbers, keys, history and outbox, and verifies the copy: its "
         "history ends in the same head. Works between files and servers in any direction. Run the same command again "
         "to continue an interrupted copy, as long as the source has not changed.",
         "连同哈希逐行复制全部数据，包括编号、键、历史和待发消息，并完整校验副本：历史的末端相同。支持文件与服务器之间"
         "双向复制。中断后再次运行同一命令即可继续，前提是源数据未变。"},
    .arguments = kFromTo,
    .examples = kCopyExamples,
    .exits = kExits,
    .schema = "umsops.db.copy/v1",
    .changes = true,
    .run = run_copy,
};
constinit Command const kDbCheck{
    .path = "db check",
    .summary = {"check the store for damage", "检查数据文件是否损坏"},
    .description =
        {"Checks structure, indexes, the hash of every row, the chain of the history, and the search index against the "
         "texts.",
         "检查结构、索引、每行的哈希和历史链，并核对搜索索引与正文。"},
    .flags = kCheckFlags,
    .examples = kCheckExamples,
    .exits = kExits,
    .schema = "umsops.db.check/v1",
    .run = run_check,
};

}  // namespace umsops::cli
