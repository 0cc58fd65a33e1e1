// SPDX-License-Identifier: MIT
// Arbiter: who takes the next step. All nondeterminism is answered here.
//
// The engine asks before every step, when each actor stands before a declared,
// unexecuted operation. `live` (virtual-time order) is built into the engine's
// fast path and is not an object; all other policies are Arbiters, each one
// small file. An arbiter's state is plain data in the arena that it is given.
#pragma once

#include <bit>
#include <cstdint>

namespace sim {

// Actors: CPU n is n; source k is kSourceBase + k; kTimeBase + n is time itself,
// which passes until the local timer of CPU n is due (where virtual time orders
// nothing: not with `live`).
constexpr unsigned kSourceBase = 64, kTimeBase = 128;

// A question: the enabled actors. At least one is enabled.
struct Choice {
  uint64_t number;         // counts questions from power-on
  uint64_t cpus;           // bit n: CPU n can step
  uint64_t sources;        // bit k: raising source k now would reach somebody
  unsigned current;        // the actor that stepped last
  const uint64_t* clocks;  // virtual time of each CPU, ns

  unsigned cpu_count() const { return static_cast<unsigned>(std::popcount(cpus)); }
  bool enabled(unsigned actor) const {  // a CPU or a source
    return actor < kSourceBase ? (cpus >> actor & 1) != 0
                               : (sources >> (actor - kSourceBase) & 1) != 0;
  }
};

class Arbiter {
 public:
  virtual ~Arbiter() = default;
  virtual const char* name() const = 0;
  virtual unsigned choose(const Choice& choice) = 0;  // an enabled actor
  // No CPU can step. A source to raise now; kNobody: time passes until something
  // that is pending changes that, or the machine is stuck.
  static constexpr unsigned kNobody = 0xffff;
  virtual unsigned choose_in_silence(const Choice&) { return kNobody; }
  // True: it is asked only at points, which are the accesses of the user's
  // image, its operations on locks, where interrupts are enabled (on a machine
  // with sources), and wherever the CPU that stepped last can't go on; between
  // them that CPU goes on. Choices are numbered all the same.
  virtual bool asked_at_points() const { return false; }
};

}  // namespace sim
