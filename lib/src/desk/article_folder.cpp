// SPDX-License-Identifier: Apache-2.0
// A folder of Markdown files and the desk, kept in step.
#include <map>
#include <set>

#include "desk/article_steps.hpp"
#include "store/articles.hpp"
#include "umsops/base/error.hpp"
#include "umsops/model/article_file.hpp"

namespace umsops::desk {
namespace {

using model::Article;

/// What the file says, over what the desk has besides.
Article overlaid(Article stored, Article const& said) {
  auto const& type = model::article_type();
  for (auto const name : model::file_fields()) {
    auto const field = type.require(name);
    model::set(stored, field, model::get(said, field));
  }
  return stored;
}

/// One import of a folder, inside a transaction.
class FolderImport {
 public:
  FolderImport(OpenDesk& desk, store::WriteTx& tx, std::string const& folder, std::vector<FolderFile> const& files,
               Prefer prefer, std::string const& reason)
      : desk_(desk), tx_(tx), folder_(folder + "/"), files_(files), prefer_(prefer), reason_(reason) {}

  std::vector<SyncStep> run() {
    tx_.take_turn();
    store::visit_articles(tx_.connection(), [&](std::int64_t, Article&& article) {
      by_number_.emplace(article.kb_number, article);
      if (article.file.starts_with(folder_)) here_.emplace(article.file.substr(folder_.size()), std::move(article));
    });
    for (auto const& file : files_) paths_.insert(file.path);
    for (auto const& [path, article] : here_) {
      if (!paths_.contains(path)) gone_.emplace(article.file_digest, path);
    }
    for (auto const& file : files_) {
      desk_.check_interrupted();
      take(file);
    }
    for (auto const& [path, article] : here_) {
      if (!paths_.contains(path) && !taken_.contains(article.id)) archive(path, article);
    }
    return std::move(steps_);
  }

 private:
  void take(FolderFile const& file) {
    auto const digest = model::file_digest(file.article);
    if (auto const known = here_.find(file.path); known != here_.end()) return compare(file, digest, known->second, "");
    if (auto const named = by_number_.find(file.article.kb_number); named != by_number_.end()) {
      if (is_elsewhere(named->second)) return name_elsewhere(file, digest, named->second);
      bool const moved = named->second.file.starts_with(folder_);
      return compare(file, digest, named->second, moved ? named->second.file.substr(folder_.size()) : "");
    }
    // The same text under another name, where the former one is gone: it was moved.
    if (auto const gone = gone_.find(digest); gone != gone_.end()) {
      auto const article = here_.at(gone->second);
      auto const path = gone->second;
      gone_.erase(gone);
      if (!taken_.contains(article.id)) return compare(file, digest, article, path);
    }
    create(file, digest);
  }

  bool is_elsewhere(Article const& article) const {
    return !article.file.empty() && !article.file.starts_with(folder_);
  }

  /// An article is in step with one folder: what another one says of it changes nothing.
  void name_elsewhere(FolderFile const& file, std::string const& digest, Article const& stored) {
    bool const same = model::file_digest(stored) == digest;
    steps_.push_back({same ? SyncAct::unchanged : SyncAct::conflict, file.path, stored.kb_number, {}});
  }

  void compare(FolderFile const& file, std::string const& digest, Article const& stored, std::string const& before) {
    if (!taken_.insert(stored.id).second)
      throw base::Error(base::errors::import_rejected,
                        {{"problem", file.path + ": another file is " + stored.kb_number + " already"}});
    auto const here = model::file_digest(stored);
    bool const file_changed = stored.file_digest != digest, desk_changed = stored.file_digest != here;
    SyncStep step{before.empty() ? SyncAct::unchanged : SyncAct::moved, file.path, stored.kb_number, before};
    // Without a time at which both agreed, the file counts: it was archived because the file had gone.
    bool const never = stored.file_digest.empty() && !stored.file.empty();
    bool const both = file_changed && desk_changed && digest != here && !never;
    if (digest == here) {
      remember(stored, file, digest);
    } else if ((both && prefer_ == Prefer::file) || (!both && file_changed)) {
      auto const done = store_step(desk_, tx_, stored, overlaid(stored, file.article), "imported", told_of(file.path));
      remember(done.article, file, digest);
      if (before.empty()) step.act = SyncAct::updated;
    } else if (both && prefer_ == Prefer::neither) {
      step.act = SyncAct::conflict;
    } else {
      step.act = SyncAct::newer_here;
    }
    steps_.push_back(std::move(step));
  }

