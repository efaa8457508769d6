// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "umsops/base/time.hpp"
#include "umsops/learn/model.hpp"

namespace umsops::desk {

/// Where a learned model lies: a file that is mapped, and beside it the one before (`.previous`). A model takes the
/// place of another as a whole: who has mapped the old one keeps it.
class ModelFile {
 public:
  explicit ModelFile(std::string path) : path_(std::move(path)) {}
  std::string const& path() const { return path_; }
  std::string previous_path() const { return path_ + ".previous"; }

  /// Null: there is none. Throws `classifier.unfit`, also for a file that others may write.
  std::shared_ptr<learn::Model const> open() const { return open(path_); }
  std::shared_ptr<learn::Model const> previous() const { return open(previous_path()); }
  /// The same of any file, whoever owns it.
  static std::shared_ptr<learn::Model const> open_given(std::string const& path);

  /// When it was put in place; nullopt: there is none.
  std::optional<base::TimePoint> written_at() const;

  /// While it lives no other process trains.
  class Lock {
   public:
    /// Throws `classifier.busy`.
    explicit Lock(ModelFile const& file);
    ~Lock();
    Lock(Lock const&) = delete;

   private:
    int descriptor_ = -1;
  };
  /// Writes the bytes, checks what was written, and puts it in place; the model that was there becomes the previous
  /// one. Throws `file.unwritable` with everything as it was.
  void install(std::string_view bytes) const;
  /// Swaps it with the previous one. Throws `classifier.none`.
  void roll_back() const;

 private:
  static std::shared_ptr<learn::Model const> open(std::string const& path);

  std::string path_;
};

}  // namespace umsops::desk
