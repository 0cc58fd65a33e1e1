// SPDX-License-Identifier: MIT
#include "gui/draw/theme.h"

namespace gui {
namespace {

constexpr ImU32 rgb(uint32_t hex) {
  return 0xFF000000u | (hex & 0xFFu) << 16 | (hex & 0xFF00u) | hex >> 16;
}

constexpr Theme make_dark() {
  Theme t{};
  t.name = "dark";
  t.app = rgb(0x0E1115), t.panel = rgb(0x151A20), t.header = rgb(0x1A2028);
  t.raised = rgb(0x202732), t.border = rgb(0x2A323D), t.grid = rgb(0x1F2630);
  t.hover = rgb(0x22303F);
  t.text = rgb(0xDCE3EB), t.muted = rgb(0x8E9AAA), t.faint = rgb(0x788496);
  t.accent = rgb(0x4DA3FF), t.accent_soft = rgb(0x1D3A5C), t.on_accent = rgb(0x081420);
  t.good = rgb(0x3DBE8B), t.warn = rgb(0xE9B949), t.bad = rgb(0xF26D6D);
  t.bad_soft = rgb(0x3A1F25), t.warn_soft = rgb(0x33301F), t.good_soft = rgb(0x17322B);
  t.here_soft = rgb(0x1C2A3A);
  t.task[0] = rgb(0x3D6A96), t.task[1] = rgb(0x36757A), t.task[2] = rgb(0x615F9C);
  t.task[3] = rgb(0x50718A), t.task_text = rgb(0xFFFFFF);
  t.function = rgb(0x293645), t.function_text = rgb(0xC3CFDC);
  t.softirq = rgb(0xE9C24A), t.softirq_text = rgb(0x231C05);
  t.hardirq = rgb(0xE2763A), t.hardirq_text = rgb(0x2A0F02);
  t.nmi = rgb(0xEFA0CF), t.nmi_text = rgb(0x2B0A1E);
  t.spin_stripe = rgb(0xE5484D), t.spin_base = rgb(0x5A1D22);
  t.rcu_reader = rgb(0x2BB39A), t.grace = rgb(0x6C5CD6), t.grace_text = rgb(0xFFFFFF);
  t.cpu[0] = rgb(0x3F96F5), t.cpu[1] = rgb(0x4FD1AC), t.cpu[2] = rgb(0xE6D2FF);
  t.cpu[3] = rgb(0xB5BE3E);
  for (ImU32& c : t.cpu_text) c = rgb(0x0A1016);
  t.keyword = rgb(0x82B1FF), t.lock_call = rgb(0xF2A65A), t.comment = rgb(0x6B7787);
  t.literal = rgb(0xA5D6A7);
  return t;
}

constexpr Theme make_light() {
  Theme t{};
  t.name = "light";
  t.app = rgb(0xE9EDF2), t.panel = rgb(0xFFFFFF), t.header = rgb(0xF5F7FA);
  t.raised = rgb(0xEDF1F6), t.border = rgb(0xCFD7E1), t.grid = rgb(0xE7ECF2);
  t.hover = rgb(0xE2EEFC);
  t.text = rgb(0x17202B), t.muted = rgb(0x526072), t.faint = rgb(0x6A7686);
  t.accent = rgb(0x0B63CE), t.accent_soft = rgb(0xD6E6FB), t.on_accent = rgb(0xFFFFFF);
  t.good = rgb(0x14804F), t.warn = rgb(0x9A6700), t.bad = rgb(0xC4252C);
  t.bad_soft = rgb(0xFBE6E7), t.warn_soft = rgb(0xFAF1DC), t.good_soft = rgb(0xE0F3EA);
  t.here_soft = rgb(0xE4EFFB);
  t.task[0] = rgb(0x3F73A8), t.task[1] = rgb(0x2F7575), t.task[2] = rgb(0x6563AE);
  t.task[3] = rgb(0x4F7793), t.task_text = rgb(0xFFFFFF);
  t.function = rgb(0xD8E3EE), t.function_text = rgb(0x1E3348);
  t.softirq = rgb(0xF2CC55), t.softirq_text = rgb(0x2B2100);
  t.hardirq = rgb(0xE9793A), t.hardirq_text = rgb(0x2A0F02);
  t.nmi = rgb(0xE08CBF), t.nmi_text = rgb(0x2B0A1E);
  t.spin_stripe = rgb(0xD1242F), t.spin_base = rgb(0xF5B7BA);
  t.rcu_reader = rgb(0x1C9C85), t.grace = rgb(0x6A58D0), t.grace_text = rgb(0xFFFFFF);
  t.cpu[0] = rgb(0x1670DC), t.cpu[1] = rgb(0x0A7F63), t.cpu[2] = rgb(0x44228F);
  t.cpu[3] = rgb(0x7F7A00);
  for (ImU32& c : t.cpu_text) c = rgb(0xFFFFFF);
  t.keyword = rgb(0x0B4FA8), t.lock_call = rgb(0xA3500A), t.comment = rgb(0x6B7787);
  t.literal = rgb(0x1A7F37);
  return t;
}

constexpr Theme kDark = make_dark();
constexpr Theme kLight = make_light();

void sizes(ImGuiStyle& s) {
  s.WindowPadding = {10, 8};
  s.FramePadding = {8, 4};
  s.ItemSpacing = {8, 6};
  s.ItemInnerSpacing = {6, 4};
  s.CellPadding = {6, 3};
  s.ScrollbarSize = 10;
  s.GrabMinSize = 10;
  s.WindowRounding = 0;
  s.ChildRounding = s.PopupRounding = 6;
  s.FrameRounding = s.GrabRounding = s.TabRounding = 4;
  s.ScrollbarRounding = 5;
  s.WindowBorderSize = s.FrameBorderSize = 0;
  s.ChildBorderSize = 1;
}

}  // namespace

const Theme& dark_theme() { return kDark; }
const Theme& light_theme() { return kLight; }

void apply_style(const Theme& t, float scale) {
  ImGuiStyle& s = ImGui::GetStyle();
  s = ImGuiStyle();
  sizes(s);
  const struct {
    int which;
    ImU32 color;
  } colors[] = {{ImGuiCol_Text, t.text},
                {ImGuiCol_TextDisabled, t.muted},
                {ImGuiCol_WindowBg, t.app},
                {ImGuiCol_ChildBg, t.panel},
                {ImGuiCol_PopupBg, t.raised},
                {ImGuiCol_Border, t.border},
                {ImGuiCol_FrameBg, t.app},
                {ImGuiCol_FrameBgHovered, t.hover},
                {ImGuiCol_FrameBgActive, t.hover},
                {ImGuiCol_TextSelectedBg, t.accent_soft},
                {ImGuiCol_ScrollbarBg, t.panel},
                {ImGuiCol_ScrollbarGrab, t.border},
                {ImGuiCol_ScrollbarGrabHovered, t.faint},
                {ImGuiCol_ScrollbarGrabActive, t.muted}};
  for (const auto& c : colors) s.Colors[c.which] = ImGui::ColorConvertU32ToFloat4(c.color);
  s.AntiAliasedLinesUseTex = false;
  s.ScaleAllSizes(scale);
}

ImU32 mix(ImU32 a, ImU32 b, float t) {
  ImU32 out = 0xFF000000u;
  for (unsigned shift = 0; shift < 24; shift += 8) {
    const float x = static_cast<float>((a >> shift) & 255u),
                y = static_cast<float>((b >> shift) & 255u);
    out |= static_cast<ImU32>(x + (y - x) * t + 0.5f) << shift;
  }
  return out;
}

}  // namespace gui
