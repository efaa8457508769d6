// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/mend.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "cli/helpers/mail/header.hpp"
#include "cli/helpers/mail/reader.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/mail/raw.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail_helper {
namespace {

constexpr std::size_t kMostFields = 10'000, kMostBoundaries = 100'000, kLongestBoundary = 200;
constexpr std::size_t kMostSearches = 8;  // through all bytes, for boundaries
constexpr int kMostNotes = 20, kMostAhead = 200;

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == line.npos; }
bool is_folded(std::string_view line) { return line.starts_with(' ') || line.starts_with('\t'); }

std::string_view without_blanks_behind(std::string_view line) {
  return line.substr(0, line.find_last_not_of(" \t\r") + 1);  // nowhere: one behind npos is the beginning
}

/// The word of a line that may be a boundary, without its dashes before and behind; empty: it cannot be one.
std::string_view boundary_word(std::string_view line, bool& closing) {
  line = without_blanks_behind(line);
  if (!line.starts_with("--") || line.size() > kLongestBoundary) return {};
  line.remove_prefix(2);
  closing = line.ends_with("--");
  if (closing) line.remove_suffix(2);
  bool const sound = line.find_first_of(" \t\"\\") == line.npos;
  bool const word = std::any_of(line.begin(), line.end(), [](char c) {
    return (c >= '0' && c <= '9') || (base::ascii_lower(c) >= 'a' && base::ascii_lower(c) <= 'z');
  });
  return sound && word ? line : std::string_view();
}

bool begins_content_field(std::string_view line) {
  return base::ascii_lower(line.substr(0, 8)) == "content-" && !mail::field_name(line).empty();
}

class Mender {
 public:
  Mender(std::string_view bytes, mail::Message& message) : bytes_(bytes), message_(message) {
    out_.reserve(bytes.size() + 64);
  }

  std::string mend() {
    read_header(Place::top);
    while (at_ < bytes_.size() && read_line()) {
    }
    return std::move(out_);
  }

 private:
  enum class Place { top, message, part };

  std::string_view rest() const { return bytes_.substr(at_); }
  std::string_view line_at(std::size_t at) const {
    auto rest = bytes_.substr(at);
    return mail::take_line(rest);
  }
  /// The line with its end.
  std::string_view take_whole_line() {
    auto const begin = at_;
    auto rest = bytes_.substr(at_);
    mail::take_line(rest);
    at_ = bytes_.size() - rest.size();
    return bytes_.substr(begin, at_ - begin);
  }

  void note(std::string what) {
    if (notes_++ < kMostNotes) note_loss(message_, std::move(what));
  }

  bool is_boundary(std::string_view line) const {
    line = without_blanks_behind(line);
    if (!line.starts_with("--") || boundaries_.empty()) return false;
    line.remove_prefix(2);
    return boundaries_.contains(line) ||
           (line.ends_with("--") && boundaries_.contains(line.substr(0, line.size() - 2)));
  }

  /// Text up to a line of dashes, or that line, and the header behind a boundary. False: there are too many.
  bool read_line() {
    if (!rest().starts_with("--")) {
      auto const end = rest().find("\n--");
      out_ += rest().substr(0, end == bytes_.npos ? end : end + 1);
      at_ = end == bytes_.npos ? bytes_.size() : at_ + end + 1;
      return true;
    }
    auto const line = line_at(at_);
    if (++lines_with_dashes_ > kMostBoundaries) {
      note_loss(message_, "more parts than can be read: the rest is left out");
      return false;
    }
    bool const begins_part = is_boundary(line) && boundaries_.contains(without_blanks_behind(line).substr(2));
    out_ += take_whole_line();
    if (begins_part) read_header(Place::part);
    return true;
  }

  /// A header, and those of messages directly behind it.
  void read_header(Place place) {
    for (bool more = true; more && at_ < bytes_.size(); place = Place::message) {
      std::vector<Field> fields;
      collect(fields, place);
      keep_one_of_each(fields);
      auto kind = kind_of_body(fields);
      mend_boundary(fields, kind, place);
      write(fields);
      out_ += '\n';
      if (!kind.boundary.empty()) boundaries_.emplace(without_blanks_behind(kind.boundary));
      more = kind.message;
    }
  }

  void write(std::vector<Field> const& fields) {
    bool cut = false;
    for (auto const& field : fields) cut = append_tamed(out_, field) || cut;
    if (cut) note("a field of addresses longer than can be read: cut");
  }

