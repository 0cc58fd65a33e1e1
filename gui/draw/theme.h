// SPDX-License-Identifier: MIT
// Colours, one set for dark rooms and one for projectors.
//
// Calm cool colours are tasks and functions, warm ones interruptions, hatched
// red is waste. A CPU's colour is a set of its own and always carries the
// number. All colours are opaque: blending large areas is what costs.
#pragma once

#include <imgui.h>

#include <cstdint>

namespace gui {

struct Theme {
  const char* name;
  ImU32 app, panel, header, raised, border, grid, hover;
  ImU32 text, muted, faint, accent, accent_soft, on_accent;
  ImU32 good, warn, bad, bad_soft, warn_soft, good_soft, here_soft;
  ImU32 task[4], task_text;
  ImU32 function, function_text, softirq, softirq_text, hardirq, hardirq_text, nmi, nmi_text;
  ImU32 spin_stripe, spin_base, rcu_reader, grace, grace_text;
  ImU32 cpu[4], cpu_text[4];
  ImU32 keyword, lock_call, comment, literal;
};

const Theme& dark_theme();
const Theme& light_theme();

// ImGui's own style, for text fields, tables and scrollbars.
void apply_style(const Theme& theme, float scale);

// t = 0: a, 1: b; the result is opaque.
ImU32 mix(ImU32 a, ImU32 b, float t);

}  // namespace gui
