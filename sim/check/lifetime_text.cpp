// SPDX-License-Identifier: MIT
// KASAN's reports.
#include <fmt/format.h>

#include "sim/check/lifetime.h"
#include "sim/check/report_words.h"

namespace check {

std::string Lifetime::past_text(const char* verb, const Past& p) const {
  return fmt::format("{} by task {}:\n", verb, pid_of(bench_.task_name(p.task))) +
         trace_lines(bench_, p.pc, p.count, 1) + "\n";
}

std::string Lifetime::where_text(const Object& o, uint32_t address) const {
  const bool inside = address < o.address + o.size;
  const uint32_t distance = inside ? address - o.address : address - (o.address + o.size);
  return fmt::format(
      "The buggy address belongs to the object at {:016x}\n"
      " which belongs to the cache kmalloc-{} of size {}\n"
      "The buggy address is located {} bytes {} of\n {}-byte region [{:016x}, {:016x})\n",
      o.address, o.room, o.room, distance, inside ? "inside" : "to the right", o.size, o.address,
      o.address + o.size);
}

void Lifetime::describe_leaks(Finding& f) {
  f.kind = "invariant";
  f.title = fmt::format("unreferenced objects after module_exit: {} never freed", s_->bug.size);
  f.text = f.title + "\n";
  for (uint32_t id = 1; id <= s_->count; ++id) {
    const Object& o = s_->objects[id];
    if (!o.leaked) continue;
    f.text += fmt::format(
                  "unreferenced object 0x{:016x} (size {}):\n  comm \"{}\", pid {}\n"
                  "  backtrace:\n",
                  o.address, o.size, comm_of(bench_.task_name(o.born.task)),
                  pid_of(bench_.task_name(o.born.task))) +
              trace_lines(bench_, o.born.pc, o.born.count, 4);
    f.steps.push_back(o.born.step);
  }
  f.explain =
      "The module allocated these and ended without freeing them. Nobody knows their "
      "addresses any more.";
}

Finding Lifetime::describe(uint64_t) {
  const Bug& b = s_->bug;
  Finding f;
  sign(f, bench_, b.cpu);
  f.kind = "use-after-free";
  if (b.what == kLeak) return describe_leaks(f), f;
  constexpr const char* kTypes[] = {"use-after-free", "slab-out-of-bounds", "double-free",
                                    "invalid-free"};
  const bool access = b.what <= kOutOfBounds;
  f.title = fmt::format("BUG: KASAN: {} in {}", kTypes[b.what], bench_.function_offset(b.pc));
  f.text = rule(66) + f.title + "\n" +
           (access ? fmt::format("{} of size {} at addr {:016x} by task {}\n",
                                 b.write ? "Write" : "Read", b.size, b.address, f.task)
                   : fmt::format("Free of addr {:016x} by task {}\n", b.address, f.task)) +
           "\n" + dump_stack(bench_, b.cpu) + "\n";
  const Object* o = b.object ? &s_->objects[b.object] : nullptr;
  if (o) {
    f.text += past_text("Allocated", o->born);
    f.steps.push_back(o->born.step);
    if (o->freed) {
      f.text += past_text("Freed", o->died);
      f.steps.push_back(o->died.step);
    }
    f.text += where_text(*o, b.address);
  }
  f.text += rule(66);
  f.steps.push_back(f.step);
  switch (b.what) {
    case kUseAfterFree:
      f.explain = fmt::format(
          "The memory was freed at {} and is used afterwards at {}. What is there now may be "
          "somebody else's.",
          bench_.line(blame(o->died.pc, o->died.count)),
          bench_.line(blame_now(bench_, b.cpu, b.pc)));
      if (o->readers)
        f.explain +=
            " An RCU reader was running when it was freed: such memory must be freed "
            "with kfree_rcu(), call_rcu() or after synchronize_rcu().";
      break;
    case kOutOfBounds:
      f.explain =
          fmt::format("The access at {} goes beyond the {} bytes that were allocated at {}.",
                      bench_.line(blame_now(bench_, b.cpu, b.pc)), o->size,
                      bench_.line(blame(o->born.pc, o->born.count)));
      break;
    case kDoubleFree:
      f.explain = fmt::format(
          "The memory was already freed at {}. By now it may belong to "
          "somebody else, who loses it.",
          bench_.line(blame(o->died.pc, o->died.count)));
      break;
    default:
      f.explain =
          "What is freed was not allocated at that address: it is no heap object, or "
          "points into the middle of one.";
  }
  return f;
}

}  // namespace check
