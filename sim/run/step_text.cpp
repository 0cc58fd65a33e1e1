// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <array>

#include "cpu/events.h"
#include "cpu/hw.h"
#include "sim/run/event_text.h"

namespace run {
namespace {

unsigned size_accessed(const sim::Event& e) { return e.info & sim::Event::kSizeMask; }
bool is_range(const sim::Event& e) { return size_accessed(e) == sim::Event::kSizeMask; }

bool is_on_stack(uint32_t address) { return address >= HW_STACK_START && address < HW_STACK_END; }

std::string pointer_text(const RunView& view, uint64_t value) {
  if (value == 0) return "NULL";
  // An error pointer, as ERR_PTR() makes it.
  if (value >= static_cast<uint64_t>(-4095)) return fmt::format("{}", static_cast<int64_t>(value));
  if (value < HW_WINDOW_START || value >= HW_WINDOW_END) return fmt::format("{:#x}", value);
  return view.object_name(static_cast<uint32_t>(value));
}

std::string value_text(const RunView& view, const RunView::Data& data, unsigned size,
                       uint64_t value) {
  constexpr uint64_t kLarge = 1'000'000;  // beyond: flags or addresses, not counts
  if (data.is_pointer) return pointer_text(view, value);
  if (data.is_signed && size < 8) {
    const unsigned shift = 64 - 8 * size;
    return fmt::format("{}", static_cast<int64_t>(value << shift) >> shift);
  }
  if (data.is_signed) return fmt::format("{}", static_cast<int64_t>(value));
  return value > kLarge ? fmt::format("{:#x}", value) : fmt::format("{}", value);
}

// A lock's word is the lock to its user.
std::string data_name(const RunView::Data& data, uint32_t address) {
  if (data.name.empty()) return is_on_stack(address) ? "a local" : fmt::format("{:#x}", address);
  const size_t inside = std::min(data.name.find(".rlock"), data.name.find(".raw_lock"));
  return data.name.substr(0, inside);
}

std::string range_text(const sim::Event& e, const std::string& name) {
  return fmt::format("{} {} bytes of {}", e.kind == EV_READ ? "reads" : "writes", e.arg, name);
}

std::string access_text(const RunView& view, const sim::Event& e) {
  const unsigned size = size_accessed(e);
  const RunView::Data data = view.data(e.object, is_range(e) ? 0 : size);
  const std::string name = data_name(data, e.object);
  if (is_range(e)) return range_text(e, name);
  const std::string now = value_text(view, data, size, e.new_value());
  const std::string changed =
      e.pair() ? fmt::format("{} {} -> {}", name, value_text(view, data, size, e.old_value()), now)
               : fmt::format("{} = {}", name, now);
  switch (e.kind) {
    case EV_READ:
      return fmt::format("reads {}: {}", name, now);
    case EV_LOAD:
      return fmt::format("loads {}: {}", name, now);
    case EV_STORE:
      return "stores " + changed;
    case EV_RMW:
      return "atomic " + changed;
    case EV_RMW_FAIL:
      return fmt::format("atomic {} stays {}", name, now);
    default:
      return changed;
  }
}

template <size_t N>
std::string pick(const std::array<const char*, N>& names, uint64_t index) {
  return index < N ? names[index] : "?";
}

}  // namespace

std::string step_text(const RunView& view, const sim::Event& event) {
  static constexpr std::array<const char*, 6> kFences{
      "mb()", "rmb()", "wmb()", "mb() of a device", "rmb() of a device", "wmb() of a device"};
  static constexpr std::array<const char*, 6> kInstructions{
      "halts", "enables interrupts", "switches", "starts a CPU", "starts", "a device register"};
  switch (event.kind) {
    case EV_FENCE:
      return pick(kFences, event.arg);
    case EV_RELAX:
      return "cpu_relax()";
    case EV_INSN:
      return pick(kInstructions, event.arg);
    default:
      return access_text(view, event);
  }
}

}  // namespace run
