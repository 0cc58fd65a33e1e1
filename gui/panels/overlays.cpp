// SPDX-License-Identifier: MIT
// What lies on top: help, command palette, messages.
#include <algorithm>
#include <cmath>
#include <sstream>

#include "gui/draw/compat.h"
#include "gui/panels/panel.h"

namespace gui {
void begin_sheet(Desk& desk, const char* name, const Rect& r) {
  ImGui::SetNextWindowPos({r.x, r.y});
  ImGui::SetNextWindowSize({r.w, r.h});
  ImGui::SetNextWindowFocus();
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::Begin(name, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNav |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground);
  ImGui::PopStyleVar();
  const Paint p = paint_of(desk);
  p.rect(r, desk.look.theme->panel, desk.look.s(8));
  p.frame(r, desk.look.theme->accent, desk.look.s(8));
}

namespace {

Rect centred_sheet(Desk& desk, const char* name, ImVec2 window, float w, float h) {
  const Rect r = {std::floor((window.x - w) / 2), std::floor((window.y - h) / 2.5f), w, h};
  begin_sheet(desk, name, r);
  return r;
}

std::string pretty_keys(std::string_view keys) {
  std::string out(keys);
  if (!out.empty()) out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
  std::replace(out.begin(), out.end(), ' ', ',');
  return out;
}

void draw_help(Desk& desk, ImVec2 window) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const float w = std::min(window.x - look.s(60), look.s(1120));
  const size_t rows = actions().size() / 3 + 5;
  const float row = std::min(look.s(23), (window.y - look.s(120)) / static_cast<float>(rows));
  const float h = std::min(window.y - look.s(40), look.s(70) + row * static_cast<float>(rows));
  const Rect r = centred_sheet(desk, "help", window, w, h);
  const Paint p = paint_of(desk);
  desk.probes.add("help", r, "open");
  p.text(Font::kBold, r.x + look.s(20), r.y + look.s(14), t.text, "Keys");
  p.text_left_of(Font::kTiny, r.right() - look.s(20), r.y + look.s(17), t.muted,
                 "Ctrl+P: any command by name  \xC2\xB7  Esc closes");
  const float column = (w - look.s(40)) / 3;
  float x = r.x + look.s(20), y = r.y + look.s(44);
  std::string_view group;
  for (const ActionInfo& a : actions()) {
    const bool heading = a.group != group;
    if (y + row * (heading ? 2 : 1) > r.bottom() - look.s(6)) {
      x += column;
      y = r.y + look.s(44);
    }
    if (heading) {
      group = a.group;
      p.text(Font::kTiny, x, y + look.s(4), t.accent, group);
      y += row;
    }
    p.fitted(Font::kTiny, x, y + look.s(2), look.s(104), t.text, pretty_keys(a.keys));
    p.fitted(Font::kTiny, x + look.s(110), y + look.s(2), column - look.s(122), t.muted, a.help);
    y += row;
  }
  ImGui::End();
}

void draw_palette(Desk& desk, ImVec2 window) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Rect r = centred_sheet(desk, "palette", window, std::min(window.x - 40, look.s(560)),
                               std::min(window.y - 40, look.s(420)));
  const Paint p = paint_of(desk);
  std::string& text = desk.text_of["palette"];
  int& fresh = desk.choice_of["palette.fresh"];
  ImGui::SetCursorScreenPos({r.x + look.s(14), r.y + look.s(12)});
  ImGui::SetNextItemWidth(r.w - look.s(28));
  if (fresh == 0) ImGui::SetKeyboardFocusHere();
  fresh = 1;
  const bool enter = ImGui::InputTextWithHint("##palette", "Type a command", &text,
                                              ImGuiInputTextFlags_EnterReturnsTrue);
  desk.probes.add("palette.field",
                  {r.x + look.s(14), r.y + look.s(12), r.w - look.s(28), look.s(26)}, text);
  const auto found = matching_actions(text);
  Action chosen = enter && !found.empty() ? found[0]->action : Action::kNone;
  float y = r.y + look.s(50);
  for (const ActionInfo* a : found) {
    if (y + look.s(28) > r.bottom() - look.s(6)) break;
    const Rect row = {r.x + look.s(8), y, r.w - look.s(16), look.s(28)};
    if (desk.widgets.hit("palette." + std::string(a->name), row)) chosen = a->action;
    if (desk.widgets.hovered() || a == found[0]) p.rect(row, t.hover, look.s(4));
    p.text(Font::kSmall, row.x + look.s(10), y + look.s(6), t.text, a->help);
    p.text_left_of(Font::kTiny, row.right() - look.s(10), y + look.s(8), t.muted,
                   pretty_keys(a->keys));
    y += look.s(29);
  }
  ImGui::End();
  if (chosen == Action::kNone) return;
  desk.palette = false;
  text.clear();
  desk.act(chosen);
}

// A message with what to do; for C that does not compile, its words as well.
void draw_error(Desk& desk, ImVec2 window) {
  const Message& m = desk.state.error;
  const std::string key = m.sentence + m.detail;
  if (key.empty() || desk.text_of["error.seen"] == key) return;
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  std::istringstream lines(m.detail);
  std::vector<std::string> words;
  for (std::string line; std::getline(lines, line) && words.size() < 16;) words.push_back(line);
  const float h = look.s(120) + look.s(18) * static_cast<float>(words.size());
  const Rect r = centred_sheet(desk, "error", window, std::min(window.x - 40, look.s(760)),
                               std::min(window.y - 40, h));
  const Paint p = paint_of(desk);
  desk.probes.add("error", r, m.sentence);
  p.rect({r.x, r.y, r.w, look.s(4)}, t.bad);
  float y = r.y + look.s(18);
  y += p.wrapped(Font::kBold, r.x + look.s(18), y, r.w - look.s(36), t.text, m.sentence) +
       look.s(10);
  for (const std::string& line : words) {
    if (y > r.bottom() - look.s(60)) break;
    p.fitted(Font::kMonoSmall, r.x + look.s(18), y, r.w - look.s(36), t.muted, line);
    y += look.s(18);
  }
  const float by = r.bottom() - look.s(42);
  const Rect again = {r.right() - look.s(232), by, look.s(116), look.s(30)};
  if (desk.widgets.button("error.again", again, "Compile again")) desk.act(Action::kReload);
  if (desk.widgets.button("error.close", {r.right() - look.s(108), by, look.s(90), look.s(30)},
                          "Close", true))
    desk.text_of["error.seen"] = key;
  ImGui::End();
}

void draw_notice(Desk& desk, ImVec2 window) {
  if (desk.notice.empty() || desk.notice_age > 4) return;
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p(look, ImGui::GetForegroundDrawList());
  const float w = p.width(Font::kSmall, desk.notice) + look.s(32);
  const Rect r = {std::floor((window.x - w) / 2), window.y - look.s(64), w, look.s(36)};
  p.rect(r, t.raised, look.s(6));
  p.frame(r, t.border, look.s(6));
  p.centred(Font::kSmall, r, t.text, desk.notice);
  desk.probes.add("notice", r, desk.notice);
}

}  // namespace

void draw_overlays(Desk& desk, ImVec2 window) {
  if (!desk.palette) desk.choice_of["palette.fresh"] = 0;
  draw_error(desk, window);
  if (desk.help) draw_help(desk, window);
  if (desk.palette) draw_palette(desk, window);
  if (desk.menu) draw_menu(desk, window);
  draw_notice(desk, window);
}

}  // namespace gui
