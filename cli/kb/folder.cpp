// SPDX-License-Identifier: Apache-2.0
#include "cli/kb/folder.hpp"

#include <algorithm>

#include "cli/kb/kb.hpp"
#include "cli/outcome.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/article_files.hpp"
#include "umsops/model/article_file.hpp"

namespace umsops::cli::kb {

namespace {

using base::Field;
using base::FieldType;
using desk::SyncAct;
using model::Article;

constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr std::string_view kSchema = "umsops.kb.sync/v1";

constexpr Field kFields[] = {
    {"act", FieldType::text, {}, kShown, "What became of it", "结果", "结果"},
    {"path", FieldType::text, {}, kShown, "The file, within the folder", "文件在文件夹中的路径", "文件"},
    {"kb_number", FieldType::text, {}, kShown, "Its article", "条目编号", "编号"},
    {"before", FieldType::text, {}, kShown, "Of what was moved: its former path", "移动之前的路径", "原路径"},
};

std::string folder_of(Call const& call) { return call.text("folder").value_or(folder_name(call.words[0])); }

desk::Prefer prefer_of(Call const& call) {
  auto const side = call.text("prefer").value_or("");
  return side == "file" ? desk::Prefer::file : side == "desk" ? desk::Prefer::desk : desk::Prefer::neither;
}

/// People are told of what is not as it was; programs of everything.
int write_steps(Env& env, std::vector<desk::SyncStep> const& steps) {
  auto const count = [&](SyncAct act) {
    return std::count_if(steps.begin(), steps.end(), [&](auto const& step) { return step.act == act; });
  };
  auto const style = env.style("kb_number");
  auto writer = format::list_writer(env.out(), style, kSchema, "file", kFields);
  for (auto const& step : steps) {
    if (env.human() && step.act == SyncAct::unchanged) continue;
    writer->row(
        {desk::to_string(step.act), step.path, base::text_or_null(step.kb_number), base::text_or_null(step.before)});
  }
  base::Value::Object further{{"dry_run", env.dry_run()}};
  for (auto const act : {SyncAct::created, SyncAct::updated, SyncAct::moved, SyncAct::archived, SyncAct::unchanged,
                         SyncAct::newer_here, SyncAct::conflict})
    further.emplace_back(desk::to_string(act), std::int64_t{count(act)});
  writer->end({false, {}, std::move(further)});
  env.out().flush();
  if (env.human() && !env.quiet()) {
    auto const text = [&](SyncAct act) { return std::to_string(count(act)); };
    env.tell(env.phrase(Phrase::sync_summary, {{"created", text(SyncAct::created)},
                                               {"updated", text(SyncAct::updated)},
                                               {"moved", text(SyncAct::moved)},
                                               {"archived", text(SyncAct::archived)},
                                               {"unchanged", text(SyncAct::unchanged)},
                                               {"newer", text(SyncAct::newer_here)},
                                               {"conflicts", text(SyncAct::conflict)}}));
    if (env.dry_run()) env.tell(env.phrase(Phrase::dry_run));
  }
  auto const conflicts = count(SyncAct::conflict);
  if (conflicts == 0) return 0;
  for (auto const& step : steps) {
    if (step.act == SyncAct::conflict)
      env.remark(env.phrase(Phrase::sync_conflict, {{"path", step.path}, {"number", step.kb_number}}));
  }
  throw some_failed(conflicts, static_cast<std::int64_t>(steps.size()));
}

/// Where a folder keeps the article; one that no folder has is called by its number.
std::string path_of(Article const& article, std::string const& folder) {
  bool const here = article.file.starts_with(folder + "/");
  return here ? article.file.substr(folder.size() + 1) : article.kb_number + ".md";
}

/// The front matter as the folder had it, where that still says what the article says.
std::string head_of(Article const& article, bool has_file) {
  auto const body = model::file_body(article);
  try {
    if (!article.file_head.empty() &&
        model::file_digest(config::read_article_text(article.file_head + body, "-").article) ==
            model::file_digest(article))
      return article.file_head;
  } catch (base::Error const&) {
    // What was written by another program may be no front matter of ours any more.
  }
  return model::file_head(article, !has_file);
}

/// One article into its file.
desk::SyncStep write_one(Env& env, Call const& call, Article const& article, std::string const& folder,
                         std::vector<desk::KnowledgeDesk::WrittenFile>& written) {
  std::string const &directory = call.words[0], path = path_of(article, folder);
  desk::SyncStep step{SyncAct::created, path, article.kb_number, {}};
  bool const has_file = article.file.starts_with(folder + "/");
  bool const elsewhere = !has_file && !article.file.empty();  // in step with another folder, and a copy here
  auto const prefer = prefer_of(call);
  std::string head = elsewhere ? model::file_head(article, true) : head_of(article, has_file);
  auto const here = model::file_digest(article);
  if (is_taken(directory, path)) {
    auto const file = read_folder_file(directory, path);
    auto const there = file ? model::file_digest(file->article) : std::string();
    if (there == here) {
      step.act = SyncAct::unchanged;
      if (!elsewhere && (article.file_digest != here || article.file_head != file->head || !has_file))
        written.push_back({article.id, path, file->head});
      return step;
    }
    bool const file_changed = elsewhere || article.file_digest != there;
    bool const desk_changed = elsewhere || article.file_digest != here;
    if (file_changed && prefer != desk::Prefer::desk) {
      step.act = desk_changed && prefer == desk::Prefer::neither ? SyncAct::conflict : SyncAct::newer_here;
      return step;
    }
    step.act = SyncAct::updated;
  }
  if (!env.dry_run()) write_folder_file(directory, path, head + model::file_body(article));
  if (!elsewhere) written.push_back({article.id, path, std::move(head)});
  return step;
}

}  // namespace

int import_folder(Env& env, Call const& call) {
  (void)env.style("kb_number");
  auto const files = read_folder(call.words[0]);
  auto change = desk::ChangeOptions{};
  change.dry_run = env.dry_run();
  change.reason = call.text("reason").value_or("");
  auto const steps = env.desk().knowledge().import_folder(folder_of(call), files, prefer_of(call), change);
  if (!env.dry_run()) {
    auto const changed = std::count_if(steps.begin(), steps.end(), [](auto const& step) {
      return step.act != SyncAct::unchanged && step.act != SyncAct::newer_here && step.act != SyncAct::conflict;
    });
    env.out().told().count(changed);
  }
  return write_steps(env, steps);
}

int export_folder(Env& env, Call const& call, query::Query const& query) {
  (void)env.style("kb_number");
  auto const folder = folder_of(call);
  std::vector<Article> articles;
  env.desk().knowledge().list(query, [&](Article const& article) {
    bool const here = article.file.starts_with(folder + "/");
    // One that is archived is in no folder, but stays in the one that has it, and says so there.
    if (article.status != model::ArticleStatus::archived || here) articles.push_back(article);
    return true;
  });
  std::vector<desk::SyncStep> steps;
  std::vector<desk::KnowledgeDesk::WrittenFile> written;
  for (auto const& article : articles) steps.push_back(write_one(env, call, article, folder, written));
  std::sort(steps.begin(), steps.end(), [](auto const& a, auto const& b) { return a.path < b.path; });
  if (!env.dry_run()) env.desk().knowledge().note_files(folder, written);
  return write_steps(env, steps);
}

}  // namespace umsops::cli::kb
