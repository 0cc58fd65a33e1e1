// SPDX-License-Identifier: MIT
// The engine: N CPUs, one host thread, one step at a time.
//
// Guest code runs on fibers. Each hook and each hw_* call goes through the life
// of a step (DESIGN.md section 3): settle, declare, ask, commit, access; the
// code of that path is cpu/step.h, which runs on the guest's stack as leaf code.
// Whatever is slow or decides (arbiters, devices, checkers, oopses) runs on the
// host's stack, in Engine's member functions.
//
// State is what a checkpoint carries; everything else here can be rebuilt.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cpu/cpu.h"
#include "cpu/executor.h"
#include "cpu/window.h"
#include "sim/core/agenda.h"
#include "sim/core/arbiter.h"
#include "sim/core/trace.h"

namespace cpu {

// What an observer wants to see of a kind of event.
enum class Interest : uint8_t { kNone, kHeap, kAll };  // kHeap: accesses to RAM pages only

enum class Answer : uint8_t { kCommit, kTake, kStop };

// Reads what happens, on the host's stack. See sim/check/.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void on_event(const sim::Event& event) = 0;
  virtual void on_console(unsigned cpu, unsigned level, const char* text, size_t length) = 0;
  virtual void on_report(unsigned cpu, hw_report_kind kind, const char* text, const char* file,
                         unsigned line, uint32_t pc) = 0;
  virtual int on_ask(unsigned cpu, hw_question question, uint32_t object) = 0;
};

// What an oops was.
struct Fault {
  enum Kind : uint8_t { kNone, kAccess, kStackOverflow, kDivide, kIllegal, kNoHook, kReturn };
  Kind kind = kNone;
  uint8_t cpu = 0;
  bool write = false;
  uint64_t address = 0;
  uint32_t pc = 0;
  uint64_t step = 0;
};

// One deviation: at this choice, this actor goes next.
struct Deviation {
  uint64_t choice;
  unsigned actor;
};

struct State {
  Cpu* cur;        // the CPU that runs; its fiber's hooks read this
  uint64_t step;   // steps committed
  uint64_t extra;  // choices answered that were no steps (interrupts taken or raised)
  uint64_t hash;
  uint64_t prng;            // jitter of costs
  uint64_t entropy;         // hw_random()
  uint64_t sequential;      // time of the last step, for arbiters without virtual time
  uint64_t event_key;       // Agenda key bound: an event is due at its time
  uint64_t online, parked;  // CPUs, bit n
  uint64_t next_deviation;  // index
  uint32_t contexts;        // ids ever used
  uint32_t free_context;    // head of a list through Context::argument; 0: none
  Answer answer;            // to whoever is switched to
  StopReason ended;         // the machine is dead: kPowerOff or kOops
  int power_status;
  void (*vector_entry)(unsigned vector);
  Fault fault;
  sim::Agenda agenda{HW_CPUS_MAX};
  uint8_t watch[4096];  // parked readers and user watches by (address >> 3) & 4095
};

// The hardware ABI by name, for the image loader; nullptr if there is none.
void* abi_symbol(const char* name);

class Engine final : public Executor {
 public:
  Engine(unsigned cpus, uint64_t seed, sim::Trace& trace, Window& window);
  ~Engine() override;

  void attach(Interrupts& interrupts) { interrupts_ = &interrupts; }
  void attach(Observer& observer) { observer_ = &observer; }
  void set_arbiter(sim::Arbiter* arbiter);  // nullptr: live
  void add_interest(unsigned kind, Interest what) {
    if (interest[kind] < what) interest[kind] = what;
  }
  void set_deviations(std::vector<Deviation> deviations);
  const std::vector<Deviation>& deviations() const { return deviations_; }

  // Executor. Where run() stops changes nothing: going on is the same run.
  void* abi_symbol(const char* name) const override { return cpu::abi_symbol(name); }
  void boot(void (*entry)(void*), void* argument) override;
  using Executor::run;
  StopReason run(uint64_t stop_step, uint64_t stop_choice, uint64_t stop_time) override;
  void request_stop() override {
    stop_requested_ = true;
    refresh_slow();
  }
  void set_breakpoints(std::vector<uint32_t> pcs);

  // Manual driving: what may go next.
  sim::Choice choice();
  uint64_t choice_number() const { return s.step + s.extra; }

  // CpuLines.
  void set_wires(unsigned cpu, bool irq, bool nmi) override;
  uint64_t now(unsigned cpu) const override { return cpus[cpu].now; }
  uint64_t step() const override { return s.step; }
  void record(unsigned cpu, unsigned kind, uint32_t object, uint64_t arg) override;
  void record_pc(unsigned cpu, unsigned kind, uint32_t object, uint64_t arg, uint32_t pc);

