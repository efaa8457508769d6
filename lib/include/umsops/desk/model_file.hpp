// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "umsops/base/time.hpp"
#include "umsops/learn/model.hpp"

namespace umsops::desk {

/// Where a learned model lies: a file that is mapped, and beside it the one before (`.previous`). A model takes the
/// place of another as a whole: who has mapped the old one keeps it.
class ModelFile {
 public:
  /// Throws `file.untrusted` for an opened file that is not to be believed.
  using Check = void (*)(int descriptor, std::string const& path);
  /// `check` null: any file is believed, since somebody named it for this run.
  ModelFile(std::string path, Check check) : path_(std::move(path)), check_(check) {}
  std::string const& path() const { return path_; }
  std::string previous_path() const { return path_ + ".previous"; }

  /// Null: there is none. Throws `classifier.unfit`, `file.untrusted`.
  std::shared_ptr<learn::Model const> open() const { return open(path_); }
  std::shared_ptr<learn::Model const> previous() const { return open(previous_path()); }

  /// When that file was put in place; nullopt: there is none.
  static std::optional<base::TimePoint> written_at(std::string const& path);

  /// While it lives no other process trains.
  class Lock {
   public:
    /// Throws `classifier.busy`, and `file.untrusted` where a model would not be believed afterwards.
    explicit Lock(ModelFile const& file);
    ~Lock();
    Lock(Lock const&) = delete;
    /// Notes that somebody has looked whether there is enough to learn; the last time, nullopt: nobody ever has.
    void note_look(base::TimePoint at) const;
    static std::optional<base::TimePoint> last_look(ModelFile const& file) { return written_at(path_of(file)); }

   private:
    static std::string path_of(ModelFile const& file) { return file.path() + ".lock"; }
    int descriptor_ = -1;
  };
  /// Writes the bytes, checks what was written, and puts it in place; the model that was there becomes the previous
  /// one. Throws `file.unwritable` with everything as it was.
  void install(std::string_view bytes) const;
  /// Swaps it with the previous one. Throws `classifier.none`.
  void roll_back() const;

 private:
  std::shared_ptr<learn::Model const> open(std::string const& path) const;

  std::string path_;
  Check check_;
};

}  // namespace umsops::desk