  /// The fields up to the empty line, or up to where the text begins without one.
  void collect(std::vector<Field>& fields, Place place) {
    std::size_t count = 0, unknown_at = bytes_.npos;  // where fields begin that mail does not have
    std::size_t unknown_from = 0;
    bool broken = false, ended = false, text = false;
    while (at_ < bytes_.size()) {
      auto const line = line_at(at_);
      if (line.empty() || (is_blank(line) && !goes_on(fields))) {
        take_whole_line();
        ended = true;
        break;
      }
      if (is_boundary(line)) break;
      auto const begin = at_;
      auto const name = is_folded(line) ? std::string_view() : mail::field_name(line);
      bool const continues = is_folded(line) ? !fields.empty() || broken : continues_parameters(fields, line);
      if (name.empty() && !continues) {
        if (line.starts_with(">From ") || is_blank(line)) {
          take_whole_line();
          continue;
        }
        if (!field_ahead(fields, place)) {
          text = true;
          break;
        }
        note("a broken line among the fields: " + mail::sound_text(line.substr(0, 500), base::TextShape::line));
      }
      auto const whole = take_whole_line();
      broken = (name.empty() && !continues) || (broken && is_folded(line));
      if (broken || (!name.empty() && ++count > kMostFields)) continue;
      if (name.empty()) {
        if (fields.empty()) continue;
        fields.back().text += (is_folded(line) ? "" : " ");
        fields.back().text += whole;
        continue;
      }
      bool const known = mail::is_known_field(name);
      if (known) unknown_at = bytes_.npos;
      if (!known && unknown_at == bytes_.npos) unknown_at = begin, unknown_from = fields.size();
      fields.push_back({base::ascii_lower(name), std::string(whole)});
    }
    if (count > kMostFields)
      note_loss(message_, "more than " + std::to_string(kMostFields) + " fields: the rest is left out");
    // Fields that no part has, and no others, are text, too.
    bool const no_header = place == Place::part && unknown_at != bytes_.npos && unknown_from == 0;
    if (ended && !no_header) return;
    // Without an empty line, the last fields that mail does not have are text: `Note: the printer is on fire`.
    if (unknown_at != bytes_.npos) {
      fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(unknown_from), fields.end());
      at_ = unknown_at;
      text = true;
    }
    if (text) note("no empty line between fields and text");
  }

  /// Whether the header goes on behind a line of blanks.
  bool goes_on(std::vector<Field> const& fields) const {
    auto rest = bytes_.substr(at_);
    mail::take_line(rest);
    auto const next = mail::take_line(rest);
    return !fields.empty() && !is_blank(next) && (is_folded(next) || mail::is_known_field(mail::field_name(next)));
  }

  /// `boundary=x` that was to be folded.
  static bool continues_parameters(std::vector<Field> const& fields, std::string_view line) {
    return !fields.empty() && without_blanks_behind(without_end(fields.back().text)).ends_with(';') &&
           line.find('=') != line.npos && mail::field_name(line).empty();
  }
  static std::string_view without_end(std::string_view text) {
    return text.substr(0, text.find_last_not_of("\r\n") + 1);
  }

  /// Whether a field that mail has, and that was not there yet, comes before the next empty line: then the lines before
  /// it are broken ones. What was found holds for all lines up to it.
  bool field_ahead(std::vector<Field> const& fields, Place place) {
    if (at_ < ahead_until_) return ahead_;
    auto rest = bytes_.substr(at_);
    ahead_ = false;
    for (int lines = 0; lines < kMostAhead && !rest.empty() && !ahead_; ++lines) {
      auto const line = mail::take_line(rest);
      if (is_blank(line) || is_boundary(line)) break;
      auto const name = is_folded(line) ? std::string_view() : mail::field_name(line);
      ahead_ =
          mail::is_known_field(name) && (place != Place::part || begins_content_field(line)) && is_new(fields, name);
    }
    ahead_until_ = bytes_.size() - rest.size();
    return ahead_;
  }

  static bool is_new(std::vector<Field> const& fields, std::string_view name) {
    auto const small = base::ascii_lower(name);
    return small == "received" ||
           std::none_of(fields.begin(), fields.end(), [&](auto const& field) { return field.name == small; });
  }

  void keep_one_of_each(std::vector<Field>& fields) {
    auto const divides = [&](Field const& field) {
      auto const kind = kind_of_body({field});
      return kind.multipart && comes(kind.boundary);
    };
    auto const any = [](Field const&) { return true; };
    if (keep_one(fields, "content-type", divides)) note("Content-Type: several, one is taken");
    if (keep_one(fields, "content-transfer-encoding", is_encoding))
      note("Content-Transfer-Encoding: several, one is taken");
    for (auto const* name : {"content-disposition", "mime-version", "content-id"}) {
      if (keep_one(fields, name, any)) note(std::string(name) + ": several, the first is taken");
    }
  }

  /// Whether a line of that boundary follows somewhere. Too costly to ask again and again: then it is believed.
  bool comes(std::string_view boundary) {
    boundary = without_blanks_behind(boundary);
    if (boundary.empty()) return false;
    auto const is_line = [&](std::size_t at) {
      auto const behind = rest().substr(std::min(at + 2 + boundary.size(), rest().size()));
      return behind.empty() || behind.starts_with("--") || std::string_view(" \t\r\n").find(behind[0]) != behind.npos;
    };
    std::string const wanted = "--" + std::string(boundary);
    if (!may_search()) return true;
    for (auto at = rest().find(wanted); at != bytes_.npos; at = rest().find(wanted, at + 1)) {
      if ((at > 0 && rest()[at - 1] != '\n') || !is_line(at)) continue;
      searched_ += at;
      return true;
    }
    searched_ += rest().size();
    return false;
  }

  bool may_search() const { return searched_ <= kMostSearches * bytes_.size(); }

  /// A multipart whose boundary never comes gets the one that stands there. So does a message without a type whose text
  /// begins with one.
  void mend_boundary(std::vector<Field>& fields, BodyKind& kind, Place place) {
    bool const untyped = place == Place::top && !kind.named && begins_with_boundary();
    if (!untyped && (!kind.multipart || comes(kind.boundary))) return;
    auto const found = may_search() ? boundary_in_text(untyped) : std::string();
    if (found.empty()) return;
    note("the boundary of the parts is another than it says");
    std::erase_if(fields, [](Field const& field) { return field.name == "content-type"; });
    kind.multipart = true;
    kind.boundary = found;
    std::string const type = untyped ? "multipart/mixed" : kind.type;
    fields.push_back({"content-type", "Content-Type: " + type + "; boundary=\"" + found + "\"\n"});
  }

  bool begins_with_boundary() const {
    auto rest = bytes_.substr(at_);
    while (!rest.empty()) {
      auto const line = mail::take_line(rest);
      bool closing = false;
      if (!boundary_word(line, closing).empty()) return begins_content_field(mail::take_line(rest));
      if (!is_blank(line) && base::ascii_lower(line.substr(0, 200)).find("multi-part") == line.npos) return false;
    }
    return false;
  }

  /// The first word of a line `--WORD` before a field or an empty line that comes again; empty: there is none.
  std::string boundary_in_text(bool before_field) {
    struct Seen {
      std::size_t place = 0;
      bool again = false;
    };
    std::map<std::string_view, Seen> seen;
    searched_ += rest().size();
    auto rest = bytes_.substr(at_);
    while (!rest.empty() && seen.size() < kMostFields) {
      auto const line = mail::take_line(rest);
      if (!line.starts_with("--")) continue;
      if (is_boundary(line)) break;
      bool closing = false;
      auto const word = boundary_word(line, closing);
      auto next = rest.substr(0, 1000);
      auto const following = mail::take_line(next);
      bool const begins = begins_content_field(following) || (!before_field && is_blank(following));
      if (auto const found = seen.find(word); found != seen.end())
        found->second.again = true;
      else if (!word.empty() && !closing && begins)
        seen.emplace(word, Seen{bytes_.size() - rest.size(), false});
    }
    auto best = seen.end();
    for (auto one = seen.begin(); one != seen.end(); ++one) {
      if (one->second.again && (best == seen.end() || one->second.place < best->second.place)) best = one;
    }
    return best == seen.end() ? std::string() : std::string(best->first);
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::string out_;
  mail::Message& message_;
  std::set<std::string, std::less<>> boundaries_;
  std::size_t lines_with_dashes_ = 0, ahead_until_ = 0, searched_ = 0;
  bool ahead_ = false;
  int notes_ = 0;
};

}  // namespace

std::string mended(std::string_view bytes, mail::Message& message) { return Mender(bytes, message).mend(); }

}  // namespace umsops::mail_helper
