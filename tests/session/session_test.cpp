// SPDX-License-Identifier: MIT
// Sessions on the lessons: determinism, and moving through time.
#include "sim/run/session.h"

#include <gtest/gtest.h>

#include "sim/run/lesson.h"

namespace {

using run::Session;
using run::Unit;

run::Program program_of(const std::string& name) {
  return run::build_variant(run::find_variant(run::load_lessons(), name));
}

const run::Program& fixed() {
  static const run::Program program = program_of("ab-ba/fixed");
  return program;
}

std::string hash_of_run(const run::Config& config) {
  Session session(fixed(), config);
  session.run({});
  EXPECT_TRUE(session.finished());
  EXPECT_EQ(session.verdict(), "clean");
  return session.trace_hash();
}

TEST(Session, the_same_run_has_the_same_hash_whatever_the_cpus_and_arbiter) {
  for (unsigned cpus : {1u, 2u, 5u}) {
    for (const char* arbiter : {"live", "random", "round_robin"}) {
      run::Config config;
      config.cpus = cpus;
      config.arbiter = arbiter;
      EXPECT_EQ(hash_of_run(config), hash_of_run(config)) << cpus << " " << arbiter;
    }
  }
}

TEST(Session, a_source_that_nobody_listens_to_does_not_keep_an_idle_machine_from_its_end) {
  for (const char* arbiter : {"live", "random"}) {
    run::Config config;
    config.arbiter = arbiter;
    config.sources = {{.name = "eth0", .rate_hz = 1'000'000}};
    config.time_max_ns = 2'000'000;
    EXPECT_EQ(hash_of_run(config), hash_of_run(config)) << arbiter;
  }
}

TEST(Session, a_run_whose_time_is_over_before_the_kernel_is_up_ends_once_it_is) {
  for (const uint64_t time : {1u, 500u, 20'000u, 40'000u, 60'000u}) {
    run::Config config;
    config.time_max_ns = time;
    const std::string hash = hash_of_run(config);
    Session pieces(fixed(), config);  // the pace of looking changes nothing
    for (uint64_t step = 0; !pieces.finished();) pieces.run({.step = step += 7});
    EXPECT_EQ(pieces.trace_hash(), hash) << time;
    pieces.seek(pieces.position().step / 2);
    pieces.run({});
    EXPECT_EQ(pieces.trace_hash(), hash) << time;
  }
}

TEST(Session, another_seed_is_another_run) {
  run::Config config, other;
  other.seed = 2;
  EXPECT_NE(hash_of_run(config), hash_of_run(other));
}

TEST(Session, seeking_anywhere_and_on_gives_the_same_end) {
  run::Config config;
  Session session(fixed(), config);
  session.run({});
  const std::string end = session.trace_hash();
  const uint64_t last = session.position().step;
  for (const uint64_t step : {last / 2, uint64_t{1}, last - 1, last / 3, uint64_t{0}}) {
    session.seek(step);
    EXPECT_EQ(session.position().step, step);
    session.run({});
    EXPECT_EQ(session.trace_hash(), end) << "after seeking to " << step;
    EXPECT_EQ(session.position().step, last);
  }
}

TEST(Session, the_past_has_the_hash_that_it_had) {
  run::Config config;
  config.arbiter = "random";
  Session session(fixed(), config);
  std::vector<std::string> hashes;
  for (uint64_t step = 500; step <= 3000; step += 500) {
    session.seek(step);
    hashes.push_back(session.trace_hash());
  }
  for (size_t i = hashes.size(); i-- > 0;) {
    session.seek(500 * (i + 1));
    EXPECT_EQ(session.trace_hash(), hashes[i]);
  }
}

TEST(Session, back_undoes_each_unit) {
  run::Config config;
  for (const Unit unit : {Unit::kStep, Unit::kLine, Unit::kFunction, Unit::kEvent}) {
    Session session(fixed(), config);
    session.run({.step = 4000});
    std::vector<uint64_t> stops{session.position().step};
    for (int i = 0; i < 4; ++i) {
      session.step(unit);
      stops.push_back(session.position().step);
      EXPECT_GT(stops[stops.size() - 1], stops[stops.size() - 2]);
    }
    for (size_t i = stops.size() - 1; i-- > 1;) {
      EXPECT_TRUE(session.back(unit));
      EXPECT_EQ(session.position().step, stops[i]) << static_cast<int>(unit);
    }
  }
}

TEST(Session, back_at_the_start_says_so) {
  Session session(fixed(), {});
  EXPECT_FALSE(session.back(Unit::kStep));
  EXPECT_EQ(session.position().step, 0u);
}

TEST(Session, findings_come_and_go_with_time) {
  const run::Program broken = program_of("ab-ba/broken");
  Session session(broken, {});
  EXPECT_EQ(session.run({}), run::Stop::kFinding);
  ASSERT_EQ(session.findings().size(), 1u);
  EXPECT_EQ(session.findings()[0].kind, "lock-order");
  EXPECT_EQ(session.verdict(), "lock-order");
  EXPECT_EQ(session.run({}), run::Stop::kFinding);
  ASSERT_EQ(session.findings().size(), 2u);
  EXPECT_EQ(session.findings()[1].kind, "deadlock");
  EXPECT_EQ(session.verdict(), "deadlock") << "the gravest";
  const uint64_t step = session.findings()[1].step;
  const std::string text = session.findings()[1].text;
  session.seek(step - 5);
  EXPECT_TRUE(session.findings().empty());
  EXPECT_EQ(session.verdict(), "clean");
  EXPECT_EQ(session.run({}), run::Stop::kFinding);
  EXPECT_EQ(session.run({}), run::Stop::kFinding);
  EXPECT_EQ(session.findings().at(1).step, step);
  EXPECT_EQ(session.findings().at(1).text, text);
}

TEST(Session, whoever_asks_for_no_checkers_gets_none) {
  run::Config config;
  config.checks = "none";
  Session session(program_of("ab-ba/broken"), config);
  EXPECT_EQ(session.run({}), run::Stop::kFinding);
  EXPECT_EQ(session.findings().at(0).kind, "deadlock");
}

TEST(Session, a_choice_is_taken_kept_and_replayed) {
  run::Config config;
  std::string schedule, hash;
  {
    Session session(fixed(), config);
    while (!session.log().empty() || session.options().size() < 2 ||
           session.options()[1].text.find("fixed.c") == std::string::npos) {
      session.step(Unit::kStep);
      ASSERT_FALSE(session.finished());
    }
    // One CPU for a while, then the other: no arbiter in its right mind does that.
    for (int i = 0; i < 60; ++i) {
      const auto options = session.options();
      session.choose(options[i < 30 && options.size() > 1].id);
    }
    const uint64_t here = session.position().step;
    session.run({});
    hash = session.trace_hash();
    session.seek(here - 2);
    session.run({});
    EXPECT_EQ(session.trace_hash(), hash) << "choices survive a seek";
    schedule = session.schedule();
  }
  EXPECT_NE(hash, hash_of_run(config)) << "the choices changed the run";
  const auto again = Session::replay(schedule, [](const std::string&) { return fixed(); });
  again->run({});
  EXPECT_EQ(again->trace_hash(), hash);
}

TEST(Session, a_schedule_for_other_images_is_refused) {
  std::string schedule;
  {
    Session session(fixed(), {});
    session.run({});
    schedule = session.schedule();
  }
  const run::Program other = program_of("ab-ba/broken");
  EXPECT_THROW(Session::replay(schedule, [&](const std::string&) { return other; }),
               std::runtime_error);
}

TEST(Session, looking_changes_nothing) {
  Session plain(fixed(), {});
  plain.run({});
  const std::string hash = plain.trace_hash();
  plain.seek(0);
  while (!plain.finished() && plain.position().step < 3000) {
    plain.run({.step = plain.position().step + 97});
    for (unsigned c = 0; c < plain.cpus(); ++c) plain.cpu(c);
    plain.options();
    plain.tasks();
  }
  plain.run({});
  EXPECT_EQ(plain.trace_hash(), hash);
}

}  // namespace
