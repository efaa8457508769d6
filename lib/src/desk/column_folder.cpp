// SPDX-License-Identifier: Apache-2.0
#include "desk/column_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <limits>
#include <set>
#include <utility>

#include "desk/descriptor.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

namespace umsops::desk {
namespace {

using report::kNone;

constexpr std::string_view kFormat = "umsops columns 2";
constexpr std::size_t kBuffer = 1 << 20;
constexpr int kEnded = 8;  ///< columns of this width, those of times, have the ends of each block beside them

std::string path_of(std::string const& folder, std::string const& name) { return folder + "/" + name; }
std::string meta_path(std::string const& folder) { return path_of(folder, "meta.json"); }

[[noreturn]] void fail(std::string const& path) {
  throw base::Error(base::errors::file_unreadable, {{"path", path}, {"problem", std::strerror(errno)}});
}

/// Of the folder; never behind a link.
Descriptor open_here(std::string const& path, int flags) {
  return Descriptor(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600));
}

std::int64_t size_of(Descriptor const& file) {
  struct stat status {};
  return ::fstat(file.get(), &status) == 0 ? std::int64_t{status.st_size} : 0;
}

std::string text_of(Descriptor const& file) {
  std::string text(static_cast<std::size_t>(std::clamp<std::int64_t>(size_of(file), 0, 1 << 28)), '\0');
  std::size_t got = 0;
  while (got < text.size()) {
    auto const n = ::pread(file.get(), text.data() + got, text.size() - got, static_cast<off_t>(got));
    if (n <= 0) return {};
    got += static_cast<std::size_t>(n);
  }
  return text;
}

void write_at(Descriptor const& file, std::string const& path, char const* bytes, std::size_t count, std::int64_t at) {
  while (count > 0) {
    auto const n = ::pwrite(file.get(), bytes, count, at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) fail(path);
    bytes += n;
    count -= static_cast<std::size_t>(n);
    at += n;
  }
}

base::Value value_of(ColumnMeta const& meta, std::vector<ColumnSpec> const& specs) {
  base::Value::List columns;
  for (auto const& spec : specs) columns.emplace_back(spec.name + ":" + std::to_string(spec.width));
  return base::Value::Object{{"format", kFormat},
                             {"store", meta.store},
                             {"made_by", meta.made_by},
                             {"seq", meta.seq},
                             {"rows", meta.rows},
                             {"at", std::int64_t{meta.at.time_since_epoch().count()}},
                             {"columns", std::move(columns)}};
}

/// The text is written in one way only: one that does not come out the same is not ours.
std::optional<ColumnMeta> meta_of(std::string const& text, std::vector<ColumnSpec> const& specs) {
  try {
    auto const value = base::parse_json(text, "columns");
    ColumnMeta meta;
    auto const member = [&](char const* name) {
      auto const* const found = value.find(name);
      return found ? *found : base::Value();
    };
    auto const number = [&](char const* name) {
      auto const found = member(name);
      auto const* const whole = found.get_if<std::int64_t>();
      return whole ? *whole : std::int64_t{-1};
    };
    meta.store = member("store").text();
    meta.made_by = member("made_by").text();
    meta.seq = number("seq");
    meta.rows = number("rows");
    meta.at = base::TimePoint(base::Milliseconds(number("at")));
    if (meta.rows < 0 || meta.seq < 0 || base::to_json(value_of(meta, specs)) != text) return std::nullopt;
    return meta;
  } catch (base::Error const&) {
    return std::nullopt;
  }
}

/// The least number of a width stands for what is absent. A number that has no room in it is given as absent, too; the
/// widths are chosen so that this happens to no number that makes sense.
template <class Number>
void put_number(char* into, std::int64_t number) {
  bool const fits = number > std::numeric_limits<Number>::min() && number <= std::numeric_limits<Number>::max();
  auto const narrow = fits ? static_cast<Number>(number) : std::numeric_limits<Number>::min();
  std::memcpy(into, &narrow, sizeof narrow);
}

template <class Number>
void widen(char const* from, std::size_t count, std::int64_t* into) {
  for (std::size_t i = 0; i < count; ++i) {
    Number number;
    std::memcpy(&number, from + i * sizeof number, sizeof number);
    into[i] = number == std::numeric_limits<Number>::min() ? kNone : std::int64_t{number};
  }
}

struct Ends {
  std::int64_t first, second;
};
constexpr auto kBlock = static_cast<std::int64_t>(report::kBatchRows);

Ends ends_of(std::int64_t const* numbers, std::size_t count) {
  Ends ends{std::numeric_limits<std::int64_t>::max(), kNone};
  for (std::size_t i = 0; i < count; ++i) {
    if (numbers[i] == kNone) continue;
    ends.first = std::min(ends.first, numbers[i]);
    ends.second = std::max(ends.second, numbers[i]);
  }
  return ends;
}

std::string ends_path(std::string const& column) { return column + ".ends"; }
std::size_t blocks_of(std::int64_t rows) { return static_cast<std::size_t>((rows + kBlock - 1) / kBlock); }

/// Each text behind its length in four bytes.
std::vector<std::string> split_words(std::string const& text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at + 4 <= text.size();) {
    std::uint32_t length = 0;
    std::memcpy(&length, text.data() + at, 4);
    if (length > text.size() - at - 4) break;
    words.push_back(text.substr(at + 4, length));
    at += 4 + length;
  }
  return words;
}

}  // namespace