  void create(FolderFile const& file, std::string const& digest) {
    Article article = overlaid(Article(), file.article);
    article.created_at = article.updated_at = desk_.now();
    article.created_by = article.updated_by = desk_.options().actor.name;
    article.id = desk_.ids().next_id(article.created_at);
    auto done = store_new_article(desk_, tx_, article, {}, told_of(file.path));
    remember(done.article, file, digest);
    steps_.push_back({SyncAct::created, file.path, done.article.kb_number, {}});
  }

  void archive(std::string const& path, Article const& stored) {
    if (stored.status == model::ArticleStatus::archived) return;
    // What was changed here since the folder had it is not thrown away with the file.
    bool const changed = model::file_digest(stored) != stored.file_digest;
    if (changed && prefer_ != Prefer::file) {
      steps_.push_back({prefer_ == Prefer::desk ? SyncAct::newer_here : SyncAct::conflict, path, stored.kb_number, {}});
      return;
    }
    Article after = stored;
    after.status = model::ArticleStatus::archived;
    auto done = store_step(desk_, tx_, stored, std::move(after), "archived", told_of(path) + " is gone");
    done.article.file_digest.clear();
    store::update_article_counts(tx_, done.article);
    steps_.push_back({SyncAct::archived, path, stored.kb_number, {}});
  }

  void remember(Article article, FolderFile const& file, std::string const& digest) {
    auto const name = folder_ + file.path;
    if (article.file == name && article.file_digest == digest && article.file_head == file.head) return;
    article.file = name;
    article.file_digest = digest;
    article.file_head = file.head;
    store::update_article_counts(tx_, article);
  }

  std::string told_of(std::string const& path) const { return reason_.empty() ? folder_ + path : reason_; }

  OpenDesk& desk_;
  store::WriteTx& tx_;
  std::string const folder_;
  std::vector<FolderFile> const& files_;
  Prefer prefer_;
  std::string const& reason_;
  std::map<std::string, Article> here_;           ///< by path
  std::map<std::string, Article> by_number_;      ///< all of them
  std::multimap<std::string, std::string> gone_;  ///< digests of files that are not there any more, their paths
  std::set<std::string> paths_, taken_;           ///< of files that are there; ids of articles that have theirs
  std::vector<SyncStep> steps_;
};

}  // namespace

std::string_view to_string(SyncAct act) {
  constexpr std::string_view kNames[] = {"created",   "updated",    "moved",   "archived",
                                         "unchanged", "newer_here", "conflict"};
  return kNames[static_cast<std::size_t>(act)];
}

std::vector<SyncStep> KnowledgeDesk::import_folder(std::string const& folder, std::vector<FolderFile> const& files,
                                                   Prefer prefer, ChangeOptions const& options) {
  return desk_.write([&](store::WriteTx& tx) {
    if (options.dry_run) tx.discard();
    return FolderImport(desk_, tx, folder, files, prefer, options.reason).run();
  });
}

void KnowledgeDesk::note_files(std::string const& folder, std::vector<WrittenFile> const& files) {
  if (files.empty()) return;
  desk_.write([&](store::WriteTx& tx) {
    tx.take_turn();
    for (auto const& [id, path, head] : files) {
      auto article = store::find_article_by_id(tx.connection(), id);
      if (!article) continue;
      article->file = folder + "/" + path;
      article->file_digest = model::file_digest(*article);
      article->file_head = head;
      store::update_article_counts(tx, *article);
    }
    return 0;
  });
}

}  // namespace umsops::desk
