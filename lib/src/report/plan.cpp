// SPDX-License-Identifier: Apache-2.0
#include "report/plan.hpp"

#include <algorithm>

#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::report {
namespace {

using base::Field;
using base::FieldType;
using query::Filter;

constexpr std::string_view kNow = "now", kAny = "any", kRecords = "n";

[[noreturn]] void refuse(std::string_view flag, std::string_view value, std::string expected,
                         std::string suggestion = {}) {
  throw base::Error(base::errors::usage_bad_value, {{"flag", std::string(flag)},
                                                    {"value", "'" + base::shortened(value, 60) + "'"},
                                                    {"expected", std::move(expected)},
                                                    {"suggestion", std::move(suggestion)}});
}

template <class Item>
std::size_t place_of(std::vector<Item>& items, Item item) {
  auto const found = std::find(items.begin(), items.end(), item);
  if (found != items.end()) return static_cast<std::size_t>(found - items.begin());
  items.push_back(std::move(item));
  return items.size() - 1;
}

bool measures_values(Function function) {
  switch (function) {
    case Function::n:
    case Function::share:
    case Function::balance:
    case Function::count:
    case Function::pending:
    case Function::not_applicable:
    case Function::invalid:
      return false;
    default:
      return true;
  }
}

bool is_ranked(Function function) {
  return function == Function::median || function == Function::p90 || function == Function::p95;
}

class Maker {
 public:
  Maker(Definition const& definition, Context const& context, Where filtered)
      : type_(require_source(definition.from).type()) {
    plan_.definition = definition;
    plan_.source = &require_source(definition.from);
    plan_.context = context;
    plan_.filtered = filtered;
  }

  Plan make() {
    auto& definition = plan_.definition;
    if (definition.measures.size() > kMostMeasures)
      refuse("measure", std::to_string(definition.measures.size()), "at most " + std::to_string(kMostMeasures));
    if (definition.by.size() > kMostGroups)
      refuse("by", std::to_string(definition.by.size()), "at most " + std::to_string(kMostGroups));
    if (!plan_.source->state.empty()) plan_.state = input(plan_.source->state);
    if (plan_.context.by_id) plan_.id = input("id");
    plan_.views.push_back(view(definition.time));
    set_filter(definition.where);
    for (auto const& group : definition.by) add_key(group);
    for (auto const& measure : definition.measures) {
      if (!plan_.context.brief || !measure.aside || is_used(measure.name)) add_figure(measure);
    }
    if (!plan_.context.brief) add_what_was_left_out();
    refuse_balance_without_periods();
    if (plan_.is_list()) add_list();
    add_sort();
    return std::move(plan_);
  }

 private:
  std::size_t input(std::string_view name) {
    auto const dot = name.find('.');
    Input made{query::resolve_field(name.substr(0, dot), type_), {}, Kind::text, false};
    Field const& field = type_.fields[made.field];
    if (dot != std::string_view::npos) {
      if (field.type != FieldType::object)
        refuse("field", name, "a field; " + std::string(field.name) + " has no members");
      made.member = name.substr(dot + 1);
    } else {
      made.kind = kind_of(field.type);
      made.is_list = field.type == FieldType::list;
    }
    return place_of(plan_.inputs, made);
  }

  void add_inputs(Filter const& filter) {
    if (filter.kind == Filter::Kind::condition) {
      Field const& field = type_.fields[filter.condition.field];
      auto name = std::string(field.name);
      if (!filter.condition.member.empty()) name += "." + filter.condition.member;
      input(name);
    }
    for (auto const& child : filter.children) add_inputs(child);
  }

  void set_filter(std::string const& where) {
    std::vector<Filter> filters;
    for (auto const& text : {where, std::string(plan_.source->only)}) {
      if (!text.empty()) filters.push_back(parse(text));
    }
    plan_.where = query::all_of(std::move(filters));
    if (plan_.filtered == Where::here) add_inputs(plan_.where);
  }

  Filter parse(std::string const& text) const {
    return query::parse_filter(text, {&type_, plan_.context.now, plan_.context.zone});
  }

