// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/base/time.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/ref.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

enum class ArticleKind { article, guide, video, faq, solution };
enum class ArticleLanguage { english, chinese };
enum class Difficulty { beginner, intermediate, advanced };
/// Who may see it: the desk alone, or those whom it serves, too.
enum class Visibility { internal, outside };
enum class ArticleStatus { draft, published, archived };

/// `article`, `en`, `BEGINNER`, `internal`, `DRAFT`, ... in the order of the enumerators.
std::span<std::string_view const> article_kind_names();
std::span<std::string_view const> article_language_names();
std::span<std::string_view const> difficulty_names();
std::span<std::string_view const> visibility_names();
std::span<std::string_view const> article_status_names();
std::string_view to_string(ArticleKind v);
std::string_view to_string(ArticleLanguage v);
std::string_view to_string(Difficulty v);
std::string_view to_string(Visibility v);
std::string_view to_string(ArticleStatus v);
/// Case does not matter; nullopt for any other word.
std::optional<ArticleKind> parse_article_kind(std::string_view text);
std::optional<ArticleLanguage> parse_article_language(std::string_view text);
std::optional<Difficulty> parse_difficulty(std::string_view text);
std::optional<Visibility> parse_visibility(std::string_view text);
std::optional<ArticleStatus> parse_article_status(std::string_view text);

/// An entry of the knowledge base; names as in the tables `knowledge_base`, `faq_entries` and `incident_solutions`,
/// which are one here. A plain value: see `check` for its invariants.
struct Article {
  std::string id;         ///< ULID, never changes
  std::string kb_number;  ///< what people use: KB-000123
  ArticleKind kind = ArticleKind::article;
  std::string title;    ///< 1 to 200 code points, one line; the question of an FAQ
  std::string content;  ///< Markdown; the answer of an FAQ, the steps of a solution
  std::string category;
  std::vector<std::string> tags;
  std::optional<ArticleLanguage> language;
  std::optional<Difficulty> difficulty;
  std::vector<std::string> related_incidents;  ///< their numbers
  Visibility visibility = Visibility::internal;
  ArticleStatus status = ArticleStatus::draft;
  std::optional<std::int64_t> priority;       ///< of an FAQ: greater ones come first
  std::optional<IncidentType> incident_type;  ///< of a solution, as are the next two
  std::vector<std::string> required_tools;
  std::optional<std::int64_t> estimated_time_minutes;
  std::string url;                     ///< of a video
  std::optional<std::int64_t> length;  ///< of a video, in seconds
  std::optional<TimePoint> review_by;  ///< when somebody has to look whether it still holds
  std::string created_by, updated_by;
  TimePoint created_at{}, updated_at{};
  std::string key;       ///< idempotency key given at create, empty: none
  std::int64_t rev = 1;  ///< grows by one with each change
  // Not hashed, and not in the history: what readers do to it, and where a folder keeps it.
  std::int64_t view_count = 0, helpful_count = 0, not_helpful_count = 0;
  std::int64_t used_count = 0, worked_count = 0;  ///< outcomes known, and good ones among them
  std::string file;                               ///< `folder/name.md`; empty: no folder has it
  std::string file_digest;                        ///< of what both said when folder and desk last agreed
  std::string file_head;                          ///< its front matter, as it is written there
};

/// The one description of an article's fields.
base::RecordType const& article_type();
Ref ref_of(Article const& article);
/// As for tickets. `set` throws `record.invalid`.
base::Value get(Article const& article, std::size_t field);
void set(Article& article, std::size_t field, base::Value const& value);
base::Row to_row(Article const& article);
Article article_from(base::Row const& row);

/// Lengths, shapes and characters of all text, and that the fields fit the kind. Empty: it is sound.
std::vector<Problem> check(Article const& article);

/// What outsiders may see.
bool is_public(Article const& article);
/// The lower end of the interval (95 %, Wilson) that the share of readers whom it helped lies in: by their votes and by
/// what became of its uses. 0 to 1; 0 where nobody said anything.
double usefulness(Article const& article);

}  // namespace umsops::model