struct ColumnReader::Mapped {
  int width = 8;
  char const* data = nullptr;
  std::size_t bytes = 0;
  std::vector<Ends> ends;  ///< of each block
};

ColumnReader::ColumnReader() = default;
ColumnReader::ColumnReader(ColumnReader&& other) noexcept
    : folder_(std::move(other.folder_)),
      meta_(std::move(other.meta_)),
      meta_text_(std::move(other.meta_text_)),
      columns_(std::exchange(other.columns_, {})),
      specs_(std::move(other.specs_)) {}
ColumnReader::~ColumnReader() {
  for (auto const& column : columns_) {
    if (column.data) ::munmap(const_cast<char*>(column.data), column.bytes);
  }
}

std::optional<ColumnReader> ColumnReader::open(std::string const& folder, std::vector<ColumnSpec> const& specs) {
  Descriptor const meta = open_here(meta_path(folder), O_RDONLY);
  if (!meta.is_open()) return std::nullopt;
  ColumnReader reader;
  reader.folder_ = folder;
  reader.specs_ = specs;
  reader.meta_text_ = text_of(meta);
  auto const known = meta_of(reader.meta_text_, specs);
  if (!known) return std::nullopt;
  reader.meta_ = *known;
  for (auto const& spec : specs) {
    Descriptor const file = open_here(path_of(folder, spec.name), O_RDONLY);
    auto const bytes = static_cast<std::size_t>(known->rows) * static_cast<std::size_t>(spec.width);
    if (!file.is_open() || size_of(file) < static_cast<std::int64_t>(bytes)) return std::nullopt;
    Mapped mapped{spec.width, nullptr, bytes, {}};
    if (spec.width == kEnded) {
      Descriptor const ends = open_here(ends_path(path_of(folder, spec.name)), O_RDONLY);
      auto const text = ends.is_open() ? text_of(ends) : std::string();
      if (text.size() != blocks_of(known->rows) * sizeof(Ends)) return std::nullopt;
      mapped.ends.resize(blocks_of(known->rows));
      if (!text.empty()) std::memcpy(mapped.ends.data(), text.data(), text.size());
    }
    if (bytes > 0) {
      void* const at = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, file.get(), 0);
      if (at == MAP_FAILED) return std::nullopt;
      mapped.data = static_cast<char const*>(at);
    }
    reader.columns_.push_back(mapped);
  }
  return reader;
}

void ColumnReader::read(std::size_t column, std::int64_t first, std::size_t count, std::int64_t* into) const {
  auto const& mapped = columns_[column];
  char const* const from = mapped.data + first * mapped.width;
  if (mapped.width == 1) return widen<std::int8_t>(from, count, into);
  if (mapped.width == 4) return widen<std::int32_t>(from, count, into);
  widen<std::int64_t>(from, count, into);
}

std::pair<std::int64_t, std::int64_t> ColumnReader::ends(std::size_t column, std::int64_t first) const {
  auto const& ends = columns_[column].ends[static_cast<std::size_t>(first / kBlock)];
  return {ends.first, ends.second};
}

std::vector<std::string> ColumnReader::words(std::size_t column) const {
  Descriptor const file = open_here(path_of(folder_, specs_[column].name + ".words"), O_RDONLY);
  return file.is_open() ? split_words(text_of(file)) : std::vector<std::string>();
}

