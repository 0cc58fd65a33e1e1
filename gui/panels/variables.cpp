// SPDX-License-Identifier: MIT
// Globals by name: their value where the machine stands, and who wrote last.
#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "cpu/events.h"
#include "gui/draw/compat.h"
#include "gui/panels/panel.h"

namespace gui {
namespace {

std::string value_of(const run::Session& s, const run::Symbols::Variable& v) {
  uint64_t raw = 0;
  const uint32_t size = std::min<uint32_t>(v.size, 8);
  if (!s.read_memory(v.address, &raw, size)) return "unmapped";
  if (v.size > 8) return fmt::format("{} bytes at {}", v.size, s.object_name(v.address));
  if (v.is_pointer) return raw == 0 ? "NULL" : s.object_name(static_cast<uint32_t>(raw));
  if (!v.is_signed) return fmt::format("{}", raw);
  const unsigned shift = 64 - size * 8;
  return fmt::format("{}", static_cast<int64_t>(raw << shift) >> shift);
}

// The latest write in the recorded detail, if it is still there.
std::string writer_of(const run::Session& s, const run::Symbols::Variable& v) {
  const sim::Trace& trace = s.trace();
  for (uint64_t i = trace.detail_size(); i > trace.detail_first(); --i) {
    const sim::Event& e = trace.detail(i - 1);
    const bool writes = e.kind == EV_WRITE || e.kind == EV_STORE || e.kind == EV_RMW;
    if (!writes || e.object < v.address || e.object >= v.address + v.size) continue;
    const run::Location& where = s.symbols().at(e.pc);
    const std::string change =
        e.pair() ? fmt::format("{} \xE2\x86\x92 {}", e.old_value(), e.new_value()) : "written";
    return fmt::format("{} by CPU {} at {}:{}", change, static_cast<unsigned>(e.cpu), where.file,
                       where.line);
  }
  return "not written in the recent past";
}

// Asks on the machine's thread; the panel reads the answer later.
void ask(Desk& desk) {
  if (!desk.machine) return;
  desk.machine->with([wanted = desk.watches, to = desk.answers](run::Session& s) {
    std::vector<VariableWatch> out = wanted;
    for (VariableWatch& w : out) {
      const auto v = s.symbols().find_variable(w.expression);
      w.value = v ? value_of(s, *v) : "no such global variable";
      w.writer = v ? writer_of(s, *v) : "";
    }
    const std::lock_guard hold(to->mutex);
    to->watches = std::move(out);
    to->names = s.symbols().user_variables();
  });
}

void add_field(Desk& desk, const Rect& r) {
  const Face& face = desk.look.face(Font::kSmall);
  compat::push_font(face.font, face.px);
  ImGui::SetCursorScreenPos({r.x, r.y});
  ImGui::SetNextItemWidth(r.w);
  std::string& text = desk.text_of["variables.field"];
  const bool enter = ImGui::InputTextWithHint("##variable", "A global, as in s.a or counter", &text,
                                              ImGuiInputTextFlags_EnterReturnsTrue);
  ImGui::PopFont();
  desk.probes.add("variables.field", r, text);
  if (!enter || text.empty()) return;
  desk.watches.push_back({text, "", ""});
  text.clear();
  ask(desk);
}

// Names of the program's own globals, to click.
float offer_names(Desk& desk, float x, float y, float w) {
  std::vector<std::string> names;
  {
    const std::lock_guard hold(desk.answers->mutex);
    names = desk.answers->names;
  }
  const int picked = desk.widgets.choices("variables.add", x, y, w, names);
  if (picked >= 0) {
    desk.watches.push_back({names[static_cast<size_t>(picked)], "", ""});
    ask(desk);
  }
  return y;
}

}  // namespace

void draw_variables(Desk& desk, const Rect& body) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  Scroll area(desk, "variables.body", body);
  const Paint p = paint_of(desk);
  const float x = area.x() + look.s(12), w = area.width() - look.s(24);
  float y = area.y() + look.s(8);
  add_field(desk, {x, y, w, look.s(26)});
  y += look.s(34);
  int& asked = desk.choice_of["variables.step"];
  const int now =
      static_cast<int>((desk.state.position.step + desk.state.epoch * 77) & 0x3fffffff) + 1;
  if (desk.is_open() && asked != now) ask(desk);
  asked = now;
  {
    const std::lock_guard hold(desk.answers->mutex);
    for (const VariableWatch& a : desk.answers->watches)
      for (VariableWatch& mine : desk.watches)
        if (mine.expression == a.expression) mine = a;
  }
  for (size_t i = 0; i < desk.watches.size(); ++i) {
    const VariableWatch& v = desk.watches[i];
    desk.probes.add("variable." + v.expression, {x, y, w, look.s(38)}, v.value);
    p.text(Font::kMonoSmall, x, y, t.text, v.expression + " = " + v.value);
    p.fitted(Font::kTiny, x, y + look.s(19), w - look.s(34), t.muted, v.writer);
    const Rect cross = {x + w - look.s(26), y + look.s(4), look.s(24), look.s(24)};
    if (desk.widgets.button("variables.drop." + v.expression, cross, "-")) {
      desk.watches.erase(desk.watches.begin() + static_cast<ptrdiff_t>(i));
      break;
    }
    y += look.s(42);
  }
  y = offer_names(desk, x, y, w);
  area.reach(y);
}

}  // namespace gui
