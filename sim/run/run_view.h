// SPDX-License-Identifier: MIT
// What readers of a run need to tell about it in words: the trace, and names
// for the addresses in it. A session is one; tests make another.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "sim/core/trace.h"
#include "sim/run/symbols.h"

namespace run {

class Session;

class RunView {
 public:
  virtual ~RunView() = default;

  virtual const sim::Trace& trace() const = 0;
  virtual Location where(uint32_t pc) const = 0;
  virtual std::string lock_name(uint32_t map) const = 0;        // "&s.a"
  virtual std::string task_name(uint32_t task) const = 0;       // "worker/3"
  virtual std::string object_name(uint32_t address) const = 0;  // "s.a.count"

  // What lies there: "s.count", and how to write its value. Empty name: unknown.
  struct Data {
    std::string name;
    bool is_signed = false, is_pointer = false;
  };
  virtual Data data(uint32_t address, unsigned size) const = 0;

  virtual std::string finding_title(uint64_t index) const = 0;
  virtual std::string log_text(uint64_t index) const = 0;
};

// Reads the session as it stands; it must outlive the view.
std::unique_ptr<RunView> view_of(const Session& session);

}  // namespace run
