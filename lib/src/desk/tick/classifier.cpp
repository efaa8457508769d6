// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/tick/job.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/classifier_desk.hpp"
#include "umsops/desk/model_file.hpp"
#include "umsops/learn/model.hpp"

namespace umsops::desk::tick {
namespace {

/// So many texts that the model does not know make it worth the time: a tenth of what it does, and not a handful.
constexpr std::uint64_t kFewestNew = 100, kShareOfNew = 10;
constexpr unsigned kThreads = 2;  ///< the machine has other things to do

std::uint64_t enough_for(learn::Model const& model) { return std::max(kFewestNew, model.documents() / kShareOfNew); }

/// The desk's own texts, to be judged as the model does it: same targets, same thresholds.
LearningTexts texts_like(OpenDesk& desk, learn::Model const& model) {
  auto texts = ClassifierDesk(desk).learn_from(targets_of(model));
  for (auto& lesson : texts.lessons) lesson.manner = model.manner(model.find_target(lesson.target));
  drop_poor_lessons(texts);
  return texts;
}

/// A model of anything else was made for another purpose, and is not ours to replace.
bool judges_records_alone(learn::Model const& model) {
  auto const targets = targets_of(model);
  return std::all_of(targets.begin(), targets.end(), is_learned);
}

void train_anew(Run& run, ModelFile const& file, learn::Model const& in_use) {
  auto const texts = texts_like(run.desk, in_use);
  if (texts.lessons.size() < in_use.targets()) return;  // one would be lost
  auto const trained = train_model(texts, &in_use, file.path(), kThreads);
  auto const now = run.desk.now();
  TickItem item{"train", "", "", now, now, false, {}, {}};
  for (auto const& lesson : texts.lessons) item.what += (item.what.empty() ? "" : ",") + lesson.target;
  item.outcome = std::to_string(trained.model->documents()) + " texts, " + trained.model->version();
  if (trained.worse) {
    item.failed = trained.worse;
    item.held = true;
  } else {
    file.install(*trained.bytes);
  }
  run.report(std::move(item));
}

}  // namespace

void retrain(Run& run) {
  auto const* const file = run.options.classifier;
  if (!file || run.options.dry_run || run.options.retrain_after <= base::Milliseconds{}) return;
  auto const last = ModelFile::Lock::last_look(*file);
  auto const now = run.desk.now();
  if (!last || now - *last < run.options.retrain_after) return;  // nobody ever trained one here, or it was looked at
  try {
    ModelFile::Lock const lock(*file);
    lock.note_look(now);
    auto const in_use = file->open();
    if (!in_use || !judges_records_alone(*in_use)) return;
    auto const enough = enough_for(*in_use);
    if (ClassifierDesk(run.desk).unseen(*in_use, enough) >= enough) train_anew(run, *file, *in_use);
  } catch (base::Error const& error) {
    if (&error.code() != &base::errors::classifier_busy) throw;  // somebody is at it
  }
}

}  // namespace umsops::desk::tick
