// SPDX-License-Identifier: MIT
#include "gui/model/track.h"

#include <algorithm>

namespace gui {
namespace {

constexpr unsigned kKinds = 16;

// Time per kind, and the kind that has most of it. Nearly always there is one
// kind only, so a second one is what makes the table.
class Tally {
 public:
  void add(unsigned kind, double busy, double of_kind) {
    busy_ += busy;
    if (!several_ && (kind == only_ || only_ == kNone)) {
      only_ = kind;
      of_only_ += of_kind;
      return;
    }
    if (!several_) {
      std::fill_n(time_, kKinds, 0.0);
      time_[only_] = of_only_;
      several_ = true;
    }
    time_[kind] += of_kind;
  }
  double busy() const { return busy_; }
  double time(unsigned kind) const { return several_ ? time_[kind] : of_only_; }
  unsigned most() const {
    return several_ ? static_cast<unsigned>(std::max_element(time_, time_ + kKinds) - time_)
                    : only_;
  }

 private:
  static constexpr unsigned kNone = kKinds;
  double busy_ = 0, of_only_ = 0;
  unsigned only_ = kNone;
  bool several_ = false;
  double time_[kKinds];  // once there are several
};

}  // namespace

// Gathers what is narrower than a column and hands out finished segments.
class Track::Folder {
 public:
  Folder(uint64_t t0, uint64_t t1, uint64_t column, std::vector<Segment>& out)
      : t0_(t0), t1_(t1), column_(std::max<uint64_t>(1, column)), out_(out) {}

  bool outside(uint64_t start, uint64_t end) const { return end < t0_ || start > t1_; }
  uint64_t column() const { return column_; }

  void exact(const Interval& e, size_t index) {
    flush();
    out_.push_back(
        {e.start, e.end(), e.what(), 8, mask_of(e.what()), 1, static_cast<uint32_t>(index)});
  }

  void add(uint64_t start, unsigned kind, double busy, double of_kind, uint16_t mask,
           uint32_t count, size_t index) {
    if (count_ == 0 || start >= column_end_) {
      flush();
      column_start_ = start / column_ * column_;
      column_end_ = column_start_ + column_;
      index_ = index;
    }
    tally_.add(kind, busy, of_kind);
    mask_ = static_cast<uint16_t>(mask_ | mask);
    count_ += count;
    only_kind_ = kind;
  }

  void flush() {
    if (count_ == 0) return;
    const unsigned most = tally_.busy() > 0 ? tally_.most() : only_kind_;
    const double share = tally_.busy() / static_cast<double>(column_);
    const auto cover = static_cast<uint8_t>(std::clamp(static_cast<int>(share * 8 + 0.5), 1, 8));
    Segment* last = out_.empty() ? nullptr : &out_.back();
    const bool joins = last != nullptr && last->count > 1 && last->end == column_start_ &&
                       last->kind == static_cast<Kind>(most) && last->cover == cover &&
                       last->mask == mask_;
    if (joins) {
      last->end = column_end_;
      last->count += count_;
    } else {
      out_.push_back({column_start_, column_end_, static_cast<Kind>(most), cover, mask_, count_,
                      static_cast<uint32_t>(index_)});
    }
    tally_ = {};
    mask_ = 0;
    count_ = 0;
  }

