// SPDX-License-Identifier: MIT
#include "sim/run/run_view.h"

#include "sim/run/session.h"

namespace run {
namespace {

class SessionView final : public RunView {
 public:
  explicit SessionView(const Session& session) : session_(session) {}

  const sim::Trace& trace() const override { return session_.trace(); }
  Location where(uint32_t pc) const override { return session_.symbols().at(pc); }
  std::string lock_name(uint32_t map) const override;
  std::string object_name(uint32_t address) const override { return session_.object_name(address); }
  std::string task_name(uint32_t task) const override { return session_.task_name(task); }

  Data data(uint32_t address, unsigned size) const override {
    const auto name = session_.symbols().variable(address, size);
    if (!name) return {session_.object_name(address), false, false};
    const auto variable = session_.symbols().find_variable(*name);
    return {*name, variable && variable->is_signed, variable && variable->is_pointer};
  }

  std::string finding_title(uint64_t index) const override {
    const auto& findings = session_.findings();
    return index < findings.size() ? findings[index].title : std::string();
  }
  std::string log_text(uint64_t index) const override {
    const auto& log = session_.log();
    return index < log.size() ? log[index].text : std::string();
  }

 private:
  const Session& session_;
};

// A lock says its name itself, wherever it lies: in its struct lockdep_map.
std::string SessionView::lock_name(uint32_t map) const {
  constexpr uint32_t kNameMax = 64;
  const auto offset = session_.symbols().member_offset("lockdep_map", "name");
  uint64_t text = 0;
  std::string name;
  if (offset && session_.read_memory(map + *offset, &text, sizeof text))
    for (char c; name.size() < kNameMax &&
                 session_.read_memory(static_cast<uint32_t>(text + name.size()), &c, 1) && c != 0;)
      name += c;
  if (name.empty()) return session_.object_name(map);
  return name[0] == '&' ? name : "&" + name;
}

}  // namespace

std::unique_ptr<RunView> view_of(const Session& session) {
  return std::make_unique<SessionView>(session);
}

}  // namespace run
