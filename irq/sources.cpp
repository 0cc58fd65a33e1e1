// SPDX-License-Identifier: MIT
#include "irq/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "irq/draws.h"
#include "sim/core/error.h"

namespace irq {
namespace {

constexpr unsigned kFractionBits = 16;
constexpr double kSecond = 1e9 * (1u << kFractionBits);
constexpr unsigned kBurst = 8;
constexpr std::array<const char*, 5> kPatterns = {"periodic", "poisson", "burst", "once", "never"};

// In units of ns / 2^16.
uint64_t next_interval(Source& source) {
  switch (source.pattern) {
    case Pattern::kPeriodic:
      return source.interval;
    case Pattern::kPoisson:
      return draw_exponential(source.random, source.interval);
    case Pattern::kBurst:
      break;
    default:
      return 0;
  }
  const uint64_t spacing = source.interval / 8;
  if (source.burst_left > 0) {
    --source.burst_left;
    return spacing;
  }
  source.burst_left = kBurst - 1;
  return draw_exponential(source.random, kBurst * source.interval - (kBurst - 1) * spacing);
}

}  // namespace

Pattern pattern_of(std::string_view name) {
  const auto found = std::find(kPatterns.begin(), kPatterns.end(), name);
  if (found != kPatterns.end()) return static_cast<Pattern>(found - kPatterns.begin());
  throw sim::UserError(fmt::format(
      "an interrupt source has no pattern \"{}\": use periodic, poisson, burst, once or never",
      name));
}

const char* pattern_name(Pattern pattern) { return kPatterns[static_cast<size_t>(pattern)]; }

int Sources::find(std::string_view name) const {
  for (unsigned k = 0; k < count_; ++k) {
    if (name == source_[k].name.data()) return static_cast<int>(k);
  }
  return -1;
}

unsigned Sources::at(std::string_view name) const {
  const int k = find(name);
  if (k >= 0) return static_cast<unsigned>(k);
  std::string names;
  for (unsigned i = 0; i < count_; ++i) {
    names += (i == 0 ? "" : ", ") + std::string(source_[i].name.data());
  }
  throw sim::UserError(fmt::format("there is no interrupt source \"{}\": this machine has {}", name,
                                   names.empty() ? "none" : names));
}

unsigned Sources::add(std::string_view name, uint64_t seed) {
  if (name.empty() || name.size() > Source::kNameMax) {
    throw sim::UserError(
        fmt::format("the name of an interrupt source has 1 to {} characters", Source::kNameMax));
  }
  if (find(name) >= 0) {
    throw sim::UserError(fmt::format("there is an interrupt source \"{}\" already", name));
  }
  if (count_ == kMax) {
    throw sim::UserError(fmt::format("a machine has at most {} interrupt sources", kMax));
  }
  const unsigned k = count_++;
  std::copy(name.begin(), name.end(), source_[k].name.begin());
  source_[k].random.seed(seed ^ (uint64_t{k + 1} << 56));
  return k;
}

void Sources::check_rate(std::string_view name, double rate_hz) {
  if (rate_hz == 0 || (rate_hz >= kRateMin && rate_hz <= kRateMax)) return;
  throw sim::UserError(fmt::format(
      "the rate of interrupt source \"{}\" is 0 or between 0.01 and 100000000 a second", name));
}

void Sources::set(unsigned k, double rate_hz, Pattern pattern, uint64_t once_step) {
  check_rate(source_[k].name.data(), rate_hz);
  Source& source = source_[k];
  source.rate_hz = rate_hz;
  source.pattern = pattern;
  source.once_step = once_step;
  source.once_armed = pattern == Pattern::kOnce;
  source.burst_left = 0;
  source.fraction = 0;
  source.interval = rate_hz == 0 ? 0 : static_cast<uint64_t>(kSecond / rate_hz);
  find_next_step();
}

uint64_t Sources::delay_ns(unsigned k) {
  Source& source = source_[k];
  if (source.pattern >= Pattern::kOnce || source.interval == 0) return kNever;
  const uint64_t delay = next_interval(source) + source.fraction;
  source.fraction = static_cast<uint32_t>(delay & ((1u << kFractionBits) - 1));
  return delay >> kFractionBits;
}

void Sources::find_next_step() {
  next_step_ = kNever;
  for (unsigned k = 0; k < count_; ++k) {
    if (source_[k].once_armed) next_step_ = std::min(next_step_, source_[k].once_step);
  }
}

int Sources::take_once(uint64_t step) {
  for (unsigned k = 0; k < count_; ++k) {
    if (!source_[k].once_armed || source_[k].once_step > step) continue;
    source_[k].once_armed = false;
    find_next_step();
    return static_cast<int>(k);
  }
  return -1;
}

bool Sources::command(unsigned k, unsigned tag, uint64_t time_ns) {
  Source& source = source_[k];
  if (tag >= Source::kTags || (source.in_flight >> tag & 1) != 0) return false;
  source.in_flight |= 1u << tag;
  source.command_ns[tag] = time_ns;
  return true;
}

unsigned Sources::soonest(unsigned k) const {
  const Source& source = source_[k];
  unsigned best = Source::kTags;
  for (unsigned tag = 0; tag < Source::kTags; ++tag) {
    if ((source.in_flight >> tag & 1) == 0) continue;
    if (best == Source::kTags || source.command_ns[tag] < source.command_ns[best]) best = tag;
  }
  return best;
}

uint64_t Sources::next_command(unsigned k) const {
  const unsigned tag = soonest(k);
  return tag == Source::kTags ? kNever : source_[k].command_ns[tag];
}

void Sources::end_command(unsigned k) {
  const unsigned tag = soonest(k);
  source_[k].in_flight &= ~(1u << tag);
  source_[k].done |= 1u << tag;
}

}  // namespace irq