  // Call sites of the context running on `cpu`, innermost first.
  unsigned backtrace(unsigned cpu, uint32_t* pcs, unsigned max) const;
  void refresh_events();  // after the interrupt hardware's plans changed
  void refresh_attention(Cpu& c);
  uint64_t time() const;  // the furthest clock
  void crash();           // s.fault says what; the machine is dead from here

  // Hot: read and written by cpu/step.h on the guest's stack. -----------------
  State s{};
  uint64_t slow_at = 0;  // from this step on the slow path is taken
  sim::Event* ring = nullptr;
  uint64_t ring_mask = 0;
  uint64_t detail = 0;  // detail events written
  uint8_t* dirty_map = nullptr;
  uint32_t* dirty_list = nullptr;
  uint32_t* dirty_count = nullptr;
  unsigned cpu_count;
  void* host_sp = nullptr;  // where run() waits
  bool in_guest = false;
  Interest interest[256] = {};  // of the observer, by kind
  bool points_only = false;     // the arbiter is asked at points: see sim/core/arbiter.h
  bool enabling_is_point = false;
  Cpu cpus[HW_CPUS_MAX]{};
  Spin spins[HW_CPUS_MAX]{};
  std::unique_ptr<Context[]> contexts;

  // Called from the guest's side through call_on_stack(). ----------------------
  void decide();       // answers s.answer and `chosen` for the next step
  void take_vector();  // argument and result in `vector`
  void returned_from_vector();
  void grow_lane();
  void deliver();  // `pending_event` to the observer
  const sim::Event* pending_event = nullptr;
  Observer* observer() { return observer_; }
  Interrupts* interrupts() { return interrupts_; }
  Cpu* chosen = nullptr;
  int vector = 0;
  StopReason stop_reason = StopReason::kNone;
  sim::Trace& trace() { return trace_; }
  void create_context();  // new_entry, new_argument -> new_context (0: none left)
  void (*new_entry)(void*) = nullptr;
  void* new_argument = nullptr;
  uint32_t new_context = 0;
  void power_off();
  void console();  // `message`
  void report();
  void question();  // `message` -> `reply`
  struct Message {
    const char* text;
    const char* file;
    unsigned length, kind, line;
    uint32_t pc;
  } message{};
  int reply = 0;
  struct Io {
    enum What {
      kLapicRead,
      kLapicWrite,
      kIoapicRead,
      kIoapicWrite,
      kSourceLine,
      kSourceAck,
      kSourceCommand,
      kSourceDone,
      kSourceRaised
    } what;
    uint32_t index;
    uint64_t value;
    const char* name;
    uint32_t tag = 0;  // kSourceCommand
  } io{};
  void access_io();

 private:
  friend class Checkpoint;
  void stop(StopReason reason);
  bool can_step(const Cpu& c) const;
  void place(Cpu& c);  // its key in the agenda, from its state
  bool next_actor(unsigned* actor);
  bool deviate(unsigned* actor);
  bool live_winner(unsigned* actor);
  uint64_t ends_silence() const;
  bool ask_arbiter(unsigned* actor);
  bool end_silence(unsigned* actor);
  bool possible(unsigned actor);
  void let_time_pass(unsigned cpu);
  void run_events_until(uint64_t time);
  void run_one_event();
  uint64_t enabled_cpus() const;
  uint64_t present() const;
  bool at_breakpoint(const Cpu& c);
  void refresh_slow();

  sim::Trace& trace_;
  Window& window_;
  Interrupts* interrupts_ = nullptr;
  Observer* observer_ = nullptr;
  sim::Arbiter* arbiter_ = nullptr;
  std::vector<Deviation> deviations_;
  std::vector<uint32_t> breakpoints_;
  uint64_t passed_breakpoint_ = UINT64_MAX;  // step at which we already stood
  uint64_t stop_step_ = 0, stop_choice_ = kNoLimit, stop_time_ = kNoLimit;
  uint64_t moment_ = 0;   // virtual time of the event being executed; 0: none
  uint32_t guarded_ = 0;  // stack slots with their guard page in place
  bool stop_requested_ = false;
};

// The engine whose guest runs on this host thread.
extern thread_local constinit Engine* t_engine __attribute__((tls_model("initial-exec")));

// The stack pointer of a context that has not run; powering on a CPU.
void* fresh_fiber(uint32_t context);
void power_cpu(Engine& e, unsigned cpu, uint32_t context, struct task_struct* idle, uint64_t time);

// Every name of it, hw_current as well.
const std::vector<const char*>& abi_names();
// Offset of hw_current from the thread pointer.
intptr_t abi_tls_offset(const char* name);

}  // namespace cpu