  std::size_t time_input(std::string_view name) {
    auto const found = input(name);
    if (plan_.inputs[found].kind != Kind::time)
      refuse("time", name, "a time", "e.g. " + std::string(plan_.source->time));
    return found;
  }

  View view(std::string const& at) {
    if (at == kAny) return {};
    return {time_input(at.empty() ? plan_.source->time : std::string_view(at))};
  }

  std::size_t view_of(Measure const& measure) {
    return measure.at.empty() ? 0 : place_of(plan_.views, view(measure.at));
  }

  Measured measured(Subject const& subject) {
    Measured made;
    made.is_span = !subject.to.empty();
    made.from = made.is_span ? time_input(subject.from) : input(subject.from);
    if (made.is_span && subject.to != kNow) made.to = time_input(subject.to);
    return made;
  }

  Measured measured(Measure const& measure, Subject const& subject) {
    auto const made = measured(subject);
    Kind const kind = plan_.inputs[made.from].kind;
    bool const ends = measure.function == Function::min || measure.function == Function::max;
    bool const number = made.is_span || kind == Kind::number || kind == Kind::decimal || (ends && kind == Kind::time);
    if (measures_values(measure.function) && !number)
      refuse("measure", text_of(measure), "over numbers",
             kind == Kind::time ? "of times give a span, e.g. " + subject.from + "..now" : "count values by --by");
    return made;
  }

  void add_key(Group const& group) {
    GroupKey key{group, {}, {}};
    if (group.part == Part::band) {
      key.span = measured(group.of);
    } else if (group.part != Part::value) {
      if (!group.of.from.empty()) key.input = time_input(group.of.from);
    } else {
      key.input = input(group.of.from);
      if (plan_.inputs[*key.input].kind == Kind::time)
        refuse("by", group.of.from, "a part of a time", "e.g. date:" + group.of.from + " or month:" + group.of.from);
      if (type_.fields[plan_.inputs[*key.input].field].type == FieldType::object &&
          plan_.inputs[*key.input].member.empty())
        refuse("by", group.of.from, "a value", "name a member, e.g. " + group.of.from + ".NAME");
    }
    for (auto const& other : plan_.keys) {
      if (other.group.name == group.name) refuse("by", group.name, "named once");
    }
    plan_.keys.push_back(std::move(key));
  }

  std::optional<std::size_t> mask(std::string const& first, std::string const& second = {}) {
    std::vector<Filter> both;
    for (auto const* text : {&first, &second}) {
      if (!text->empty()) both.push_back(parse(*text));
    }
    if (both.empty()) return std::nullopt;
    std::string const key = first + "\n" + second;
    auto const found = std::find(mask_texts_.begin(), mask_texts_.end(), key);
    if (found != mask_texts_.end()) return static_cast<std::size_t>(found - mask_texts_.begin());
    mask_texts_.push_back(key);
    plan_.masks.push_back(query::all_of(std::move(both)));
    add_inputs(plan_.masks.back());
    return plan_.masks.size() - 1;
  }

  std::size_t series(Series wanted) {
    for (std::size_t i = 0; i < plan_.series.size(); ++i) {
      auto& known = plan_.series[i];
      if (known.view != wanted.view || known.mask != wanted.mask || known.measured != wanted.measured ||
          known.balance != wanted.balance)
        continue;
      known.sample = known.sample || wanted.sample;
      return i;
    }
    plan_.series.push_back(wanted);
    return plan_.series.size() - 1;
  }

  void add_figure(Measure const& measure) {
    Figure figure{measure, 0, 0};
    Series wanted{view_of(measure), {}, {}, is_ranked(measure.function), measure.function == Function::balance};
    switch (measure.function) {
      case Function::n:
        wanted.mask = mask(measure.where);
        break;
      case Function::share:
        wanted.mask = mask(measure.among);
        figure.other = series(wanted);
        wanted.mask = mask(measure.among, measure.where);
        break;
      case Function::ratio:
        wanted.mask = mask(measure.where);
        if (measure.per.from != kRecords) wanted.measured = measured(measure, measure.per);
        figure.other = series(wanted);
        wanted.measured = measured(measure, measure.of);
        break;
      default:
        wanted.mask = mask(measure.where);
        wanted.measured = measured(measure, measure.of);
    }
    figure.series = series(wanted);
    refuse_twice(measure.name);
    plan_.figures.push_back(std::move(figure));
  }

