// SPDX-License-Identifier: MIT
// Linux's table of lock statistics, column by column.
#include <fmt/format.h>

#include <algorithm>

#include "sim/check/lock_stat.h"

namespace check {

namespace {

constexpr unsigned kWidth = 40 + 1 + 12 * 15;
constexpr size_t kPoints = 4;

std::string line(char c, size_t offset, size_t length) {
  return std::string(offset, ' ') + std::string(length, c) + "\n";
}

// ns as microseconds with two decimals, rounded as Linux rounds.
std::string micros(uint64_t ns) {
  const uint64_t rounded = ns + 5;
  return fmt::format("{}.{:02}", rounded / 1000, rounded % 1000 / 10);
}

std::string times(const LockTimes& t) {
  return fmt::format("{:14} {:>14} {:>14} {:>14} {:>14}", t.count, micros(t.min), micros(t.max),
                     micros(t.total), micros(t.average()));
}

std::string row(const std::string& label, const LockStat& s, unsigned read) {
  return label + fmt::format("{:14} ", s.contended_bounces[read]) + times(s.wait[read]) +
         fmt::format(" {:14} ", s.acquired_bounces[read]) + times(s.hold[read]) + "\n";
}

std::string points(const std::string& name, const std::vector<LockStat::Point>& list,
                   const LockStatNames& names) {
  std::string text;
  for (size_t i = 0; i < std::min(kPoints, list.size()); ++i) {
    if (!i) text += line('-', 40 - name.size(), name.size());
    text += fmt::format("{:>40} {:14} {:>29} {}\n", name, list[i].count,
                        fmt::format("[<{:016x}>]", list[i].pc), names.function_offset(list[i].pc));
  }
  return text;
}

}  // namespace

std::string lock_stat_text(const std::vector<LockStat>& classes, const LockStatNames& names) {
  std::string text =
      "lock_stat version 0.4\n" + line('-', 0, kWidth) + fmt::format("{:>40}", "class name");
  for (const char* column : {"con-bounces", "contentions", "waittime-min", "waittime-max",
                             "waittime-total", "waittime-avg", "acq-bounces", "acquisitions",
                             "holdtime-min", "holdtime-max", "holdtime-total", "holdtime-avg"})
    text += fmt::format(" {:>14}", column);
  text += "\n" + line('-', 0, kWidth) + "\n";
  for (const LockStat& s : classes) {
    const std::string name = s.name.substr(0, 37);
    const bool writers = s.hold[0].count || s.wait[0].count;
    const bool readers = s.hold[1].count || s.wait[1].count;
    if (writers)
      text += row(readers ? fmt::format("{:>38}-W:", name) : fmt::format("{:>40}:", name), s, 0);
    if (readers) text += row(fmt::format("{:>38}-R:", name), s, 1);
    if (s.contention.empty()) continue;
    text += points(name, s.contention, names) + points(name, s.contending, names) + "\n" +
            line('.', 0, kWidth) + "\n";
  }
  return text;
}

}  // namespace check
