// SPDX-License-Identifier: MIT
#include "gui/model/track.h"

#include <gtest/gtest.h>

#include <random>

namespace gui {
namespace {

struct Made {
  Track track;
  std::vector<Interval> all;
};

Made random_track(uint32_t seed, size_t n) {
  std::mt19937 random(seed);
  Made m;
  uint64_t time = random() % 1000;
  for (size_t i = 0; i < n; ++i) {
    time += random() % 3 == 0 ? random() % 4000 : random() % 20;
    const uint64_t dur = random() % 50 == 0 ? random() % 30000 : random() % 60;
    m.track.append(time, time + dur, static_cast<Kind>(random() % 6), static_cast<uint32_t>(i));
    m.all.push_back(m.track[i]);
    time += dur;
  }
  return m;
}

void compare_with_brute_force(const Made& m, uint64_t t0, uint64_t t1, uint64_t column) {
  std::vector<Segment> got;
  m.track.query(t0, t1, column, got);
  size_t wide = 0, seen = 0;
  double busy = 0, covered = 0;
  for (const Interval& e : m.all) {
    if (e.end() < t0 || e.start > t1) continue;
    if (e.dur >= column)
      ++wide;
    else
      busy += e.dur;
  }
  size_t exact = 0;
  for (const Segment& s : got) {
    seen += s.count;
    if (s.end - s.start >= column && s.count == 1 && m.all[s.index].start == s.start &&
        m.all[s.index].dur >= column) {
      ++exact;
      EXPECT_EQ(m.all[s.index].end(), s.end);
      EXPECT_EQ(m.all[s.index].what(), s.kind);
    } else {
      covered += static_cast<double>(s.end - s.start) * s.cover / 8;
    }
  }
  EXPECT_EQ(exact, wide);
  EXPECT_GE(seen, wide);
  for (size_t i = 1; i < got.size(); ++i) EXPECT_GE(got[i].start, got[i - 1].start);
  // A column's cover is at least an eighth, so thin ones are drawn too wide.
  EXPECT_GE(covered, busy * 0.5);
}

TEST(Track, every_wide_interval_is_found_exactly) {
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    const Made m = random_track(seed, 1 + seed * 311);
    const uint64_t end = m.all.back().end();
    for (const uint64_t column : {1ull, 30ull, 1000ull, 20000ull}) {
      compare_with_brute_force(m, 0, end, column);
      compare_with_brute_force(m, end / 3, end / 2, column);
    }
  }
}

TEST(Track, folding_counts_every_interval_once) {
  const Made m = random_track(7, 10007);
  std::vector<Segment> got;
  m.track.query(0, m.all.back().end(), 5000, got);
  size_t n = 0;
  for (const Segment& s : got) n += s.count;
  EXPECT_EQ(n, m.all.size());
}

TEST(Track, columns_stand_still_while_panning) {
  const Made m = random_track(3, 5000);
  std::vector<Segment> a, b;
  m.track.query(100'000, 400'000, 1000, a);
  m.track.query(100'300, 400'000, 1000, b);
  size_t common = 0;
  for (const Segment& s : b)
    for (const Segment& r : a) common += r.start == s.start && r.count == s.count;
  EXPECT_GE(common + 4, b.size());
}

TEST(Track, truncated_equals_never_appended) {
  Made m = random_track(11, 4000);
  m.track.truncate(1234);
  Track fresh;
  for (size_t i = 0; i < 1234; ++i)
    fresh.append(m.all[i].start, m.all[i].end(), m.all[i].what(), m.all[i].ref);
  for (size_t i = 1234; i < 3000; ++i) {
    fresh.append(m.all[i].start, m.all[i].end(), m.all[i].what(), m.all[i].ref);
    m.track.append(m.all[i].start, m.all[i].end(), m.all[i].what(), m.all[i].ref);
  }
  std::vector<Segment> a, b;
  m.track.query(0, UINT32_MAX, 700, a);
  fresh.query(0, UINT32_MAX, 700, b);
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].start, b[i].start);
    EXPECT_EQ(a[i].count, b[i].count);
    EXPECT_EQ(a[i].mask, b[i].mask);
  }
}

TEST(Track, time_reaches_from_zero_to_48_bits) {
  Track t;
  const uint64_t last = (uint64_t{1} << 48) - 1;
  t.append(0, 10, Kind::kTask, 1);
  t.append(last - 5, last, Kind::kSpin, 2);
  EXPECT_EQ(t.at(5), 0u);
  EXPECT_EQ(t.at(10), 2u);
  EXPECT_EQ(t.at(last - 1), 1u);
  std::vector<Segment> got;
  t.query(0, last, last / 1000, got);
  ASSERT_EQ(got.size(), 2u);
  EXPECT_EQ(got[1].mask, mask_of(Kind::kSpin));
}

TEST(Track, overlap_of_skewed_clocks_is_clamped) {
  Track t;
  t.append(100, 200, Kind::kHold, 1);
  t.append(150, 160, Kind::kHold, 2);
  EXPECT_EQ(t[1].start, 200u);
  EXPECT_EQ(t[1].dur, 0u);
}

}  // namespace
}  // namespace gui