  /// For the order of the rows, or which of them there are.
  bool is_used(std::string const& name) const {
    return plan_.definition.sort.find(name) != std::string::npos ||
           plan_.definition.having.find(name) != std::string::npos;
  }

  bool is_taken(std::string_view name) const {
    for (auto const& key : plan_.keys) {
      if (key.group.name == name) return true;
    }
    return std::any_of(plan_.figures.begin(), plan_.figures.end(),
                       [&](Figure const& one) { return one.measure.name == name; });
  }

  void refuse_twice(std::string_view name) const {
    if (is_taken(name)) refuse("measure", name, "named once", "give it a name: NAME=MEASURE");
  }

  /// Beside every figure over values stands how many there were, and how many were left out, and why.
  void add_what_was_left_out() {
    std::size_t const asked = plan_.figures.size();
    std::vector<std::size_t> done;
    for (std::size_t i = 0; i < asked; ++i) {
      auto const figure = plan_.figures[i];
      if (!is_averaged(figure)) continue;
      if (std::find(done.begin(), done.end(), figure.series) != done.end()) continue;
      done.push_back(figure.series);
      bool const span = !figure.measure.of.to.empty();
      for (auto const function : {Function::count, Function::pending, Function::not_applicable, Function::invalid}) {
        bool const may_be = function == Function::count || (function == Function::invalid && span) ||
                            (function == Function::pending && (plan_.state || span)) ||
                            function == Function::not_applicable;
        if (may_be) add_aside(figure, function);
      }
    }
  }

  /// What is left out changes such a figure; sums, ends of time and ratios of sums are what they are.
  bool is_averaged(Figure const& figure) const {
    switch (figure.measure.function) {
      case Function::mean:
      case Function::median:
      case Function::p90:
      case Function::p95:
        return true;
      case Function::min:
      case Function::max:
        return plan_.series[figure.series].measured->is_span;
      default:
        return false;
    }
  }

  void add_aside(Figure const& figure, Function function) {
    for (auto const& known : plan_.figures) {
      if (known.series == figure.series && known.measure.function == function) return;
    }
    Measure aside;
    aside.function = function;
    aside.of = figure.measure.of;
    aside.where = figure.measure.where;
    aside.at = figure.measure.at;
    aside.aside = true;
    std::string const word(function == Function::count ? "n" : function_names()[static_cast<std::size_t>(function)]);
    aside.name = word + "_" + subject_name(aside.of);
    // Of one subject, other records: told apart by the figure that they stand beside.
    if (is_taken(aside.name)) aside.name = word + "_" + figure.measure.name;
    if (is_taken(aside.name)) return;
    plan_.figures.push_back({std::move(aside), figure.series, 0});
  }

  void refuse_balance_without_periods() const {
    for (auto const& figure : plan_.figures) {
      bool const periods = plan_.keys.size() == 1 && is_period(plan_.keys[0].group.part) && !plan_.keys[0].input;
      if (figure.measure.function == Function::balance && (!periods || figure.measure.of.to.empty()))
        refuse("measure", text_of(figure.measure), "a span, in a report by one period",
               "e.g. --by week --measure balance:created_at..resolved_at");
    }
    if (plan_.definition.fill && (plan_.keys.size() != 1 || !is_period(plan_.keys[0].group.part)))
      refuse("fill", "true", "for a report by one period", "by: week");
  }

  void add_list() {
    if (plan_.definition.fields.empty()) refuse("measure", "", "given", "e.g. --measure n; a list names its fields");
    for (auto const& name : plan_.definition.fields) plan_.listed.push_back(input(name));
  }