bool ColumnReader::unchanged() const {
  Descriptor const meta = open_here(meta_path(folder_), O_RDONLY);
  return meta.is_open() && text_of(meta) == meta_text_;
}

struct ColumnWriter::State {
  struct Column {
    ColumnSpec spec;
    std::string path;
    Descriptor file, words_file;
    report::Words words;
    std::int64_t words_bytes = 0;
    std::string appended;          ///< not written yet
    std::int64_t appended_at = 0;  ///< its place in the file
    std::vector<Ends> ends;
    std::set<std::size_t> touched;  ///< blocks whose ends are to be found anew
  };
  std::string folder;
  Descriptor lock;
  std::vector<ColumnSpec> specs;
  std::vector<Column> columns;
  ColumnMeta meta;
  bool changed = false;

  void begin_change() {
    if (!std::exchange(changed, true)) ::unlink(meta_path(folder).c_str());
  }
  /// Of the blocks that were written to.
  void write_ends(Column& column, std::int64_t rows) const {
    column.ends.resize(blocks_of(rows), Ends{std::numeric_limits<std::int64_t>::max(), kNone});
    std::vector<std::int64_t> numbers(report::kBatchRows);
    for (auto const block : column.touched) {
      if (block >= column.ends.size()) continue;
      auto const first = static_cast<std::int64_t>(block) * kBlock;
      auto const count = static_cast<std::size_t>(std::min(kBlock, rows - first));
      auto* const bytes = reinterpret_cast<char*>(numbers.data());
      for (std::size_t got = 0; got < count * kEnded;) {
        auto const n = ::pread(column.file.get(), bytes + got, count * kEnded - got,
                               static_cast<off_t>(first) * kEnded + static_cast<off_t>(got));
        if (n <= 0) fail(column.path);
        got += static_cast<std::size_t>(n);
      }
      column.ends[block] = ends_of(numbers.data(), count);
    }
    column.touched.clear();
    auto const path = ends_path(column.path);
    Descriptor const file = open_here(path, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.is_open()) fail(path);
    write_at(file, path, reinterpret_cast<char const*>(column.ends.data()), column.ends.size() * sizeof(Ends), 0);
    if (changed && ::fdatasync(file.get()) != 0) fail(path);
  }
  void write_appended(Column& column) {
    write_at(column.file, column.path, column.appended.data(), column.appended.size(), column.appended_at);
    column.appended_at += static_cast<std::int64_t>(column.appended.size());
    column.appended.clear();
  }
};

ColumnWriter::ColumnWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ColumnWriter::ColumnWriter(ColumnWriter&&) noexcept = default;
ColumnWriter::~ColumnWriter() = default;
ColumnMeta const& ColumnWriter::meta() const { return state_->meta; }

std::optional<ColumnWriter> ColumnWriter::open(std::string const& folder, std::vector<ColumnSpec> const& specs,
                                               std::string const& store, std::string const& made_by) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail(folder);
  auto state = std::make_unique<State>();
  state->folder = folder;
  state->specs = specs;
  state->lock = open_here(path_of(folder, "lock"), O_RDWR | O_CREAT);
  if (!state->lock.is_open()) fail(folder);
  if (::flock(state->lock.get(), LOCK_EX | LOCK_NB) != 0) return std::nullopt;
  Descriptor const meta = open_here(meta_path(folder), O_RDONLY);
  auto const known = meta.is_open() ? meta_of(text_of(meta), specs) : std::nullopt;
  bool const fits = known && known->store == store && known->made_by == made_by;
  if (fits) state->meta = *known;
  state->meta.store = store;
  state->meta.made_by = made_by;
  if (!fits) state->begin_change();
  int const flags = O_RDWR | O_CREAT | (fits ? 0 : O_TRUNC);
  for (auto const& spec : specs) {
    auto& column = state->columns.emplace_back();
    column.spec = spec;
    column.path = path_of(folder, spec.name);
    column.file = open_here(column.path, flags);
    if (!column.file.is_open()) fail(column.path);
    column.appended_at = state->meta.rows * spec.width;
    if (spec.width == kEnded) {
      auto const blocks = blocks_of(state->meta.rows);
      Descriptor const ends = open_here(ends_path(column.path), O_RDONLY);
      auto const text = fits && ends.is_open() ? text_of(ends) : std::string();
      column.ends.resize(blocks);
      if (text.size() == blocks * sizeof(Ends) && !text.empty())
        std::memcpy(column.ends.data(), text.data(), text.size());
      else
        for (std::size_t block = 0; block < blocks; ++block) column.touched.insert(block);
    }
    if (!spec.is_text) continue;
    column.words_file = open_here(column.path + ".words", flags);
    if (!column.words_file.is_open()) fail(column.path);
    for (auto const& word : split_words(text_of(column.words_file))) {
      column.words.code(word);
      column.words_bytes += 4 + static_cast<std::int64_t>(word.size());
    }
  }
  return ColumnWriter(std::move(state));
}

