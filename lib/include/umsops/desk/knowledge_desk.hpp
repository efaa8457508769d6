// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "umsops/desk/record_desk.hpp"
#include "umsops/model/article.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/feedback.hpp"
#include "umsops/query/query.hpp"
#include "umsops/search/search.hpp"

namespace umsops::desk {

class OpenDesk;

/// What a caller says of a new article.
struct NewArticle {
  Sets sets;                    ///< by field index of `model::article_type()`
  std::string key;              ///< the same key and content give the same article
  std::optional<bool> publish;  ///< none: an FAQ is PUBLISHED, anything else a DRAFT
};

struct ArticleResult {
  model::Article article;
  Result result = Result::created;
  bool dry_run = false;
  std::vector<std::string> warnings;
};
using ArticleOutcome = Outcome<ArticleResult>;

/// An article with what `show` tells of it.
struct WholeArticle {
  model::Article article;
  std::vector<model::Feedback> feedback;
  std::vector<model::Event> history;
};

/// What became of an article for a ticket or an incident.
struct Use {
  std::string ticket, incident;  ///< one of them, as the caller typed it
  bool worked = false;
};

/// A revision's title and text, for a comparison.
struct Revision {
  std::int64_t rev = 0;
  model::TimePoint at{};
  std::string author, title, content;
};
struct RevisionPair {
  model::Article article;
  Revision before, after;
};

struct KnowledgeQuery {
  std::string text;
  query::Filter filter;  ///< of fields that are in the index, joined by `and`; without `status`: PUBLISHED ones
  std::size_t limit = 10;
  bool public_only = false;
  bool explain = false;
};
struct KnowledgeHit {
  model::Article article;
  search::Hit hit;
};
struct KnowledgeFound {
  std::vector<KnowledgeHit> hits;
  std::uint64_t full_matches = 0;  ///< articles that have all that was asked for
  bool counted = true;             ///< false: they were not counted, because words in quotes stand in the query
  double confidence = 0;           ///< 0 to 1: how sure it is that the first hit is an answer to a question
};

/// What was looked for in vain, and what to do about it.
struct Miss {
  std::string query;
  std::int64_t asked = 0;
  model::TimePoint first_at{}, last_at{};
  std::string nearest;    ///< number of the article that comes nearest by now; empty: none does
  bool answered = false;  ///< the nearest one answers it by now
};

/// A file of a folder, read.
struct FolderFile {
  std::string path;        ///< within the folder: `mfa/lost-phone.md`
  model::Article article;  ///< what it says: the fields of `model::file_fields()`, and the number if it has one
  std::string head;        ///< its front matter, as it is written
};

/// What becomes of a file and its article.
enum class SyncAct { created, updated, moved, archived, unchanged, newer_here, conflict };
std::string_view to_string(SyncAct act);
struct SyncStep {
  SyncAct act = SyncAct::unchanged;
  std::string path, kb_number;
  std::string before;  ///< of what was moved: the former path
};

/// Who is right where file and desk have both changed: nobody, which is a conflict, or one of them.
enum class Prefer { neither, file, desk };

struct IndexStatus {
  std::int64_t documents = 0, segments = 0, pending = 0, bytes = 0;
  std::int64_t articles = 0, tickets = 0, incidents = 0;  ///< among the documents
  std::int64_t behind = 0;                                ///< entries of the history that it has not followed yet
  double drift = 0;  ///< how far the mean length has gone from the one that the index was made with
};

/// The use cases of the knowledge base: one method is one transaction, or with Batch::each one for each article.
/// Errors: `kb.*`, `record.invalid`, `store.*`; an absent article is `kb.not_found`.
class KnowledgeDesk {
 public:
  explicit KnowledgeDesk(OpenDesk& desk) : desk_(desk) {}

  struct CreateOptions {
    bool dry_run = false;
    OnDuplicate on_duplicate = OnDuplicate::give_back;  ///< or `fail`
    std::string reason;
  };
  ArticleResult create(NewArticle const& wanted, CreateOptions const& options);
  ListEnd list(query::Query const& query, std::function<bool(model::Article const&)> const& visit);
  std::int64_t count(query::Filter const& filter);
  WholeArticle show(std::string const& id);
  std::vector<model::Event> history(std::string const& id);
  /// Two revisions of its text: by default the last change of it. `kb.no_revision`, `kb.erased`.
  RevisionPair revisions(std::string const& id, std::optional<std::int64_t> from, std::optional<std::int64_t> to);
  /// Numbers and titles that begin with `prefix`, newest first: for completion.
  std::vector<std::pair<std::string, std::string>> complete(std::string const& prefix, std::size_t most);

  using Ids = std::vector<std::string>;
  using Outcomes = std::vector<ArticleOutcome>;
  Outcomes update(Ids const& ids, Sets const& sets, ChangeOptions const& options, Batch batch);
  /// From here on readers find it; `withdraw`: from here on they do not, and it is a DRAFT again.
  Outcomes publish(Ids const& ids, bool withdraw, ChangeOptions const& options, Batch batch);
  /// Out of the search, and out of lists of what holds; `publish` takes it back.
  Outcomes archive(Ids const& ids, ChangeOptions const& options, Batch batch);
  /// The actor's word on whether it helped; a later one replaces it.
  Outcomes vote(Ids const& ids, bool helpful, ChangeOptions const& options, Batch batch);
  /// Whether it worked for that ticket or incident. `ticket.not_found`, `incident.not_found`.
  Outcomes use(Ids const& ids, Use const& use, ChangeOptions const& options, Batch batch);
  /// Counts a view; tries for a moment only, and fails in silence: whoever reads must not be kept.
  void count_view(std::string const& id);

  /// Best first. Reads only; `note_miss` remembers what was not found.
  KnowledgeFound search(KnowledgeQuery const& query);
  /// Remembers a query that nothing was found for, as `count_view` does.
  void note_miss(std::string const& text);
  std::vector<Miss> misses(std::size_t most);
  void forget_misses(bool dry_run);

  /// Makes the search index anew; how many articles, tickets and incidents are in it.
  std::int64_t rebuild_index();
  /// What is wrong with it; empty: nothing.
  std::vector<std::string> check_index();
  IndexStatus index_status();

  /// Takes records: fields of an article by name, with `feedback` and `history` as an export gives them.
  ImportSummary import(ImportSource const& source, ImportOptions const& options);
  /// Articles with all that belongs to them, as `import` takes them back.
  ListEnd export_all(
      query::Query const& query,
      std::function<bool(model::Article const&, std::function<base::Value()> const& whole)> const& visit);

  /// Brings the desk in step with a folder of that name, whose files these are: new, changed, moved; what is gone is
  /// ARCHIVED. Where both have changed nothing is stored of the file, and its step says so.
  std::vector<SyncStep> import_folder(std::string const& folder, std::vector<FolderFile> const& files, Prefer prefer,
                                      ChangeOptions const& options);
  /// Remembers that these files of the folder say now what their articles say. `files`: id of the article, path, head.
  struct WrittenFile {
    std::string id, path, head;
  };
  void note_files(std::string const& folder, std::vector<WrittenFile> const& files);

 private:
  OpenDesk& desk_;
};

/// From which confidence on the first hit counts as an answer (`tests/bench/ask.py` prints what a choice does).
inline constexpr double kAnswerConfidence = 0.3;

}  // namespace umsops::desk