  void add_sort() {
    std::string_view rest = plan_.definition.sort;
    while (!rest.empty()) {
      auto const comma = std::min(rest.find(','), rest.size());
      auto name = base::trimmed(rest.substr(0, comma));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      bool const descending = name.starts_with('-');
      if (descending) name.remove_prefix(1);
      plan_.sort.push_back({column(name), descending});
    }
  }

  std::size_t column(std::string_view name) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < plan_.width(); ++i) {
      names.push_back(plan_.column_name(i));
      if (names.back() == name) return i;
    }
    std::string const best = base::nearest(name, names);
    refuse("sort", name, "a column of the report", best.empty() ? "" : "did you mean " + best + "?");
  }

  Plan plan_;
  base::RecordType const& type_;
  std::vector<std::string> mask_texts_;
};

/// In the view's period.
Filter within(Plan const& plan, View const& view) {
  std::vector<Filter> ends;
  if (!view.time) return {};
  auto const field = plan.inputs[*view.time].field;
  if (plan.context.since) ends.push_back(query::condition_on(field, query::Op::ge, {*plan.context.since}));
  if (plan.context.until) ends.push_back(query::condition_on(field, query::Op::lt, {*plan.context.until}));
  return query::all_of(std::move(ends));
}

/// Begun before the period's end, and not ended before its begin.
Filter under_way(Plan const& plan, Measured const& span) {
  std::vector<Filter> both;
  if (plan.context.until)
    both.push_back(query::condition_on(plan.inputs[span.from].field, query::Op::lt, {*plan.context.until}));
  if (span.to && plan.context.since) {
    Filter either;
    either.kind = Filter::Kind::any;
    auto const field = plan.inputs[*span.to].field;
    either.children = {query::condition_on(field, query::Op::ge, {*plan.context.since}),
                       query::condition_on(field, query::Op::eq, {base::Value()})};
    both.push_back(std::move(either));
  }
  return query::all_of(std::move(both));
}

Filter needed_by(Plan const& plan, Series const& series) {
  Filter const period = series.balance ? under_way(plan, *series.measured) : within(plan, plan.views[series.view]);
  return query::all_of({period, series.mask ? plan.masks[*series.mask] : Filter()});
}

/// The same for each, but what they have in common once.
Filter any_of(std::vector<Filter> filters) {
  for (auto const& filter : filters) {
    if (filter.kind == Filter::Kind::everything) return {};
  }
  if (filters.size() == 1) return filters[0];
  Filter any;
  any.kind = Filter::Kind::any;
  any.children = std::move(filters);
  return any;
}

}  // namespace

Kind kind_of(FieldType type) {
  switch (type) {
    case FieldType::integer:
    case FieldType::boolean:
      return Kind::number;
    case FieldType::decimal:
      return Kind::decimal;
    case FieldType::time:
      return Kind::time;
    case FieldType::choice:
      return Kind::choice;
    case FieldType::text:
    case FieldType::block:
    case FieldType::object:
    case FieldType::list:
      break;
  }
  return Kind::text;
}

std::string Plan::column_name(std::size_t column) const {
  if (!is_list()) return column < keys.size() ? keys[column].group.name : figures[column - keys.size()].measure.name;
  auto const& shown = inputs[listed[column]];
  std::string name(type().fields[shown.field].name);
  return shown.member.empty() ? name : name + "." + shown.member;
}

Filter Plan::fetch() const {
  std::vector<Filter> needed;
  // Where all look at the report's own period, its index finds them; filters of single figures would only cost.
  bool const one_period =
      std::all_of(series.begin(), series.end(), [](Series const& one) { return one.view == 0 && !one.balance; });
  if (is_list() || (one_period && views[0].time)) {
    needed.push_back(within(*this, views[0]));
  } else {
    for (auto const& one : series) needed.push_back(needed_by(*this, one));
  }
  return query::all_of({where, any_of(std::move(needed))});
}

Plan make_plan(Definition const& definition, Context const& context, Where filtered) {
  return Maker(definition, context, filtered).make();
}

}  // namespace umsops::report