void ColumnWriter::put(std::int64_t place, std::size_t index, std::int64_t number) {
  state_->begin_change();
  auto& column = state_->columns[index];
  int const width = column.spec.width;
  char bytes[8];
  if (width == 1) put_number<std::int8_t>(bytes, number);
  if (width == 4) put_number<std::int32_t>(bytes, number);
  if (width == 8) put_number<std::int64_t>(bytes, number);
  if (width == kEnded) {
    // Places without a record before it are of its block, or of those behind the last one.
    auto const rows = column.appended_at / width + static_cast<std::int64_t>(column.appended.size()) / width;
    for (auto block = std::min(rows, place) / kBlock; block <= place / kBlock; ++block) {
      auto const one = static_cast<std::size_t>(block);
      if (column.touched.empty() || *column.touched.rbegin() != one) column.touched.insert(one);
    }
  }
  std::int64_t const at = place * width, next = column.appended_at + static_cast<std::int64_t>(column.appended.size());
  if (at >= next) {
    // Places that no record has are absent.
    for (auto gap = next; gap < at; gap += width) {
      char none[8];
      if (width == 1) put_number<std::int8_t>(none, kNone);
      if (width == 4) put_number<std::int32_t>(none, kNone);
      if (width == 8) put_number<std::int64_t>(none, kNone);
      column.appended.append(none, static_cast<std::size_t>(width));
    }
    column.appended.append(bytes, static_cast<std::size_t>(width));
    if (column.appended.size() >= kBuffer) state_->write_appended(column);
  } else if (at >= column.appended_at) {
    column.appended.replace(static_cast<std::size_t>(at - column.appended_at), static_cast<std::size_t>(width), bytes,
                            static_cast<std::size_t>(width));
  } else {
    write_at(column.file, column.path, bytes, static_cast<std::size_t>(width), at);
  }
}

void ColumnWriter::put_text(std::int64_t place, std::size_t index, std::string_view text) {
  state_->begin_change();
  auto& column = state_->columns[index];
  auto const known = column.words.size();
  auto const code = column.words.code(text);
  if (column.words.size() > known) {
    auto const length = static_cast<std::uint32_t>(text.size());
    std::string entry(reinterpret_cast<char const*>(&length), 4);
    entry.append(text);
    write_at(column.words_file, column.path, entry.data(), entry.size(), column.words_bytes);
    column.words_bytes += static_cast<std::int64_t>(entry.size());
  }
  put(place, index, code);
}

void ColumnWriter::commit(std::int64_t seq, std::int64_t rows, base::TimePoint at) {
  for (auto& column : state_->columns) {
    state_->write_appended(column);
    if (column.spec.width == kEnded) state_->write_ends(column, rows);
    // A folder that tells of more rows than are on the disk would be read after a power cut.
    if (state_->changed && (::fdatasync(column.file.get()) != 0 ||
                            (column.words_file.is_open() && ::fdatasync(column.words_file.get()) != 0)))
      fail(column.path);
  }
  state_->meta.seq = seq;
  state_->meta.rows = rows;
  state_->meta.at = at;
  auto const text = base::to_json(value_of(state_->meta, state_->specs));
  std::string const temporary = meta_path(state_->folder) + ".new";
  Descriptor const file = open_here(temporary, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file.is_open()) fail(temporary);
  write_at(file, temporary, text.data(), text.size(), 0);
  if (::rename(temporary.c_str(), meta_path(state_->folder).c_str()) != 0) fail(temporary);
  state_->changed = false;
}

}  // namespace umsops::desk
