// SPDX-License-Identifier: Apache-2.0
#include "cli/record/reasons.hpp"

#include "cli/language/phrases.hpp"

namespace umsops::cli::record {

namespace {

/// The field as people call it.
std::string label_of(base::RecordType const& type, std::string const& field, base::Language language) {
  auto const index = type.find(field);
  return index && language == base::Language::zh ? std::string(type.fields[*index].label_zh) : field;
}

/// `83 %`.
std::string percent(double probability) { return std::to_string(static_cast<int>(probability * 100 + 0.5)) + " %"; }

/// What the model says beside whoever decided; nothing where it agrees, or was not asked.
std::string model_beside(model::FieldDecision const& decision, base::Language language) {
  if (decision.model.empty() || decision.origin == "model" || !decision.doubt.empty()) return {};
  return say(Phrase::why_model_says, language, {{"value", decision.model}, {"p", percent(decision.probability)}});
}

std::string model_doubts(base::RecordType const& type, model::FieldDecision const& decision, base::Language language) {
  auto const doubt = decision.doubt == "unfamiliar-text" ? Phrase::doubt_unfamiliar_text
                     : decision.doubt == "suggest-only"  ? Phrase::doubt_suggest_only
                                                         : Phrase::doubt_low_probability;
  return say(Phrase::why_model_doubts, language,
             {{"field", label_of(type, decision.field, language)},
              {"value", decision.model},
              {"p", percent(decision.probability)},
              {"doubt", say(doubt, language)}});
}

std::string by_whom(base::RecordType const& type, model::FieldDecision const& decision, base::Language language) {
  // Where the rule stands is not stored: it is known while the rules are the ones that decided.
  std::string const place =
      decision.file.empty()
          ? std::string()
          : say(Phrase::why_place, language, {{"file", decision.file}, {"line", std::to_string(decision.line)}});
  Fill fill{{"field", label_of(type, decision.field, language)},
            {"value", decision.value},
            {"rule", decision.rule},
            {"place", place}};
  if (decision.origin == "model") {
    std::string words;
    for (auto const& word : decision.words) words += (words.empty() ? "" : ", ") + word;
    fill.emplace_back("p", percent(decision.probability));
    return say(Phrase::why_model, language, fill) +
           (words.empty() ? "" : say(Phrase::why_model_words, language, {{"words", words}}));
  }
  if (decision.origin == "hook") return say(Phrase::why_hook, language, fill);
  if (decision.origin == "ladder") return say(Phrase::why_ladder, language, fill);
  bool const by_mapping = decision.origin == "mapping" || (decision.origin == "rule" && decision.rule.empty());
  if (by_mapping) return say(Phrase::why_mapping, language, fill);
  if (decision.origin == "default") return say(Phrase::why_default, language, fill);
  if (decision.origin == "rule") {
    std::string words;
    for (auto const& word : decision.words) words += (words.empty() ? "" : ", ") + word;
    return say(Phrase::why_rule, language, fill) +
           (words.empty() ? "" : say(Phrase::why_words, language, {{"words", words}}));
  }
  std::string line = say(decision.origin == "import" ? Phrase::why_import : Phrase::why_caller, language, fill);
  bool const other = !decision.suggested.empty() && decision.suggested != decision.value && !decision.rule.empty();
  fill[1].second = decision.suggested;
  return other ? line + say(Phrase::why_suggested, language, fill) : line;
}

}  // namespace

std::vector<std::string> reasons(base::RecordType const& type, model::Classification const& classification,
                                 base::Language language) {
  std::vector<std::string> lines;
  for (auto const& decision : classification.decisions) {
    bool const carried = !decision.value.empty() || decision.origin != "default";
    if (carried) lines.push_back(by_whom(type, decision, language) + model_beside(decision, language));
    if (!decision.doubt.empty()) lines.push_back(model_doubts(type, decision, language));
  }
  return lines;
}

}  // namespace umsops::cli::record
