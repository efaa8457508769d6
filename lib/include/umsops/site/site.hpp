// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/time_zone.hpp"

/// The public part of the knowledge base as a folder of pages that needs no server and no network: it is read from a
/// disk as from any web server, and searched in the browser. All of it is a function of values.
namespace umsops::site {

enum class Kind { article, guide, video, faq, solution };

/// What the site says of an entry. Who makes it has chosen: all of them are shown to anybody.
struct Entry {
  std::string number;  ///< `KB-000007`: letters, digits and `-`; names its page
  Kind kind = Kind::article;
  std::string title;
  /// As `umsops-markdown` makes it of its text: safe to stand in a page. Links to other entries are their `page_name`.
  std::string html;
  std::string text;  ///< the same as plain text, for search
  std::string category, difficulty;
  std::vector<std::string> tags;
  std::string language;       ///< `en`, `zh_CN`; empty: Chinese if its title has a Chinese character
  std::int64_t priority = 0;  ///< higher ones come first
  std::string problem;        ///< what a solution is for: `AUTHENTICATION_FAILURE` or another type
  std::vector<std::string> required_tools;
  std::optional<std::int64_t> estimated_time_minutes;
  std::string url;                      ///< of a video; one that is no http or https address is left out
  std::optional<std::int64_t> seconds;  ///< its length
  base::TimePoint updated_at;
};

struct Options {
  /// Of the first page; entries in the other one have a part of their own.
  base::Language language = base::Language::en;
  std::string title;    ///< empty: "Help" in that language
  base::TimeZone zone;  ///< of the days that are shown
};

struct File {
  std::string path;  ///< relative, `/` between folders
  std::string bytes;
};

/// All files, in order of their paths: `index.html`, a page for each kind and category, `entries/` with a page each,
/// `assets/`. Equal entries give equal bytes, in whatever order they come. Throws `record.invalid` for a number that
/// names no page, or two entries of one number.
std::vector<File> make_site(std::vector<Entry> entries, Options const& options);

/// The page of an entry, as other entries link to it: `kb-000007.html`.
std::string page_name(std::string_view number);

}  // namespace umsops::site