 private:
  uint64_t t0_, t1_, column_;
  std::vector<Segment>& out_;
  uint64_t column_start_ = 0, column_end_ = 0;
  Tally tally_;
  uint16_t mask_ = 0;
  uint32_t count_ = 0;
  size_t index_ = 0;
  unsigned only_kind_ = 0;
};

Track::Node Track::summary_of(const Track& t, unsigned level, size_t first) {
  Node n{};
  Tally tally;
  for (size_t i = first; i < first + kFan; ++i) {
    if (level == 0) {
      const Interval& e = t.intervals_[i];
      tally.add(e.kind & 15u, e.dur, e.dur);
      n.mask = static_cast<uint16_t>(n.mask | mask_of(e.what()));
      n.end = std::max(n.end, e.end());
    } else {
      const Node& c = t.levels_[level - 1][i];
      const double busy =
          static_cast<double>(c.busy) / 65535.0 * static_cast<double>(c.end - c.start);
      tally.add(c.kind & 15u, busy, busy * c.share / 255.0);
      n.mask = static_cast<uint16_t>(n.mask | c.mask);
      n.end = std::max(n.end, c.end);
    }
  }
  n.start = level == 0 ? t.intervals_[first].start : t.levels_[level - 1][first].start;
  const double span = static_cast<double>(std::max<uint64_t>(1, n.end - n.start));
  const unsigned most = tally.most();
  const double busy = tally.busy();
  n.busy = static_cast<uint32_t>(std::min(65535.0, busy / span * 65535.0));
  n.kind = static_cast<uint8_t>(most);
  n.share = busy > 0 ? static_cast<uint8_t>(tally.time(most) / busy * 255.0) : 255;
  return n;
}

void Track::append(uint64_t start, uint64_t end, Kind kind, uint32_t ref, unsigned cpu) {
  if (size() > 0) start = std::max(start, intervals_[size() - 1].end());
  end = std::max(end, start);
  Interval e;
  e.start = start & ((uint64_t{1} << 48) - 1);
  e.kind = static_cast<unsigned>(kind);
  e.cpu = cpu & 255u;
  e.dur = static_cast<uint32_t>(std::min<uint64_t>(end - start, Interval::kLongest));
  e.ref = ref;
  intervals_.push(e);
  size_t below = intervals_.size();
  for (unsigned level = 0; level < kLevels && below % kFan == 0; ++level) {
    levels_[level].push(summary_of(*this, level, below - kFan));
    below = levels_[level].size();
  }
}

void Track::truncate(size_t size) {
  intervals_.truncate(size);
  for (auto& level : levels_) level.truncate(size >>= kFanLog);
}

size_t Track::bytes() const {
  size_t n = intervals_.bytes();
  for (const auto& level : levels_) n += level.bytes();
  return n;
}

size_t Track::first_ending_after(uint64_t time) const {
  size_t low = 0, high = size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (intervals_[middle].end() <= time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

size_t Track::at(uint64_t time) const {
  const size_t i = first_ending_after(time);
  return i < size() && intervals_[i].start <= time ? i : size();
}

void Track::fold_interval(Folder& f, size_t i) const {
  const Interval& e = intervals_[i];
  if (f.outside(e.start, e.end())) return;
  if (e.dur >= f.column())
    f.exact(e, i);
  else
    f.add(e.start, e.kind & 15u, e.dur, e.dur, mask_of(e.what()), 1, i);
}

void Track::fold_node(Folder& f, unsigned level, size_t i) const {
  const Node& n = levels_[level][i];
  if (f.outside(n.start, n.end)) return;
  const uint64_t span = n.end - n.start;
  if (span <= f.column()) {
    const double busy = static_cast<double>(n.busy) / 65535.0 * static_cast<double>(span);
    const unsigned shift = kFanLog * (level + 1);
    f.add(n.start, n.kind & 15u, busy, busy * n.share / 255.0, n.mask, 1u << shift, i << shift);
    return;
  }
  for (size_t k = i * kFan; k < (i + 1) * kFan; ++k) {
    if (level == 0)
      fold_interval(f, k);
    else
      fold_node(f, level - 1, k);
  }
}

void Track::query(uint64_t t0, uint64_t t1, uint64_t column, std::vector<Segment>& out) const {
  Folder f(t0, t1, column, out);
  size_t done = 0;  // intervals that higher levels have covered
  for (unsigned level = kLevels; level-- > 0;) {
    const auto& nodes = levels_[level];
    size_t low = done >> (kFanLog * (level + 1)), high = nodes.size();
    while (low < high) {
      const size_t middle = (low + high) / 2;
      if (nodes[middle].end < t0)
        low = middle + 1;
      else
        high = middle;
    }
    for (size_t i = low; i < nodes.size() && nodes[i].start <= t1; ++i) fold_node(f, level, i);
    done = std::max(done, nodes.size() << (kFanLog * (level + 1)));
  }
  for (size_t i = done; i < size(); ++i) fold_interval(f, i);
  f.flush();
}

}  // namespace gui
